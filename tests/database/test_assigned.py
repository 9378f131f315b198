"""Who has a case, and for how many pieces it counts: the columns follow the latest record, as corrected."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tests.office import FIRST_DAY, Office
from workflow.tables import CASES, USERS
from workflow.vocabulary import Action, Role, State

NEXT_DAY = date(2026, 7, 6)


def columns(office: Office, number: str) -> tuple[Any, ...]:
    """Unit, name of the handler, and assessed pieces of a case."""
    query = (
        select(CASES.c.unit, USERS.c.name, CASES.c.pieces)
        .join(USERS, USERS.c.id == CASES.c.handler_id, isouter=True)
        .where(CASES.c.number == number)
    )
    with office.store.reading() as session:
        return tuple(session.execute(query).one())


def handed_over(office: Office) -> str:
    """A case (record 3: accepted) given to Chen in one unit (4), then to Zhou in another (5)."""
    for name in ("陈晨", "周舟"):
        office.account(name, Role.HANDLER)
    number = office.case_at(State.PROCESSING, FIRST_DAY)
    office.do(number, Action.ASSIGN, NEXT_DAY, unit="法规科", handler="陈晨")
    office.do(number, Action.ASSIGN, NEXT_DAY, unit="财务科", handler="周舟")
    return number


def test_another_unit_takes_the_case_from_its_handler(office: Office) -> None:
    number = handed_over(office)
    assert columns(office, number) == ("财务科", "周舟", None)

    office.do(number, Action.ASSIGN, NEXT_DAY, unit="规划科")

    assert columns(office, number) == ("规划科", None, None)


def test_a_handler_whom_the_staff_list_does_not_know_is_told(office: Office) -> None:
    number = office.case_at(State.PROCESSING, FIRST_DAY)

    file = office.do(number, Action.ASSIGN, NEXT_DAY, unit="法规科", handler="无名")

    assert columns(office, number) == ("法规科", None, None)
    assert any("无名" in warning for warning in file.history.warnings)


def test_a_correction_of_an_earlier_hand_over_leaves_the_later_one(office: Office) -> None:
    number = handed_over(office)

    office.do(number, Action.RECTIFY, NEXT_DAY, event=4, changes={"unit": "法制科"}, reason="科室名称有误")

    assert columns(office, number) == ("财务科", "周舟", None)


def test_a_hand_over_that_was_struck_out_gives_the_case_back(office: Office) -> None:
    number = handed_over(office)

    office.do(number, Action.RECTIFY, NEXT_DAY, event=5, void=True, reason="转错科室")

    assert columns(office, number) == ("法规科", "陈晨", None)


def test_an_assessment_by_page_takes_the_counted_pieces_back(office: Office) -> None:
    number = office.case_at(State.PROCESSING, FIRST_DAY)
    office.do(number, Action.ASSESS_FEE, NEXT_DAY, basis="per_piece", pieces=3)
    assert columns(office, number)[2] == 3

    by_page = {"basis": "per_page", "pages": 20, "pieces": None}
    office.do(number, Action.RECTIFY, NEXT_DAY, event=4, changes=by_page, reason="应按量计费")

    assert columns(office, number)[2] is None
