"""Who is away leaves their work to one substitute: for some days, within the agency, and never in a chain."""

from datetime import date, timedelta
from typing import Any

import pytest

from api import acting
from api.accounts import User, load
from tests.office import FIRST_DAY, Office, morning
from workflow import absences
from workflow.casefile import open_file
from workflow.errors import BadInput, Forbidden, NotFound, Refused
from workflow.queries.timeline import timeline
from workflow.vocabulary import Action, Role, State

LAST_DAY = FIRST_DAY + timedelta(days=6)


def person(office: Office, name: str, *roles: Role, **more: Any) -> User:
    """Somebody of the staff."""
    return office.account(name, *(roles or (Role.HANDLER,)), name=name, **more)


def leave(
    office: Office,
    user: User,
    substitute: User,
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
    *,
    by: User | None = None,
    on: date = FIRST_DAY,
) -> int:
    """Somebody goes on leave."""
    with office.store.transaction() as session:
        return absences.set_absence(
            session,
            office.agency.id or 0,
            user.id,
            substitute.id,
            first,
            last,
            by=(by or user).id,
            at=morning(on),
        )


def on_day(office: Office, user: User, day: date) -> User:
    """The same person as they sign in on that day."""
    with office.store.reading() as session:
        return load(session, user.id, day)


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (FIRST_DAY - timedelta(days=1), False),
        (FIRST_DAY, True),
        (LAST_DAY, True),
        (LAST_DAY + timedelta(days=1), False),
    ],
)
def test_a_substitute_has_the_roles_from_the_first_day_to_the_last(
    office: Office, day: date, stands: bool
) -> None:
    wang, li = (
        person(office, "王", Role.HANDLER, Role.SUPERVISOR, Role.ADMIN),
        person(office, "李", Role.CLERK),
    )
    leave(office, wang, li, on=FIRST_DAY - timedelta(days=1))

    found = on_day(office, li, day)

    assert found.own == {Role.CLERK}
    assert found.roles == ({Role.CLERK, Role.HANDLER} if stands else {Role.CLERK})
    assert [each.name for each in found.absent] == (["王"] if stands else [])
    assert found.agencies == {office.agency.id}


def test_who_is_back_earlier_is_stood_for_no_more(office: Office) -> None:
    wang, li = person(office, "王"), person(office, "李", Role.CLERK)
    absence = leave(office, wang, li)

    with office.store.transaction() as session:
        absences.end(session, office.agency.id or 0, absence, by=wang.id, at=morning(FIRST_DAY, 15))

    assert on_day(office, li, FIRST_DAY).roles == {Role.CLERK}
    leave(office, wang, li)  # The days are free again.
    with office.store.transaction() as session, pytest.raises(NotFound):
        absences.end(session, office.agency.id or 0, absence, by=wang.id, at=morning(FIRST_DAY, 16))


