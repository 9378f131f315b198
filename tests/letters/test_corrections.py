"""A correction is a new letter that names the old: of a record, and of a reply that is given anew."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.letters.golden import text_of
from tests.office import FIRST_DAY, Office
from workflow.audit import verify
from workflow.casefile import CaseFile, open_file
from workflow.errors import Refused
from workflow.queries.describe import describe
from workflow.queries.fates import fates
from workflow.queries.letters import letter
from workflow.tables import LETTERS, OUTBOX
from workflow.vocabulary import Action, State

A = Action
WHY: dict[str, Any] = {"reason": "录入有误"}
DAY = "2026年7月1日"


def day(n: int) -> date:
    """The n-th day after the first, a Wednesday."""
    return FIRST_DAY + timedelta(days=n)


def sent(office: Office, number: str) -> list[tuple[str, str]]:
    """The letters of a case, by kind and number."""
    with office.store.reading() as session:
        told = describe(session, open_file(session, number), day(400))["letters"]
    return [(each["kind"], each["number"]) for each in told]


def read(office: Office, number: str, place: int = -1) -> str:
    """One letter of a case as text, the latest if nothing is said."""
    with office.store.reading() as session:
        file = open_file(session, number)
        ids = session.execute(select(LETTERS.c.id).where(LETTERS.c.case_id == file.id).order_by(LETTERS.c.id))
        return text_of(letter(session, file.id, ids.scalars().all()[place]).html)


def seq(file: CaseFile) -> int:
    """The number of the act that was just done."""
    return file.log.events[-1].seq


def whole(office: Office) -> bool:
    """Whether the register is as it was written."""
    with office.store.reading() as session:
        return not any(verify(session))


def clarifying(office: Office, **more: Any) -> tuple[str, int]:
    """A case at the counter, whose applicant was asked to clarify; and the number of that act."""
    number = office.register()
    file = office.do(number, A.REQUEST_CLARIFICATION, day(1), items=["请明确年份"], **more)
    return number, seq(file)


def test_a_notice_that_is_corrected_goes_out_again_and_names_the_old(office: Office) -> None:
    number, asked = clarifying(office)
    first = read(office, number)

    office.do(number, A.RECTIFY, day(2), event=asked, changes={"items": ["请明确地块名称"]}, **WHY)

    assert [kind for kind, _number in sent(office, number)] == ["receipt", *["clarification_notice"] * 2]
    (_kind, old), (_again, new) = sent(office, number)[1:]
    assert read(office, number, 1) == first
    text = read(office, number)
    assert (
        f"本机关于2026年7月2日发出的《政府信息公开申请补正告知书》（{old}）记载有误，现予更正，以本件为准。"
        in text
    )
    assert new in text
    assert "请明确地块名称" in text
    assert "请明确年份" not in text
    assert text.splitlines()[-2 if "核验码" in text else -1] == "2026年7月3日"
    assert whole(office)


def test_what_is_corrected_twice_names_the_letter_that_was_sent_last(office: Office) -> None:
    number, asked = clarifying(office)
    for n, item in enumerate(["请明确地块名称", "请明确文号"], start=2):
        office.do(number, A.RECTIFY, day(n), event=asked, changes={"items": [item]}, **WHY)

    *_earlier, (_kind, second), (_again, _third) = sent(office, number)
    assert f"本机关于2026年7月3日发出的《政府信息公开申请补正告知书》（{second}）" in read(office, number)
    with office.store.reading() as session:
        told = fates(session, open_file(session, number))
    assert [fate.replaced_by for fate in told.values()] == ["", _third, _third, ""]


@pytest.mark.parametrize(
    "changes",
    [{"method": "registered_post"}, {"items": ["请明确年份"], "method": None}],
    ids=["only how it went", "nothing at all"],
)
def test_a_correction_that_the_letter_does_not_tell_sends_nothing(
    office: Office, changes: dict[str, Any]
) -> None:
    number, asked = clarifying(office, served_on="2026-07-03", method="fax")
    before = sent(office, number)

    office.do(number, A.RECTIFY, day(2), event=asked, changes=changes, **WHY)

    assert sent(office, number) == before


def test_a_record_that_is_struck_out_sends_nothing(office: Office) -> None:
    number, asked = clarifying(office)
    before = sent(office, number)

    office.do(number, A.RECTIFY, day(2), event=asked, void=True, **WHY)

    assert sent(office, number) == before


def test_what_was_answered_is_not_asked_again(office: Office) -> None:
    number, asked = clarifying(office)
    office.do(number, A.RECEIVE_CLARIFICATION, day(2), text="2025年")
    before = sent(office, number)

    office.do(number, A.RECTIFY, day(3), event=asked, changes={"items": ["请明确地块名称"]}, **WHY)

    assert sent(office, number) == before


def test_service_of_the_corrected_notice_starts_what_the_first_had_to_start(office: Office) -> None:
    number, asked = clarifying(office, method="registered_post")
    file = office.do(number, A.RECTIFY, day(2), event=asked, changes={"items": ["请明确文号"]}, **WHY)
    old, new = (each for _kind, each in sent(office, number)[1:])

    late = office.do(
        number,
        A.RECORD_SERVICE,
        day(5),
        letter=old,
        served_on=day(4),
        method="registered_post",
        tracking_no="E",
    )
    assert [term.status for term in file.history.terms if term.name == "clarification"] == ["awaited"]
    assert [term.status for term in late.history.terms if term.name == "clarification"] == ["awaited"]
    file = office.do(
        number,
        A.RECORD_SERVICE,
        day(6),
        letter="clarification_notice",
        served_on=day(5),
        method="registered_post",
        tracking_no="E",
    )

    term = next(term for term in file.history.terms if term.name == "clarification")
    assert (term.status, term.runs_from) == ("running", day(5))
    assert file.log.events[-1].facts["number"] == new
    assert file.log.events[-1].facts["issued"] == asked
    assert whole(office)


def replied(office: Office, *, method: str = "in_person", **draft: Any) -> tuple[str, int]:
    """A case that has its reply, at the counter; and the number of its draft."""
    number = office.register()
    office.do(number, A.ACCEPT, day(1))
    body = {"decision": "disclosed", "reasons": "见附件。"} | draft
    drafted = seq(office.do(number, A.DRAFT_REPLY, day(2), **body))
    office.do(number, A.PASS_REVIEW, day(2))
    office.do(number, A.APPROVE, day(2))
    office.do(number, A.ISSUE_REPLY, day(3), method=method)
    return number, drafted


def test_a_reply_whose_draft_is_corrected_is_given_again_and_has_to_be_served_again(office: Office) -> None:
    number, drafted = replied(office)

    office.do(number, A.RECTIFY, day(5), event=drafted, changes={"reasons": "全文如下。"}, **WHY)

    (_receipt, _n), (_reply, old), (kind, new) = sent(office, number)
    text = read(office, number)
    assert kind == "disclosed"
    assert f"本机关于2026年7月4日发出的《政府信息予以公开答复书》（{old}）记载有误" in text
    assert "全文如下。" in text
    with pytest.raises(Refused, match="尚无送达凭证"):
        office.do(number, A.ARCHIVE, day(6))
    file = office.do(number, A.RECORD_SERVICE, day(6), served_on=day(6), method="in_person")
    assert file.log.events[-1].facts["number"] == new
    term = next(term for term in file.history.terms if term.name == "reconsideration")
    assert (term.status, term.runs_from) == ("running", day(6))
    assert office.do(number, A.ARCHIVE, day(7)).history.state is State.ARCHIVED
    assert whole(office)


def test_a_decision_that_is_corrected_to_another_sends_the_letter_of_the_other(office: Office) -> None:
    number, drafted = replied(office, decision="not_held", evidence=["检索记录"])

    changes = {"decision": "other_authority", "authority": "招远市水务局"}
    file = office.do(number, A.RECTIFY, day(5), event=drafted, changes=changes, **WHY)

    old = sent(office, number)[-2][1]
    text = read(office, number)
    assert sent(office, number)[-1][0] == "other_authority"
    assert f"《政府信息不存在告知书》（{old}）记载有误" in text
    assert "负责公开该政府信息的行政机关及其联系方式：招远市水务局。" in text
    assert [final.kind for final in file.history.final_letters] == ["other_authority"]
    assert file.history.decision == "other_authority"
    assert whole(office)


def test_a_draft_that_is_corrected_before_it_was_issued_sends_nothing(office: Office) -> None:
    number = office.register()
    office.do(number, A.ACCEPT, day(1))
    drafted = seq(office.do(number, A.DRAFT_REPLY, day(2), decision="disclosed", reasons="见附件。"))

    office.do(number, A.RECTIFY, day(3), event=drafted, changes={"reasons": "全文如下。"}, **WHY)

    assert [kind for kind, _number in sent(office, number)] == ["receipt"]


def test_a_case_that_is_opened_again_gets_a_reply_that_takes_the_place_of_the_old(office: Office) -> None:
    number, drafted = replied(office)
    office.do(number, A.RECTIFY, day(4), event=drafted, changes={"reasons": "全文如下。"}, **WHY)
    corrected = sent(office, number)[-1][1]
    office.do(number, A.REOPEN, day(5), reason="复议决定撤销", reply_by=day(30))
    body: dict[str, Any] = {
        "decision": "repeat",
        "reasons": "已答复。",
        "earlier_reply": "〔2025〕8号，2025年6月5日",
    }
    office.do(number, A.DRAFT_REPLY, day(6), **body)
    office.do(number, A.PASS_REVIEW, day(6))
    office.do(number, A.APPROVE, day(6))

    office.do(number, A.ISSUE_REPLY, day(7), method="in_person")

    told = f"本机关于2026年7月5日作出的《政府信息予以公开答复书》（{corrected}）由本件替代。"
    assert told in read(office, number)
    assert "由本件替代" not in read(office, number, 1)


def consulting(office: Office) -> tuple[str, int]:
    """A third party is asked; and the number of that act."""
    number = office.case_at(State.PROCESSING)
    file = office.do(number, A.CONSULT_THIRD_PARTY, day(3), name="申公司", served_on="2026-07-06")
    return number, seq(file)


def test_a_party_whose_name_is_put_right_is_asked_by_its_name_with_its_form(office: Office) -> None:
    number, asked = consulting(office)
    office.do(number, A.RECTIFY, day(4), event=asked, changes={"name": "甲公司"}, **WHY)

    again = sent(office, number)[-2:]

    assert [kind for kind, _number in again] == ["third_party_consultation", "third_party_reply_form"]
    assert again[1][1] == again[0][1] + "-回执"
    with office.store.reading() as session:
        told = describe(session, open_file(session, number), day(4))
    assert [each["to"] for each in told["letters"][-2:]] == ["甲公司", "甲公司"]
    assert "甲公司：" in read(office, number, -2).splitlines()
    file = office.do(number, A.RECORD_OPINION, day(5), name="甲公司", consents=True)
    assert file.history.state is State.PROCESSING
    assert whole(office)


def test_an_applicant_who_came_online_is_told_of_a_corrected_letter_and_not_of_others(office: Office) -> None:
    number, asked = consulting(office)
    office.do(number, A.RECTIFY, day(4), event=asked, changes={"served_on": "2026-07-08"}, **WHY)

    with office.store.reading() as session:
        keys = [row.key.rpartition(":")[2] for row in session.execute(select(OUTBOX).order_by(OUTBOX.c.id))]

    assert [kind for kind, _number in sent(office, number)[-3:]] == [
        "consultation_notice",
        "third_party_consultation",
        "third_party_reply_form",
    ]
    assert keys == ["receipt", "receipt_confirmation", "consultation_notice", "consultation_notice"]


def test_a_corrected_application_is_acknowledged_again(office: Office) -> None:
    number = office.register()

    office.do(number, A.RECTIFY, day(1), event=1, changes={"request": {"title": "乙地块方案"}}, **WHY)

    assert [kind for kind, _number in sent(office, number)] == ["receipt", "receipt"]
    assert "申请公开“乙地块方案”" in read(office, number)
    assert f"本机关于{DAY}发出的《政府信息公开申请登记回执》" in read(office, number)


def test_a_corrected_choice_of_public_interest_tells_the_third_party_for_the_first_time(
    office: Office,
) -> None:
    number, _asked = consulting(office)
    office.do(number, A.RECORD_OPINION, day(5), name="申公司", consents=False, reasonable=False)
    drafted = seq(office.do(number, A.DRAFT_REPLY, day(6), decision="disclosed", reasons="予以公开。"))
    office.do(number, A.PASS_REVIEW, day(6))
    office.do(number, A.APPROVE, day(6))
    office.do(number, A.ISSUE_REPLY, day(7), method="in_person")

    office.do(number, A.RECTIFY, day(8), event=drafted, changes={"grounds": ["public_interest"]}, **WHY)

    again = [kind for kind, _number in sent(office, number)[-2:]]
    assert again == ["disclosed", "third_party_disclosure_notice"]
    assert "记载有误" in read(office, number, -2)
    assert "记载有误" not in read(office, number, -1)
    assert whole(office)
