"""Forms about letters, beside the kinds of letters: printed, and neither issued, numbered nor kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """What is fixed about a form; `fields` is all that its text may use."""

    #: Its place in the catalogue of the procedure.
    code: str
    zh: str
    article: str
    template: str
    fields: frozenset[str]


FORMS: dict[str, Form] = {
    "service_record": Form(
        "L40",
        "送达回证",
        "民诉法87",
        "service_record",
        frozenset(
            {
                "addressee",
                "address",
                "agency_name",
                "case_number",
                "codes",
                "letter_number",
                "letter_on",
                "letter_title",
                "receiver",
                "remarks",
                "served_on",
                "to_sign",
                "way",
            }
        ),
    ),
}