def test_only_head_and_administrator_send_others_on_leave(office: Office) -> None:
    wang, li = person(office, "王"), person(office, "李")
    for n, role in enumerate((Role.HEAD, Role.ADMIN)):
        first = FIRST_DAY + timedelta(days=n)
        absence = leave(office, wang, li, first, first, by=person(office, f"管{n}", role))
        with office.store.transaction() as session, pytest.raises(Forbidden, match="负责人"):
            absences.end(session, office.agency.id or 0, absence, by=li.id, at=morning(FIRST_DAY))

    with pytest.raises(Forbidden, match="负责人"):
        leave(office, wang, li, by=person(office, "窗", Role.CLERK))
    stranger = person(office, "外", Role.HEAD, agency=office.other().agency)
    with pytest.raises(Forbidden, match="负责人"):
        leave(office, wang, li, by=stranger)


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "to oneself": ({"substitute": "王"}, "substitute", "不能是本人"),
    "to another agency": ({"substitute": "外"}, "substitute", "本机关"),
    "to one who has left": ({"substitute": "离"}, "substitute", "在用"),
    "the wrong way round": ({"last": FIRST_DAY - timedelta(days=1)}, "last", "早于开始日期"),
    "in the past": ({"first": date(2026, 6, 1), "last": date(2026, 6, 2)}, "last", "已经过去"),
    "twice at a time": ({"first": date(2026, 7, 12), "last": date(2026, 7, 20)}, "first", "不能重叠"),
    "to one who is away": ({"substitute": "赵", "first": LAST_DAY}, "substitute", "也不在岗"),
    "of one who stands for another": ({"user": "李", "substitute": "周"}, "first", "正代他人办理"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_is_refused_beside_its_field(office: Office, why: str) -> None:
    asked, field, told = REFUSED[why]
    people = {name: person(office, name) for name in ("王", "李", "赵", "周", "孙")}
    people["外"] = person(office, "外", agency=office.other().agency)
    people["离"] = office.account("离", Role.HANDLER, active=False)
    leave(office, people["赵"], people["李"], LAST_DAY, LAST_DAY + timedelta(days=3))
    leave(office, people["王"], people["孙"], date(2026, 7, 10), date(2026, 7, 12))
    given: dict[str, Any] = {"user": "王", "substitute": "李", "first": FIRST_DAY, "last": LAST_DAY} | asked

    with pytest.raises(BadInput, match=told) as refused:
        leave(office, people[given["user"]], people[given["substitute"]], given["first"], given["last"])

    assert refused.value.where == field


# --- Acting for another ----------------------------------------------------------------------------------


def act(office: Office, user: User, number: str, action: Action, on: date, **body: Any) -> None:
    """Do an act as that person would from a page on that day."""
    signed = on_day(office, user, on)
    with office.store.reading() as session:
        handler = open_file(session, number).row.handler_id
    office.do(number, action, on, by=acting.actor(signed, action, handler), **body)


DRAFT = {"decision": "disclosed", "reasons": "予以公开。"}


def test_the_record_names_who_acted_and_for_whom(office: Office) -> None:
    wang, li = person(office, "王"), person(office, "李", Role.CLERK, Role.HANDLER)
    number = office.case_at(State.PROCESSING, FIRST_DAY - timedelta(days=7))
    own = office.case_at(State.PROCESSING, FIRST_DAY - timedelta(days=7))
    office.do(number, Action.ASSIGN, FIRST_DAY, unit="科", handler="王")
    leave(office, wang, li)

    act(office, li, number, Action.DRAFT_REPLY, FIRST_DAY, **DRAFT)
    act(office, li, own, Action.DRAFT_REPLY, FIRST_DAY, **DRAFT)

    with office.store.reading() as session:
        theirs, mine = (timeline(session, open_file(session, each))[-1] for each in (number, own))
    assert (theirs.person, theirs.facts["for"], theirs.role) == ("李（代王）", wang.id, Role.HANDLER)
    assert (mine.person, "for" in mine.facts) == ("李", False)


def test_what_a_clerk_does_as_a_clerk_is_done_for_nobody(office: Office) -> None:
    wang, li = person(office, "王"), person(office, "李", Role.CLERK)
    number = office.case_at(State.PROCESSING, FIRST_DAY - timedelta(days=7))
    office.do(number, Action.ASSIGN, FIRST_DAY, unit="科", handler="王")
    leave(office, wang, li)
    signed = on_day(office, li, FIRST_DAY)

    assert acting.actor(signed, Action.ASSESS_FEE, wang.id).standing_for is None
    assert acting.actor(signed, Action.DRAFT_REPLY, wang.id).standing_for == wang.id


def test_a_draft_is_reviewed_by_nobody_who_wrote_it_or_in_whose_name_it_stands(office: Office) -> None:
    """Whoever stands for the drafter counts as the drafter, and so does the drafter."""
    wang, li = person(office, "王", Role.HANDLER, Role.LEGAL), person(office, "李", Role.CLERK, Role.LEGAL)
    zhao, back = person(office, "赵", Role.LEGAL), LAST_DAY + timedelta(days=1)
    number = office.case_at(State.PROCESSING, FIRST_DAY - timedelta(days=7))
    leave(office, wang, li)
    act(office, li, number, Action.DRAFT_REPLY, FIRST_DAY, **DRAFT)

    for user in (li, wang):
        with pytest.raises(Refused, match="拟稿人") as refused:
            act(office, user, number, Action.PASS_REVIEW, back)
        assert refused.value.article == "17"

    act(office, zhao, number, Action.PASS_REVIEW, back)


def test_a_drafter_signs_through_no_substitute(office: Office) -> None:
    wang, li = person(office, "王", Role.HANDLER, Role.HEAD), person(office, "李", Role.CLERK)
    number = office.case_at(State.PROCESSING, FIRST_DAY - timedelta(days=7))
    act(office, wang, number, Action.DRAFT_REPLY, FIRST_DAY, **DRAFT)
    office.do(number, Action.PASS_REVIEW, FIRST_DAY)
    leave(office, wang, li)

    with pytest.raises(Refused, match="代办人"):
        act(office, li, number, Action.APPROVE, FIRST_DAY)
    with office.store.reading() as session:
        signed = load(session, li.id, FIRST_DAY)
        assert Action.APPROVE not in acting.permitted(session, signed, open_file(session, number))


def test_an_own_role_comes_before_that_of_somebody_who_is_away(office: Office) -> None:
    """A reviewer who stands for the drafter reviews as a reviewer: the draft is none of theirs."""
    wang, li = person(office, "王"), person(office, "李", Role.LEGAL)
    number = office.case_at(State.PROCESSING, FIRST_DAY - timedelta(days=7))
    act(office, wang, number, Action.DRAFT_REPLY, FIRST_DAY, **DRAFT)
    leave(office, wang, li)

    act(office, li, number, Action.PASS_REVIEW, FIRST_DAY)

    with office.store.reading() as session:
        assert "for" not in timeline(session, open_file(session, number))[-1].facts
