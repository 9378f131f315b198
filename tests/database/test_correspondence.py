"""Letters to several addressees: what is kept of each, who is told of it, and who may see it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.letters.golden import text_of
from tests.office import FIRST_DAY, Office
from workflow.casefile import open_file
from workflow.errors import BadInput, NotFound, Refused
from workflow.queries import tracking
from workflow.queries.describe import describe
from workflow.queries.letters import letter
from workflow.tables import LETTERS, OUTBOX
from workflow.vocabulary import Action, State

A = Action
NAME = "欧阳春晓"
APPLICANT = {"kind": "natural_person", "name": NAME, "contact": {"email": "ouyang@example.org"}}
REQUEST = {"title": f"{NAME}宅基地审批材料", "description": f"{NAME}的宅基地"}


def told(office: Office, number: str) -> list[tuple[str, str]]:
    """The letters of a case: kind and addressee."""
    with office.store.reading() as session:
        case = describe(session, open_file(session, number), FIRST_DAY + timedelta(days=90))
    return [(each["kind"], each["to"]) for each in case["letters"]]


def texts(office: Office, number: str) -> list[str]:
    """The letters of a case as they read."""
    with office.store.reading() as session:
        file = open_file(session, number)
        ids = session.execute(select(LETTERS.c.id).where(LETTERS.c.case_id == file.id).order_by(LETTERS.c.id))
        return [text_of(letter(session, file.id, each).html) for each in ids.scalars()]


def case(office: Office, state: State = State.PROCESSING) -> str:
    """A case of an applicant whose name stands also in what was asked for."""
    return office.case_at(state, applicant=APPLICANT, request=REQUEST)


def test_a_unit_is_asked_for_its_search_by_the_office_and_not_by_the_law(office: Office) -> None:
    number = case(office, State.SCREENING)

    office.do(number, A.ACCEPT, FIRST_DAY, unit="档案科", assistance=True)
    office.do(number, A.ASSIGN, FIRST_DAY, unit="信息中心", assistance=True)

    assert told(office, number)[-2:] == [("assistance_request", "档案科"), ("assistance_request", "信息中心")]
    text = texts(office, number)[-1]
    assert "请于2026年7月10日前（含当日）书面回复" in text  # The seventh working day after 1 July.
    assert "不是法定期限" in text
    assert NAME not in text


def test_a_request_for_help_needs_somebody_to_help(office: Office) -> None:
    number = case(office, State.SCREENING)

    with pytest.raises(BadInput, match="请填写承办单位"):
        office.do(number, A.ACCEPT, FIRST_DAY, assistance=True)


def test_an_act_without_it_keeps_no_word_about_it(office: Office) -> None:
    number = case(office, State.SCREENING)

    file = office.do(number, A.ACCEPT, FIRST_DAY, unit="档案科", assistance=False)

    assert "assistance" not in file.log.events[-1].facts
    assert file.log.events[-1].letters == ()


def test_all_who_confer_get_one_letter(office: Office) -> None:
    number = case(office)

    body: dict[str, Any] = {"participants": ["市司法局", "市财政局"], "question": f"{NAME}的材料可否公开？"}
    office.do(number, A.OPEN_CONFERENCE, FIRST_DAY + timedelta(days=3), **body)

    assert told(office, number)[-1] == ("conference_invitation", "市司法局、市财政局")
    text = texts(office, number)[-1]
    assert "市司法局、市财政局：" in text.splitlines()
    assert "申请人的材料可否公开？" in text
    assert NAME not in text


def test_each_third_party_that_objected_is_told_of_the_disclosure(office: Office) -> None:
    number, day = case(office), FIRST_DAY + timedelta(days=3)
    for name in ("甲公司", "乙公司", "丙公司"):
        office.do(number, A.CONSULT_THIRD_PARTY, day, name=name)
    for name in ("甲公司", "乙公司"):
        office.do(number, A.RECORD_OPINION, day, name=name, consents=False)
    office.do(number, A.RECORD_OPINION, day, name="丙公司", consents=True)
    body: dict[str, Any] = {
        "decision": "disclosed",
        "grounds": ["public_interest"],
        "reasons": f"涉及公共安全，{NAME}有权知悉。",
        "attachments": [f"{NAME}宅基地批准书（3页）"],
    }
    office.do(number, A.DRAFT_REPLY, day, **body)
    office.do(number, A.PASS_REVIEW, day)
    office.do(number, A.APPROVE, day)

    office.do(number, A.ISSUE_REPLY, day, method="online")

    notice = "third_party_disclosure_notice"
    assert told(office, number)[-3:] == [("disclosed", NAME), (notice, "甲公司"), (notice, "乙公司")]
    reply, first, second = texts(office, number)[-3:]
    assert first != second
    assert "甲公司：" in first.splitlines()
    assert "申请人宅基地批准书（3页）" in first
    assert "自收到本告知书之日起60日内" in first
    assert NAME not in first + second
    assert "甲公司" not in reply
    with office.store.reading() as session:
        assert [row.party for row in session.execute(select(LETTERS).order_by(LETTERS.c.id))][-3:] == [
            None,
            1,
            2,
        ]


def test_the_applicant_sees_and_is_told_of_the_own_letters_only(office: Office) -> None:
    number, day = case(office), FIRST_DAY + timedelta(days=3)
    office.do(number, A.ASSIGN, day, unit="档案科", assistance=True)
    office.do(number, A.OPEN_CONFERENCE, day, participants=["市司法局"], question="可否公开？")
    office.do(number, A.CONSULT_AGENCY, day, name="市保密局", under=17, question="是否涉密？")

    own = ["receipt", "receipt_confirmation", "consultation_notice"]
    with office.store.reading() as session:
        file = open_file(session, number)
        shown = [each["kind"] for each in tracking.letters(session, file.id)]
        keys = [row.key.rpartition(":")[2] for row in session.execute(select(OUTBOX).order_by(OUTBOX.c.id))]
        rows = session.execute(select(LETTERS.c.id, LETTERS.c.kind).where(LETTERS.c.case_id == file.id)).all()
        assert shown == keys == own
        for row in rows:
            if row.kind in own:
                assert letter(session, file.id, row.id, applicants_own=True).kind == row.kind
            else:
                with pytest.raises(NotFound):
                    letter(session, file.id, row.id, applicants_own=True)


def test_a_form_bears_the_number_of_its_letter_and_leaves_no_gap(office: Office) -> None:
    number, day = case(office), FIRST_DAY + timedelta(days=3)
    for name in ("甲公司", "乙公司"):
        office.do(number, A.CONSULT_THIRD_PARTY, day, name=name)

    with office.store.reading() as session:
        rows = session.execute(select(LETTERS).where(LETTERS.c.series == "征").order_by(LETTERS.c.id)).all()
        forms = session.execute(
            select(LETTERS).where(LETTERS.c.kind == "third_party_reply_form").order_by(LETTERS.c.id)
        ).all()

    assert [(row.kind, row.n) for row in rows] == [("third_party_consultation", n) for n in (1, 2)]
    assert [form.number for form in forms] == [f"{row.number}-回执" for row in rows]
    assert all(form.series is None and form.n is None for form in forms)
    assert len({form.verification_digest for form in forms}) == 2


def test_a_correction_is_answered_as_such_and_only_so(office: Office) -> None:
    number, day = case(office), FIRST_DAY + timedelta(days=3)
    reply: dict[str, Any] = {"reasons": "登记面积有误。", "correction": "made"}

    with pytest.raises(Refused, match="第四十一条"):
        office.do(number, A.DRAFT_REPLY, day, decision="disclosed", **reply)
    with pytest.raises(BadInput, match="made"):
        office.do(number, A.DRAFT_REPLY, day, decision="other", reasons="有误。", correction="done")
    office.do(number, A.DRAFT_REPLY, day, decision="other", **reply)
    office.do(number, A.PASS_REVIEW, day)
    office.do(number, A.APPROVE, day)
    office.do(number, A.ISSUE_REPLY, day, method="in_person")

    assert told(office, number)[-1] == ("correction_decision", NAME)
    text = texts(office, number)[-1]
    assert "政府信息更正决定书" in text.splitlines()
    assert "提出的更正政府信息的申请" in text
    with office.store.reading() as session:
        described = describe(session, open_file(session, number), day)
    assert (described["decision"], described["report_row"]) == ("other", "3.6.3")
    assert described["events"][-1]["article"] == "41"
    assert office.do(number, A.ARCHIVE, day).history.state is State.ARCHIVED
