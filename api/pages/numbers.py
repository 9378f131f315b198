"""Numbers that a form carries along for the program, not for the person."""

from api.forms import Typed


def number_in(typed: Typed, name: str) -> int | None:
    """The number under that name; None if there is none that could be a key or a version."""
    text = "".join(typed.get(name, ()))
    return int(text) if text.isdecimal() and len(text) < 10 else None
