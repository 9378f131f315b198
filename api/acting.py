"""From a signed-in person to an act: in which role, within which agencies, in one transaction."""

from collections.abc import Mapping
from typing import Any

from api.accounts import User
from api.clock import now, today
from workflow.casefile import CaseFile, open_file
from workflow.commands import perform
from workflow.engine import Actor
from workflow.lifecycle import ROLES, allowed
from workflow.queries.describe import describe
from workflow.store import Session, Store
from workflow.vocabulary import Action, Role


def actor(user: User, action: Action) -> Actor:
    """In which of their roles a person does this act: the first that the act names.

    Who holds none of them acts in the first role held, which the domain then refuses, naming the right ones.
    """
    held = [role for role in ROLES[action] if role in user.roles] or sorted(user.roles) or [Role.ADMIN]
    return Actor(Role(held[0]), user.id)


def reach(user: User, role: Role) -> frozenset[int]:
    """Supervisors press all agencies below; in every other role a person acts for the own agency."""
    return user.agencies if role is Role.SUPERVISOR else frozenset({user.agency_id})


def act(store: Store, user: User, number: str, action: Action, data: Mapping[str, Any], version: int) -> str:
    """Do one act as this person; raises what `perform` raises. Gives the number of the case."""
    by = actor(user, action)
    with store.transaction() as session:
        open_file(session, number, agencies=user.agencies)
        perform(
            session, number, action, data, by=by, at=now(), agencies=reach(user, by.role), version=version
        )
    return number


def permitted(session: Session, user: User, file: CaseFile) -> list[Action]:
    """What this person may do with the case now, in the order of the table."""
    roles = [role for role in user.roles if file.row.agency_id in reach(user, role)]
    day, calendar = today(), session.calendar
    found = {action for role in roles for action in allowed(file.history, role, user.id, day, calendar)}
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
