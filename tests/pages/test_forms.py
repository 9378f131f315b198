"""Forms made from the acts' models: every question can be drawn, asked, read back, and filled in again."""

from typing import Any

import pytest

from api.forms import Choice, entries, fields_of, fill, offer, read
from workflow.commands.bodies import BODIES, DraftReply, Rectify, RegisterNew, RequestClarification, Submit
from workflow.commands.parsing import parse
from workflow.errors import BadInput
from workflow.vocabulary import Action

DRAWN = {"text", "area", "select", "radio", "checks", "number", "date", "lines", "pairs"}


@pytest.mark.parametrize(
    "model", dict.fromkeys([*BODIES.values(), RegisterNew]), ids=lambda model: model.__name__
)
def test_every_question_has_a_chinese_name_and_a_way_to_be_drawn(model: Any) -> None:
    for field in fields_of(model):
        assert field.control in DRAWN
        assert not field.title.isascii()
        assert [choice.label for choice in field.choices if choice.label == choice.value] == []


def test_only_what_the_model_demands_is_demanded() -> None:
    demanded = [field.name for field in fields_of(Submit) if field.required]

    assert demanded == ["channel", "applicant.kind", "applicant.name", "request.title", "request.description"]


def test_empty_answers_are_left_out_and_lines_end_one_way() -> None:
    fields = fields_of(RequestClarification)

    data = read(
        fields, {"items": ["请写明地块\r\n\r\n 请写明年份 "], "within_workdays": ["10"], "method": [""]}
    )

    assert data == {"items": ["请写明地块", "请写明年份"], "within_workdays": 10}


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (RequestClarification, {"items": ["甲", "乙"], "within_workdays": 10, "on": "2026-07-01"}),
        (DraftReply, {"decision": "partly_disclosed", "reasons": "一\n二", "grounds": ["public_interest"]}),
        (
            Submit,
            {"channel": "fax", "applicant": {"kind": "other", "name": "某会", "contact": {"phone": "1"}}},
        ),
        (Rectify, {"event": 3, "void": True, "reason": "误点"}),
    ],
)
def test_what_is_filled_in_is_read_back_the_same(model: Any, data: dict[str, Any]) -> None:
    fields = fields_of(model)

    assert read(fields, fill(fields, data)) == data


def test_changes_are_typed_as_lines_of_names_and_values() -> None:
    data = read(
        fields_of(Rectify), {"changes": ["received_on：2026-07-02\napplicant.name: 李四\nfee_yuan:\nn: 7"]}
    )

    assert data == {
        "changes": {"received_on": "2026-07-02", "applicant": {"name": "李四"}, "fee_yuan": None, "n": 7}
    }


def test_a_fault_stands_beside_its_question_however_deep() -> None:
    fields = fields_of(Submit)
    typed = {"channel": ["pigeon"], "applicant.kind": ["other"], "request.title": ["x" * 501]}
    with pytest.raises(BadInput) as error:
        parse(Action.SUBMIT, read(fields, typed))

    asked, general = entries(fields, typed, error.value.details)

    wrong = {entry.field.name for entry in asked if entry.error}
    assert wrong == {"channel", "applicant.name", "request.title", "request.description"}
    assert general == []


def test_a_fault_that_belongs_to_no_question_is_told_above() -> None:
    _asked, general = entries(fields_of(Submit), {}, [("", "页面已过期"), ("elsewhere", "没有这个字段")])

    assert general == ["页面已过期", "没有这个字段"]


def test_what_the_case_holds_is_offered_for_choice() -> None:
    offered = offer(fields_of(Rectify), {"event": [Choice("3", "转入办理", 3)]})

    event = next(field for field in offered if field.name == "event")
    assert event.control == "select"
    assert read(offered, {"event": ["3"], "reason": ["误点"]}) == {"event": 3, "reason": "误点"}
