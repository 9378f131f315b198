"""Linked cases: said once for both, seen by whoever may see both, changed and taken away again."""

import pytest
from sqlalchemy import func, select

from tests.office import FIRST_DAY, Office, morning
from workflow import links
from workflow.casefile import open_file
from workflow.errors import BadInput, NotFound
from workflow.links import Relation
from workflow.tables import CASE_LINKS
from workflow.vocabulary import Role, State

AT = morning(FIRST_DAY)


def link(office: Office, number: str, other: str, relation: Relation, *more: Office) -> None:
    by = office.staff(Role.CLERK).user_id
    assert by is not None
    within = {each.agency.id for each in (office, *more) if each.agency.id is not None}
    with office.store.transaction() as session:
        file = open_file(session, number)
        links.link(session, file, other, relation, agencies=within, by=by, at=AT)


def linked(office: Office, number: str, *more: Office) -> list[tuple[str, Relation]]:
    within = {each.agency.id for each in (office, *more) if each.agency.id is not None}
    with office.store.reading() as session:
        found = links.links(session, open_file(session, number).id, within)
    return [(each.number, each.relation) for each in found]


@pytest.mark.parametrize("turned", [False, True], ids=["from the first", "from the second"])
def test_a_link_is_shown_on_both(office: Office, turned: bool) -> None:
    numbers = [office.case_at(State.PROCESSING), office.case_at(State.SCREENING)]
    one, other = reversed(numbers) if turned else numbers

    link(office, one, other, Relation.REPEAT)

    assert linked(office, one) == [(other, Relation.REPEAT)]
    assert linked(office, other) == [(one, Relation.REPEAT)]


def test_linked_again_from_either_side_the_two_have_the_new_relation(office: Office) -> None:
    one, other, third = (office.case_at(State.SCREENING) for _ in range(3))
    link(office, one, third, Relation.RELATED)
    link(office, one, other, Relation.RELATED)

    link(office, other, one, Relation.SAME_MATTER)

    assert linked(office, other) == [(one, Relation.SAME_MATTER)]
    assert sorted(linked(office, one)) == sorted([(third, Relation.RELATED), (other, Relation.SAME_MATTER)])
    with office.store.reading() as session:
        assert session.execute(select(func.count()).select_from(CASE_LINKS)).scalar_one() == 2


def test_a_link_is_taken_away_from_either_side(office: Office) -> None:
    one, other, third = (office.case_at(State.SCREENING) for _ in range(3))
    link(office, one, other, Relation.RELATED)
    link(office, one, third, Relation.RELATED)

    with office.store.transaction() as session:
        links.unlink(session, open_file(session, other), one)

    assert linked(office, one) == [(third, Relation.RELATED)]
    assert linked(office, other) == []
    with office.store.transaction() as session, pytest.raises(NotFound):
        links.unlink(session, open_file(session, other), one)


def test_a_case_of_a_foreign_agency_is_neither_linked_nor_shown(office: Office) -> None:
    finance = office.other()
    own, foreign = office.case_at(State.SCREENING), finance.case_at(State.SCREENING)

    with pytest.raises(BadInput, match="不在您的职责范围内"):
        link(office, own, foreign, Relation.RELATED)
    assert linked(office, own, finance) == []

    link(office, own, foreign, Relation.RELATED, finance)
    assert linked(office, own, finance) == [(foreign, Relation.RELATED)]
    assert linked(office, own) == []
    assert linked(finance, foreign) == []


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("", "请填写"),
        ("坏\x00号", "请填写"),
        ("ZZ-2026-00001", "没有编号为ZZ-2026-00001的申请"),
        ("own", "本件的编号"),
    ],
)
def test_what_is_no_other_case_is_not_linked(office: Office, other: str, why: str) -> None:
    number = office.case_at(State.SCREENING)

    with pytest.raises(BadInput, match=why) as fault:
        link(office, number, number if other == "own" else other, Relation.RELATED)

    assert fault.value.details[0][0] == "number"
