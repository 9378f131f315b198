"""From an order to what a letter says: one function per field, and only the fields that its kind declares."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from letters import deciding, procedure
from letters.addressing import named, salutation_of, title_of, you_of
from letters.kinds import KINDS
from letters.wording import day, day_or_none, paragraphs, visible
from workflow.correspondence import LetterOrder
from workflow.vocabulary import Channel

ARRIVED_BY = {
    Channel.IN_PERSON: "当面",
    Channel.REGISTERED_POST: "邮寄",
    Channel.ORDINARY_POST: "平常信函",
    Channel.ONLINE: "互联网",
    Channel.FAX: "传真",
}
#: What people wrote; letters show of it what can be seen.
WRITTEN = ("case", "texts", "draft", "parties")


def context_of(order: LetterOrder) -> dict[str, Any]:
    """Exactly the declared fields of the order's kind, as data that can be kept as JSON."""
    seen = replace(order, **{name: visible(getattr(order, name)) for name in WRITTEN})
    return {name: FIELDS[name](seen) for name in sorted(KINDS[order.kind].fields)}


def _corrects(order: LetterOrder) -> dict[str, str] | None:
    old = order.corrects
    return named(old.kind, old.number, old.on) if old else None


# --- How to verify the letter -----------------------------------------------------------------------


def _verification_code(order: LetterOrder) -> str:
    """In groups of four, as it is read out on the telephone."""
    return " ".join(re.findall(".{1,4}", order.code))


def _verification_page(order: LetterOrder) -> str:
    return f"{order.public_url}/verify" if order.public_url else ""


def _verification_address(order: LetterOrder) -> str:
    """The page with number and code behind the #, where no server sees them on the way; for the QR code."""
    page = _verification_page(order)
    return f"{page}#{order.number}/{order.code}" if page and order.code else ""


# --- The fields -----------------------------------------------------------------------------------

FIELDS: Mapping[str, Callable[[LetterOrder], Any]] = {
    "kind": lambda order: order.kind,
    "letter_title": title_of,
    "number": lambda order: order.number,
    "date": lambda order: day(order.on),
    "salutation": salutation_of,
    "agency_name": lambda order: order.agency.name,
    "agency_address": lambda order: order.agency.address,
    "agency_phone": lambda order: order.agency.phone,
    "verification_code": _verification_code,
    "verification_page": _verification_page,
    "verification_address": _verification_address,
    "you": you_of,
    "received_on": lambda order: day_or_none(order.history.received_on) or "",
    "channel": lambda order: ARRIVED_BY[order.history.channel or Channel(order.case["channel"])],
    "case_number": lambda order: order.case["number"],
    "request_title": lambda order: order.case["title"],
    "request_description": lambda order: paragraphs(order.case["description"]),
    "requested_form": lambda order: order.case["form"],
    "corrects": _corrects,
    **procedure.FIELDS,
    **deciding.FIELDS,
}
