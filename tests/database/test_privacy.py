"""What people wrote, who they are and how to reach them stands nowhere in plain but where it must."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import LargeBinary, insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tests.database import behind
from tests.office import FIRST_DAY, Office
from tests.program import mingda
from workflow.commands.bodies import BODIES
from workflow.commands.fields import Line
from workflow.store import Store, open_engine
from workflow.tables import AGENCIES, CASES
from workflow.vocabulary import Action, Channel, State

#: Stands in everything that anybody writes in these tests.
MARK = "标识"
ID_NUMBER = "37068519991231002X"
PHONE, EMAIL = "13987654321", "biaoshi@example.org"
CONTACT = {"phone": PHONE, "address": f"{MARK}路9号", "email": EMAIL}
APPLICANT = {"kind": "natural_person", "name": f"王{MARK}", "id_number": ID_NUMBER, "contact": CONTACT}
REQUEST = {"title": f"{MARK}标题", "description": f"{MARK}描述", "form": f"{MARK}纸质"}
SECRETS = (MARK, ID_NUMBER, PHONE, EMAIL)

#: Where the register must be readable: who asked for what.
PLAIN = {"cases.applicant_name", "cases.title", "cases.description", "cases.form"}
#: What is written into acts in plain, because it is no person's: units, codes of documents.
CODES = {"unit", "handler", "receipt_no", "letter", "tracking_no", "receipt", "duplicate_of", "split_of"}
#: Institutions, and the numbers of their files.
CODES |= {"body", "case_no"}

Act = tuple[Action, dict[str, Any]]
LIVES: tuple[tuple[Act, ...], ...] = (
    (
        (Action.REGISTER, {}),
        (Action.REQUEST_CLARIFICATION, {"items": [f"{MARK}补正事项"]}),
        (Action.RECEIVE_CLARIFICATION, {"text": f"{MARK}补正"}),
        (Action.REQUEST_JUSTIFICATION, {"within_workdays": 5}),
        (Action.RECEIVE_JUSTIFICATION, {"text": f"{MARK}理由"}),
        (Action.JUDGE_JUSTIFICATION, {"reasonable": True}),
        (Action.ACCEPT, {"unit": "信息科"}),
        (Action.ASSIGN, {"unit": "测绘科", "reason": f"{MARK}转办"}),
        (Action.EXTEND, {"workdays": 10, "reason": f"{MARK}延期"}),
        (Action.OPEN_CONFERENCE, {"participants": [f"{MARK}局"], "question": f"{MARK}问题"}),
        (Action.CLOSE_CONFERENCE, {"conclusion": f"{MARK}结论", "opinions": [f"{MARK}局：{MARK}意见"]}),
        (Action.CONSULT_THIRD_PARTY, {"name": f"{MARK}公司"}),
        (Action.CONSULT_AGENCY, {"name": f"{MARK}局", "question": f"{MARK}疑点"}),
        (Action.RECORD_OPINION, {"name": f"{MARK}公司", "consents": True}),
        (Action.RECORD_OPINION, {"name": f"{MARK}局", "consents": True}),
        (Action.ESCALATE, {"message": f"{MARK}督办"}),
        (
            Action.DRAFT_REPLY,
            {
                "decision": "disclosed",
                "reasons": f"{MARK}答复",
                "attachments": [f"{MARK}.pdf"],
                "inspection": f"{MARK}室",
                "authority": f"{MARK}局",
                "earlier_reply": f"{MARK}号",
            },
        ),
        (Action.RETURN_DRAFT, {"comment": f"{MARK}退回"}),
        (
            Action.DRAFT_REPLY,
            {"decision": "internal_affairs", "reasons": f"{MARK}答复", "evidence": [f"{MARK}证据"]},
        ),
        (Action.PASS_REVIEW, {"comment": f"{MARK}通过"}),
        (Action.APPROVE, {}),
        (Action.ISSUE_REPLY, {"method": "online"}),
        (
            Action.RECORD_SERVICE,
            {"served_on": "2026-07-23", "method": "online", "receipt": "7", "receiver": f"李{MARK}"},
        ),
        (Action.REOPEN, {"reason": f"{MARK}撤销", "reply_by": "2026-09-30"}),
        (
            Action.RECTIFY,
            {"event": 1, "reason": f"{MARK}更正", "changes": {"applicant": {"name": f"汪{MARK}"}}},
        ),
        (Action.WITHDRAW, {"reason": f"{MARK}撤回"}),
    ),
    (
        (Action.REGISTER, {}),
        (Action.ASSESS_FEE, {"basis": "per_page", "pages": 68}),
        (Action.CANCEL_FEE, {"reason": f"{MARK}减免"}),
        (Action.VOID, {"reason": f"{MARK}重复"}),
    ),
    (
        (Action.REGISTER, {}),
        (Action.REPLY_ON_THE_SPOT, {"decision": "already_public", "reasons": f"{MARK}网址"}),
    ),
)


def live(office: Office) -> None:
    """Whole lives, in which everything that can be written is written."""
    for life in LIVES:
        number = str(office.submit(applicant=APPLICANT, request=REQUEST).file.row.number)
        for days, (action, body) in enumerate(life):
            office.do(number, action, FIRST_DAY + timedelta(days=days), **body)


def shown(value: object) -> list[str]:
    """The secrets that a stored or logged value shows."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return [secret for secret in SECRETS if secret in text]


def found_in_tables(store: Store) -> set[str]:
    """Columns that show a secret, read as the database holds them."""
    with store.engine.connect() as connection:
        return {
            f"{table.name}.{column}"
            for table in SQLModel.metadata.tables.values()
            for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}").mappings()
            for column, value in row.items()
            if shown(value)
        }


def test_only_the_register_shows_who_asked_for_what(office: Office) -> None:
    live(office)

    assert found_in_tables(office.store) == PLAIN


