"""The one place that reads the clock; everything below is told the moment and the day."""

from datetime import UTC, date, datetime

from workflow.commands import legal_day


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """The civil day in Asia/Shanghai."""
    return legal_day(now())
