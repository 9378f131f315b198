"""A letter is frozen in the transaction that issues it: number, context, template and text, with a hash."""

import hashlib
import json
from datetime import date

from sqlalchemy import select

from letters.kinds import KINDS
from letters.render import render, template_version
from tests.office import Office
from workflow.casefile import open_file
from workflow.posting import letter_place
from workflow.queries.letters import letter
from workflow.tables import LETTERS
from workflow.vocabulary import Action, State


def test_the_text_that_is_shown_is_the_text_that_was_stored_and_its_hash_agrees(office: Office) -> None:
    number = office.case_at(State.CONCLUDED)

    with office.store.reading() as session:
        file = open_file(session, number)
        rows = session.execute(
            select(LETTERS).where(LETTERS.c.case_id == file.id).order_by(LETTERS.c.id)
        ).all()
        shown = [letter(session, file.id, row.id) for row in rows]

    assert [row.kind for row in rows] == ["receipt", "receipt_confirmation", "disclosed"]
    for row, each in zip(rows, shown, strict=True):
        assert each.html == office.store.seal.decrypt(row.html, letter_place("html", file.id, row.number))
        assert row.sha256 == each.sha256 == hashlib.sha256(each.html.encode()).hexdigest()
        assert row.number in each.html


def test_the_stored_context_gives_the_stored_text_again(office: Office) -> None:
    number = office.case_at(State.CONSULTING)

    with office.store.reading() as session:
        file = open_file(session, number)
        for row in session.execute(select(LETTERS).where(LETTERS.c.case_id == file.id)).all():
            seal = office.store.seal
            context = json.loads(seal.decrypt(row.context, letter_place("context", file.id, row.number)))
            stored = seal.decrypt(row.html, letter_place("html", file.id, row.number))

            assert set(context) == KINDS[row.kind].fields
            assert row.template == template_version(KINDS[row.kind].template)
            assert render(KINDS[row.kind].template, context) == stored


def test_a_corrected_record_changes_no_letter_that_went_out(office: Office) -> None:
    number = office.case_at(State.SCREENING)
    before = _texts(office, number)

    changes = {"request": {"title": "另一份文件"}, "applicant": {"name": "李四"}}
    office.do(number, Action.RECTIFY, date(2026, 7, 6), event=1, changes=changes, reason="录入有误")
    office.do(number, Action.REQUEST_CLARIFICATION, date(2026, 7, 7), items=["请明确年份"])

    *earlier, latest = _texts(office, number)
    assert earlier == before
    assert "李四" in latest
    assert "另一份文件" in latest


def _texts(office: Office, number: str) -> list[str]:
    with office.store.reading() as session:
        case_id = open_file(session, number).id
        rows = session.execute(
            select(LETTERS.c.id).where(LETTERS.c.case_id == case_id).order_by(LETTERS.c.id)
        )
        return [letter(session, case_id, row.id).html for row in rows.all()]
