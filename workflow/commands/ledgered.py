"""What a record taken over from a ledger may be corrected to: the row's own columns, and one day more."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from workflow.commands.fields import Count, Day, Line
from workflow.commands.parsing import faults
from workflow.errors import BadInput
from workflow.law.decisions import Decision
from workflow.vocabulary import Channel

Outcome = Literal["pending", "upheld", "corrected", "other"]


class Ledgered(BaseModel):
    """A row as its event keeps it (workflow/ledger/columns.py)."""

    model_config = ConfigDict(extra="forbid")

    channel: Channel
    received_on: Day
    unit: Line | None = None
    clarification_sent: Day | None = None
    clarification_received: Day | None = None
    consultation_sent: Day | None = None
    consultation_received: Day | None = None
    extension_notified: Day | None = None
    extension_workdays: Count | None = None
    fee_yuan: Count | None = None
    #: No column has it; who knows the day of the notice adds it, and the term of payment can end.
    fee_notified_on: Day | None = None
    paid_on: Day | None = None
    replied_on: Day | None = None
    reply_number: Line | None = None
    decision: Decision | None = None
    served_on: Day | None = None
    reconsideration: Outcome | None = None
    litigation_kind: Literal["direct_litigation", "litigation_after_reconsideration"] | None = None
    litigation: Outcome | None = None
    archive_number: Line | None = None

    @model_validator(mode="after")
    def _answered(self) -> "Ledgered":
        if (self.replied_on is None) != (self.decision is None):
            raise ValueError("答复日期 replied_on 和处理决定 decision 应当同时填写")
        if self.replied_on and self.replied_on < self.received_on:
            raise ValueError("答复日期 replied_on 早于收到日期 received_on")
        return self


def corrected_row(row: Mapping[str, Any], wanted: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The changes as the log keeps them; raises BadInput naming every faulty field."""
    merged = {name: value for name, value in {**row, **wanted}.items() if name != "warnings"}
    try:
        read = Ledgered.model_validate({name: value for name, value in merged.items() if value is not None})
    except ValidationError as error:
        found = [(f"changes.{place}".rstrip("."), told) for place, told in faults(error.errors())]
        raise BadInput("rectify", "；".join(f"{place} {told}" for place, told in found), found) from None
    for name, value in read:
        if isinstance(value, date) and name != "served_on" and value > today:
            raise BadInput(f"changes.{name}", f"{value}晚于办理日期{today}")
    plain = read.model_dump(mode="json")
    return {name: plain[name] for name in wanted}
