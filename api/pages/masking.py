"""What the screen shows of papers and contacts: enough to tell people apart, not enough to misuse."""

from typing import Any

from workflow.commands.intake import CONTACT_PLACE, ID_PLACE
from workflow.store import Session

HIDDEN = "****"
#: How much of an address stays: the city and the district.
ADDRESS_SHOWN = 6


def papers(session: Session, row: Any) -> str:
    """The ID number of a case's applicant, masked; empty when none was given."""
    return masked_id(session.seal.decrypt(row.id_number, ID_PLACE)) if row.id_number else ""


def masked_id(number: str) -> str:
    """前6后4; what is too short for that shows its last sign only."""
    if len(number) < 12:
        return HIDDEN + number[-1:]
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def contacts(session: Session, row: Any) -> list[tuple[str, str]]:
    """The ways to reach the applicant of a case, masked, each with its name."""
    contact = session.seal.decrypt_json(row.contact, CONTACT_PLACE) if row.contact else {}
    return [(zh, mask(contact[name])) for name, (zh, mask) in CONTACTS.items() if contact.get(name)]


def masked_phone(phone: str) -> str:
    """The first three and the last four digits."""
    return phone[:3] + HIDDEN + phone[-4:] if len(phone) > 7 else HIDDEN + phone[-2:]


def masked_mail(address: str) -> str:
    """The first sign of the name, and the provider."""
    name, at, provider = address.partition("@")
    return name[:1] + HIDDEN + at + provider if at else HIDDEN + address[-2:]


def masked_address(address: str) -> str:
    """Only where about it is."""
    return address[:ADDRESS_SHOWN] + HIDDEN


CONTACTS = {
    "phone": ("电话", masked_phone),
    "address": ("地址", masked_address),
    "email": ("电子邮箱", masked_mail),
    "text": ("联系方式", masked_phone),
}
