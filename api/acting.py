"""From a signed-in person to an act: in which role, within which agencies, in one transaction."""

from collections.abc import Mapping
from typing import Any

from api.accounts import User
from api.clock import now, today
from workflow.casefile import CaseFile, open_file
from workflow.commands import perform
from workflow.engine import Actor
from workflow.errors import NotFound
from workflow.keptforms import drop, place_of
from workflow.lifecycle import ROLES, allowed
from workflow.queries.describe import describe
from workflow.queries.effect import Effect, effect
from workflow.queries.reasons import Owner
from workflow.store import Session, Store
from workflow.vocabulary import Action, Role


def actor(user: User, action: Action, handler: int | None = None) -> Actor:
    """In which role a person does this act, and for whom: the first that the act names.

    An own role comes before that of somebody who is away; but what the absent `handler` of a case would do,
    the substitute does for them. Who holds none acts in the first role held, which the domain then refuses,
    naming the right ones.
    """
    able: list[tuple[Role, int | None]] = [(role, None) for role in ROLES[action] if role in user.own]
    able += [(role, each.id) for role in ROLES[action] for each in user.absent if role in each.roles]
    theirs = [(role, absent) for role, absent in able if role is Role.HANDLER and absent == handler]
    role, absent = next(iter(able), (_any_role(user), None))
    if role is Role.HANDLER and theirs:
        absent = theirs[0][1]
    return Actor(role, user.id, absent)


def _any_role(user: User) -> Role:
    return Role(min(user.own, default=Role.ADMIN))


def owner_of(user: User, agency_id: int | None = None) -> Owner:
    """A person and for whom they stand; before a case of an agency below, they are its supervisor only."""
    if agency_id in (None, user.agency_id):
        return Owner(user.id, user.own, user.absent)
    return Owner(user.id, user.own & {Role.SUPERVISOR})


def reach(user: User, role: Role) -> frozenset[int]:
    """Supervisors press all agencies below; in every other role a person acts for the own agency."""
    return user.agencies if role is Role.SUPERVISOR else frozenset({user.agency_id})


def act(store: Store, user: User, number: str, action: Action, data: Mapping[str, Any], version: int) -> str:
    """Do one act as this person; raises what `perform` raises. Gives the number of the case.

    What they had left half filled in of its form goes with it.
    """
    with store.transaction() as session:
        by = actor(user, action, open_file(session, number, agencies=user.agencies).row.handler_id)
        file = perform(
            session, number, action, data, by=by, at=now(), agencies=reach(user, by.role), version=version
        )
        drop(session, user.id, place_of(file.id, action, data.get("event")))
    return number


def foresee(session: Session, user: User, file: CaseFile, action: Action, data: Mapping[str, Any]) -> Effect:
    """What the same act would do; raises what `act` would, and nothing is written."""
    by = actor(user, action, file.row.handler_id)
    if file.row.agency_id not in reach(user, by.role):
        raise NotFound("本件不在您的职责范围内")
    return effect(session, file, action, data, by=by, at=now())


def permitted(session: Session, user: User, file: CaseFile) -> list[Action]:
    """What this person may do with the case now, in the order of the table."""
    day, calendar, handler = today(), session.calendar, file.row.handler_id
    found = []
    for by in {actor(user, action, handler) for action in ROLES}:
        if file.row.agency_id in reach(user, by.role):
            may = allowed(file.history, by.role, user.id, day, calendar, standing_for=by.standing_for)
            found += [action for action in may if actor(user, action, handler) == by]
    return [action for action in ROLES if action in found]


def case_json(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    """A case as the API shows it to this person: what the contract names, and what a client needs to act."""
    row = file.row
    return {
        **describe(session, file, today()),
        "version": file.version,
        "actions": permitted(session, user, file),
        "channel": row.channel,
        "title": row.title,
        "description": row.description,
        "form": row.form,
        "applicant": {"kind": row.applicant_kind, "name": row.applicant_name},
        "unit": row.unit,
        "intake_number": row.intake_number,
    }