def test_the_search_for_secrets_would_find_them(office: Office) -> None:
    live(office)
    statement = "UPDATE events SET facts = :facts WHERE seq = 2"

    behind.execute(office.store, statement, facts=f'{{"text": "{MARK}"}}')

    assert "events.facts" in found_in_tables(office.store)


def test_everything_that_can_be_written_was_written_in_these_lives() -> None:
    private = {
        (action, name)
        for action, model in BODIES.items()
        for name, field in model.model_fields.items()
        if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("private")
    }
    written = {(action, name) for life in LIVES for action, body in life for name in body}

    assert private <= written | {(Action.SUBMIT, "applicant"), (Action.SUBMIT, "request")}


def test_what_is_free_text_but_in_plain_is_known() -> None:
    plain = {
        name
        for model in BODIES.values()
        for name, field in model.model_fields.items()
        if isinstance(field.json_schema_extra, dict)
        and not field.json_schema_extra.get("private")
        and field.annotation in (str, str | None, Line | None, dict[str, Any] | None)
    }

    # `changes` of a rectification is split into facts and texts as the act that it corrects.
    assert plain == CODES | {"changes"}


def test_encrypted_columns_are_all_that_is_binary_but_the_salt() -> None:
    binary = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    assert binary == {
        "cases.id_number",
        "cases.contact",
        "sealed.body",
        "sealed.salt",
        "letters.context",
        "letters.html",
        "letter_documents.content",
        "memos.body",
        "guide_answers.reason",
        "kept_forms.body",
    }


def test_statements_are_logged_without_their_values(
    office: Office, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "sqlalchemy.engine"):  # An engine asks once, when it is made.
        store = Store(open_engine(database_url), office.store.seal, office.store.issue_letter)
        live(Office(store, office.agency))
    store.engine.dispose()

    assert "INSERT INTO events" in caplog.text
    assert shown(caplog.text) == []


def test_a_failure_is_logged_without_what_the_program_had_in_hand(
    office: Office, environment: dict[str, str]
) -> None:
    number = office.case_at(State.CONSULTING, applicant=APPLICANT, request=REQUEST)
    behind.change(office.store, number, 1, facts={"channel": "no such channel"})

    swept = mingda("sweep", "--json", env=environment)

    assert list(swept.document["failed"]) == [number]
    assert "sweep_failed" in swept.err
    assert "no such channel" in swept.err
    assert shown(swept.out + swept.err) == []


def test_an_error_of_the_database_does_not_quote_the_row(office: Office) -> None:
    live(office)
    with office.store.reading() as session:
        row = session.execute(select(CASES)).mappings().first()
    assert row

    with pytest.raises(IntegrityError) as caught, office.store.transaction() as session:
        session.execute(insert(CASES), {**row, "id": None, "number": "x", "state": None})
    with pytest.raises(IntegrityError) as again, office.store.transaction() as session:
        session.execute(insert(AGENCIES), {**office.agency.model_dump(), "id": None, "address": MARK})

    assert shown(repr(caught.value) + str(caught.value) + str(caught.value.orig)) == []
    assert shown(repr(again.value) + str(again.value) + str(again.value.orig)) == []


def digests(office: Office, **applicant: Any) -> tuple[str, str]:
    """Under which digests a person is entered."""
    person = {"kind": "natural_person", **applicant}
    number = office.register(applicant=person, channel=Channel.IN_PERSON)
    with office.store.reading() as session:
        row = session.execute(select(CASES).where(CASES.c.number == number)).one()
    return row.id_index, row.person_index


@pytest.mark.parametrize(
    "applicant",
    [
        {"name": "王 五", "id_number": ID_NUMBER, "contact": PHONE},
        {"name": "王五", "id_number": ID_NUMBER.lower(), "contact": PHONE},
        {"name": "王五", "id_number": "３７０６８５１９９９１２３１００２Ｘ", "contact": PHONE},
        {"name": "王五", "id_number": "370685 19991231 002X", "contact": "139 8765 4321"},
        {"name": "王五", "id_number": ID_NUMBER, "contact": "１３９８７６５４３２１"},
        {"name": "王五", "id_number": ID_NUMBER, "contact": {"phone": PHONE}},
    ],
    ids=["space in the name", "small x", "full width", "groups", "full-width phone", "phone as such"],
)
def test_the_same_person_is_recognised_however_written(office: Office, applicant: dict[str, Any]) -> None:
    plain = digests(office, name="王五", id_number=ID_NUMBER, contact=PHONE)

    assert digests(office, **applicant) == plain


def test_another_person_is_another(office: Office) -> None:
    wang = digests(office, name="王五", id_number=ID_NUMBER, contact=PHONE)

    namesake = digests(office, name="王五", id_number="370685198001010013", contact="13800000000")

    assert not set(wang) & set(namesake)


def test_the_fee_counts_what_the_same_person_asked_under_another_spelling(office: Office) -> None:
    for spelling in ("王五", "王 五", "王　五"):
        person = {"kind": "natural_person", "name": spelling, "id_number": ID_NUMBER}
        number = office.register(applicant=person)

    file = office.do(number, Action.ASSESS_FEE, FIRST_DAY, basis="per_piece", pieces=9)

    assert file.history.fees[-1].amount_yuan == 100  # Pieces 3 to 11: the eleventh costs.


def test_two_encryptions_of_one_text_differ(office: Office) -> None:
    office.submit(applicant=APPLICANT)
    office.submit(applicant=APPLICANT)

    with office.store.reading() as session:
        first, second = session.execute(select(CASES.c.id_number)).scalars()

    assert first != second
    assert {office.store.seal.decrypt(each, "cases.id_number") for each in (first, second)} == {ID_NUMBER}
