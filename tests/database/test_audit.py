"""`mingda audit verify` finds what was changed behind the program's back, and nothing else."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.database import behind
from tests.database.test_documents import gives, letters_of
from tests.office import FIRST_DAY, Office, morning
from tests.story import ZHANG
from workflow import timers
from workflow.audit import COLUMNS, Break, verify
from workflow.documents import Form, document
from workflow.engine import projection
from workflow.history import History
from workflow.store import Store
from workflow.tables import LETTERS
from workflow.vocabulary import Action, State


def breaks(store: Store) -> list[Break]:
    """Everything that the audit finds."""
    with store.reading() as session:
        return [found for found in verify(session) if found]


def one_break(store: Store) -> Break:
    """The one thing that it finds."""
    (found,) = breaks(store)
    return found


def test_untouched_cases_of_every_state_are_whole(office: Office) -> None:
    for state in State:
        office.case_at(state)

    assert breaks(office.store) == []


def test_a_case_stays_whole_through_lapse_rectification_and_reopening(office: Office) -> None:
    lapsed = office.case_at(State.CONSULTING)
    corrected = office.register()
    office.do(corrected, Action.ACCEPT, FIRST_DAY)
    changes = {"received_on": "2026-06-30", "channel": "registered_post"}
    office.do(corrected, Action.RECTIFY, FIRST_DAY, event=1, changes=changes, reason="签收日期误录")
    renamed = office.register()
    office.do(
        renamed, Action.RECTIFY, FIRST_DAY, event=1, changes={"applicant": {"name": "张山"}}, reason="误录"
    )
    again = office.case_at(State.CONCLUDED)
    office.do(again, Action.REOPEN, date(2026, 8, 3), reason="复议撤销", reply_by="2026-08-31")

    with office.store.session() as session:
        swept = timers.sweep(session, morning(date(2026, 12, 1)))

    assert lapsed in swept.changed
    assert breaks(office.store) == []


def test_a_changed_fact_is_found(office: Office) -> None:
    number = office.case_at(State.PROCESSING)

    behind.change(office.store, number, 3, facts={"unit": "财务科"})

    assert one_break(office.store) == Break(number, 3, "记录内容被改动")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("on_date", date(2026, 6, 30)),
        ("at", morning(FIRST_DAY, 10)),
        ("action", Action.WITHDRAW),
        ("role", "head"),
        ("user_id", None),
        ("article", "30"),
        ("letters", []),
        ("to_state", State.CONCLUDED),
        ("sealed_digest", "0" * 64),
    ],
)
def test_a_change_of_any_column_is_found(office: Office, column: str, value: object) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION)

    behind.change(office.store, number, 2, **{column: value})

    assert one_break(office.store) == Break(number, 2, "记录内容被改动")


def test_of_several_changes_the_first_is_named(office: Office) -> None:
    number = office.case_at(State.APPROVED)

    for seq in (5, 3, 4):
        behind.change(office.store, number, seq, article="99")

    assert one_break(office.store).seq == 3


def test_an_event_removed_in_the_middle_is_found(office: Office) -> None:
    number = office.case_at(State.APPROVED)

    behind.execute(office.store, "DELETE FROM events WHERE seq = 3")

    assert one_break(office.store) == Break(number, 3, "记录缺失")


def test_an_event_removed_and_the_rest_renumbered_is_found(office: Office) -> None:
    number = office.case_at(State.APPROVED)

    behind.execute(office.store, "DELETE FROM events WHERE seq = 3")
    for seq in (4, 5, 6):
        behind.execute(office.store, f"UPDATE events SET seq = {seq - 1} WHERE seq = {seq}")

    assert one_break(office.store) == Break(number, 3, "与上一条记录的链接不符")


def test_a_cut_tail_is_found(office: Office) -> None:
    number = office.case_at(State.CONCLUDED)

    behind.execute(office.store, "DELETE FROM events WHERE seq >= 6")

    assert one_break(office.store) == Break(number, 6, "末尾记录缺失（应有7条，实有5条）")


def test_a_cut_tail_with_the_version_set_back_is_found_by_the_state(office: Office) -> None:
    number = office.case_at(State.CONCLUDED)

    behind.execute(office.store, "DELETE FROM events WHERE seq = 7")
    behind.execute(office.store, "UPDATE cases SET version = 6")

    found = one_break(office.store)
    assert (found.number, found.seq) == (number, 0)
    assert "状态" in found.what


def test_a_version_set_back_is_found(office: Office) -> None:
    number = office.case_at(State.PROCESSING)

    behind.execute(office.store, "UPDATE cases SET version = 2")

    assert one_break(office.store) == Break(number, 3, "记录多于办理次数（应有2条，实有3条）")


def test_an_emptied_log_is_found(office: Office) -> None:
    number = office.case_at(State.SUBMITTED)

    behind.execute(office.store, "DELETE FROM events")
    behind.execute(office.store, "UPDATE cases SET version = 0")

    assert one_break(office.store) == Break(number, 1, "没有任何记录")


def test_a_relinked_chain_is_found_where_the_case_shows_another_course(office: Office) -> None:
    number = office.register(received_on="2026-07-01")

    behind.change(office.store, number, 1, facts={"channel": "in_person", "received_on": "2026-06-24"})
    behind.relink(office.store, number)

    found = one_break(office.store)
    assert (found.number, found.seq) == (number, 0)
    assert found.what == "案件的提交日期与记录不符（应为2026-06-24，实为2026-07-01）"


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE cases SET due_on = '2026-12-31'", "答复期限"),
        ("UPDATE cases SET state = 'concluded'", "状态"),
        ("UPDATE cases SET overdue_when_paused = true", "暂停时已逾期"),
        ("UPDATE cases SET applicant_name = '李四'", "申请人"),
        ("UPDATE cases SET description = '另一件事'", "申请内容"),
        ("UPDATE terms SET due_on = '2026-12-31' WHERE name = 'reply'", "期限"),
        ("UPDATE terms SET status = 'met' WHERE name = 'third_party_opinion'", "期限"),
        ("DELETE FROM terms", "期限"),
        ("DELETE FROM letters WHERE kind = 'third_party_consultation'", "公开征〔2026〕1号缺失"),
        ("UPDATE letters SET number = '甲公开征〔2026〕9号' WHERE kind = 'third_party_consultation'", "文书"),
        ("UPDATE letters SET on_date = '2026-06-30' WHERE kind = 'receipt'", "公开收〔2026〕1号与记录不符"),
        ("UPDATE letters SET sha256 = 'x' WHERE kind = 'receipt'", "公开收〔2026〕1号与发出时不一致"),
        ("UPDATE letters SET html = context", "公开收〔2026〕1号无法解密"),
        ("UPDATE cases SET contact = NULL", "联系方式"),
        ("UPDATE cases SET contact = id_number", "无法读取"),
        ("UPDATE cases SET id_number = NULL", "申请人"),
        ("UPDATE cases SET state = 'no such state'", "无法读取"),
    ],
)
def test_a_change_beside_the_log_is_found(office: Office, statement: str, what: str) -> None:
    office.case_at(State.CONSULTING, applicant=ZHANG | {"id_number": "37068519991231002X"})

    behind.execute(office.store, statement)

    assert what in one_break(office.store).what


def test_letters_that_changed_places_are_found(office: Office) -> None:
    """Text, context and digest go together: only the number tells that they belong elsewhere."""
    first, second = office.case_at(State.SCREENING), office.case_at(State.SCREENING)
    with office.store.reading() as session:
        query = select(LETTERS).where(LETTERS.c.kind == "receipt").order_by(LETTERS.c.id)
        one, other = session.execute(query).all()

    for here, there in ((one, other), (other, one)):
        what = {"html": there.html, "context": there.context, "sha256": there.sha256, "id": here.id}
        statement = "UPDATE letters SET html = :html, context = :context, sha256 = :sha256 WHERE id = :id"
        behind.execute(office.store, statement, **what)

    found = breaks(office.store)
    assert [each.number for each in found] == [first, second]
    assert [letter.number in each.what for letter, each in zip((one, other), found, strict=True)] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE letter_documents SET sha256 = 'x' WHERE form = 'docx'", "的DOCX文件与首次生成时不一致"),
        ("UPDATE letter_documents SET content = :junk WHERE form = 'pdf'", "的PDF文件无法解密"),
        ("UPDATE letter_documents SET form = 'html' WHERE form = 'pdf'", "的HTML文件无法解密"),
    ],
)
def test_a_change_of_a_kept_document_is_found_with_the_number_of_its_letter(
    office: Office, statement: str, what: str
) -> None:
    number = office.case_at(State.CONCLUDED)
    reply = letters_of(office, number)[-1]
    for form in Form:
        document(office.store, reply, form, gives(b"made"), morning(FIRST_DAY))
    whole = breaks(office.store)

    behind.execute(office.store, statement, **({"junk": b"x" * 64} if ":junk" in statement else {}))

    assert whole == []
    found = one_break(office.store)
    assert (found.number, found.seq) == (number, 7)
    assert found.what.startswith(f"文书{reply.number}{what}")


def test_a_changed_text_is_found(office: Office) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION)
    store = office.store
    forged = store.seal.encrypt('{"items":["没有要求补正"]}', "sealed.body")

    behind.execute(store, "UPDATE sealed SET body = :forged WHERE seq = 3", forged=forged)

    assert one_break(store) == Break(number, 3, "记录所附文字被改动")


def test_a_text_that_was_scratched_out_is_found(office: Office) -> None:
    number = office.case_at(State.AWAITING_CLARIFICATION)

    behind.execute(office.store, "UPDATE sealed SET body = :junk WHERE seq = 3", junk=b"x" * 64)

    assert one_break(office.store) == Break(number, 3, "记录所附文字被改动")


def test_a_text_put_under_an_act_that_had_none_is_found(office: Office) -> None:
    number = office.case_at(State.PROCESSING)

    behind.execute(office.store, "UPDATE sealed SET seq = 3 WHERE seq = 1")

    assert one_break(office.store) == Break(number, 3, "记录所附文字被改动")


def test_an_erased_text_leaves_the_chain_whole(office: Office) -> None:
    office.case_at(State.CONSULTING)

    assert behind.execute(office.store, "DELETE FROM sealed") > 1

    assert breaks(office.store) == []


def test_a_bad_case_hides_no_other(office: Office) -> None:
    numbers = [office.case_at(State.PROCESSING) for _ in range(3)]

    behind.change(office.store, numbers[0], 2, article="99")
    behind.change(office.store, numbers[2], 1, article="99")

    assert [(found.number, found.seq) for found in breaks(office.store)] == [(numbers[0], 2), (numbers[2], 1)]


def test_every_column_that_follows_from_the_log_has_a_name() -> None:
    assert set(COLUMNS) == set(projection(History()))


def test_a_case_removed_altogether_leaves_its_number(office: Office) -> None:
    kept, removed = office.register(), office.register()
    store = office.store
    for table in ("events", "sealed", "terms", "letters"):
        statement = f"DELETE FROM {table} WHERE case_id = (SELECT id FROM cases WHERE number = :number)"
        behind.execute(store, statement, number=removed)
    behind.execute(store, "DELETE FROM cases WHERE number = :number", number=removed)

    assert breaks(store) == [Break(removed, 0, "编号已经使用，案件不存在")]
    assert kept != removed
