"""The small forms that stand on the page of a case, and what was typed into them."""

from dataclasses import dataclass, field

from api.forms import Typed


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and could not be taken: its name, what was typed, and what is wrong with it."""

    form: str = ""
    typed: Typed = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def said(self, form: str, name: str, default: object = "") -> str:
        """What was typed into a field of that form; else what it begins with."""
        return "".join(self.typed.get(name, ())) if form == self.form else str(default or "")

    def error(self, form: str, name: str) -> str:
        """What is wrong with a field of that form; under the empty name, with the whole of it."""
        return self.wrong.get(name, "") if form == self.form else ""


def typed_in(typed: Typed, name: str) -> str:
    """One answer, without the space around it and with the line ends of a text."""
    return "".join(typed.get(name, ())).replace("\r\n", "\n").strip()
