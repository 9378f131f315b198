"""Memos on a case: kept encrypted, read latest first, struck by who wrote them, settled together."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.office import FIRST_DAY, Office, morning
from workflow import memos
from workflow.casefile import CaseFile, open_file
from workflow.errors import BadInput, NotFound, Refused
from workflow.memos import LONGEST, Memo, MemoKind
from workflow.tables import MEMOS
from workflow.vocabulary import Role, State

AT = morning(FIRST_DAY + timedelta(days=10))
LATER = AT + timedelta(hours=1)


def person(office: Office, role: Role) -> int:
    by = office.staff(role).user_id
    assert by is not None
    return by


def opened(office: Office, number: str) -> CaseFile:
    with office.store.reading() as session:
        return open_file(session, number)


def add(
    office: Office, number: str, text: str, kind: MemoKind = MemoKind.NOTE, role: Role = Role.CLERK
) -> int:
    with office.store.transaction() as session:
        file = open_file(session, number)
        return memos.add(session, file, kind, text, by=person(office, role), at=AT)


def read(office: Office, number: str, *kinds: MemoKind) -> list[Memo]:
    with office.store.reading() as session:
        return memos.memos(session, open_file(session, number).id, *kinds)


def test_memos_are_read_by_kind_latest_first_with_who_wrote_them(office: Office) -> None:
    number, other = office.case_at(State.PROCESSING), office.case_at(State.PROCESSING)
    clerk, head = (
        office.account("w1", Role.CLERK, name="沈若溪"),
        office.account("f1", Role.HEAD, name="冯岱"),
    )
    with office.store.transaction() as session:
        file, beside = open_file(session, number), open_file(session, other)
        for by, kind, text in (
            (clerk.id, MemoKind.NOTE, "已电话联系申请人"),
            (head.id, MemoKind.REMINDER, "请于周五前拟稿"),
            (head.id, MemoKind.NOTE, "  注意第三方\n的意见 "),
        ):
            memos.add(session, file, kind, text, by=by, at=AT)
        memos.add(session, beside, MemoKind.NOTE, "另一件", by=clerk.id, at=AT)

    notes = read(office, number, MemoKind.NOTE)

    assert [(each.text, each.person) for each in notes] == [
        ("注意第三方\n的意见", "冯岱"),
        ("已电话联系申请人", "沈若溪"),
    ]
    assert [each.at for each in notes] == [AT, AT]
    assert [each.text for each in read(office, number, MemoKind.REMINDER)] == ["请于周五前拟稿"]
    assert len(read(office, number, *MemoKind)) == 3


def test_what_is_noted_lies_encrypted_in_the_database(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    add(office, number, "申请人住在望泉街")

    with office.store.reading() as session:
        body = session.execute(select(MEMOS.c.body)).scalar_one()

    assert "望泉街".encode() not in body
    assert [each.text for each in read(office, number, MemoKind.NOTE)] == ["申请人住在望泉街"]


def test_the_writer_strikes_a_note_once_and_it_stays_to_be_read(office: Office) -> None:
    number = office.case_at(State.PROCESSING)
    first, second = add(office, number, "记错了"), add(office, number, "保留")
    clerk, file = person(office, Role.CLERK), opened(office, number)

    with office.store.transaction() as session:
        memos.strike(session, file, first, by=clerk, at=LATER)

    kept, struck = read(office, number, MemoKind.NOTE)
    assert (kept.id, kept.settled_at) == (second, None)
    assert (struck.text, struck.settled_at, struck.settled_by) == ("记错了", LATER, Role.CLERK.zh)
    with office.store.transaction() as session, pytest.raises(NotFound):
        memos.strike(session, file, first, by=clerk, at=LATER)


def test_nobody_strikes_the_note_of_another_of_another_case_or_a_reminder(office: Office) -> None:
    number, other = office.case_at(State.PROCESSING), office.case_at(State.PROCESSING)
    note, reminder = add(office, number, "备注"), add(office, number, "催办", MemoKind.REMINDER)
    clerk, head = person(office, Role.CLERK), person(office, Role.HEAD)

    for at, memo_id, by in ((number, note, head), (other, note, clerk), (number, reminder, clerk)):
        with office.store.transaction() as session, pytest.raises(NotFound):
            memos.strike(session, open_file(session, at), memo_id, by=by, at=LATER)

    assert [each.settled_at for each in read(office, number, *MemoKind)] == [None, None]


def test_all_open_memos_of_a_kind_are_settled_together(office: Office) -> None:
    number, other = office.case_at(State.PROCESSING), office.case_at(State.PROCESSING)
    for case in (number, number, other):
        add(office, case, "请尽快", MemoKind.REMINDER)
    add(office, number, "备注")
    handler = person(office, Role.HANDLER)

    with office.store.transaction() as session:
        file = open_file(session, number)
        settled = [memos.settle(session, file, MemoKind.REMINDER, by=handler, at=LATER) for _ in range(2)]

    assert settled == [2, 0]
    assert [each.settled_by for each in read(office, number, MemoKind.REMINDER)] == [Role.HANDLER.zh] * 2
    assert [each.settled_at for each in read(office, other, MemoKind.REMINDER)] == [None]
    assert [each.settled_at for each in read(office, number, MemoKind.NOTE)] == [None]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "请填写备注的内容"),
        (" \n ", "请填写备注的内容"),
        ("字" * (LONGEST + 1), "不超过2000字，现有2001字"),
        ("坏\x00字", "含有无法保存的字符"),
    ],
    ids=["nothing", "blank", "too long", "unstorable"],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_kept_is_refused_and_nothing_is_kept(office: Office, text: str, why: str) -> None:
    number = office.case_at(State.PROCESSING)

    with pytest.raises(BadInput) as fault:
        add(office, number, text)

    assert why in str(fault.value)
    assert fault.value.details[0][0] == "note"
    assert read(office, number, *MemoKind) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_void_case_can_be_noted_on_and_nothing_more_is_asked_of_it(office: Office) -> None:
    number = office.case_at(State.VOIDED)
    add(office, number, "与另一件重复")

    with pytest.raises(Refused, match="本件已作废，不能再催办"):
        add(office, number, "请尽快", MemoKind.REMINDER)

    assert [each.text for each in read(office, number, *MemoKind)] == ["与另一件重复"]
