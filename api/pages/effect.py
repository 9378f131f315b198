"""What an act would do to the case, in the form in which it is asked for; nothing is done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api import acting
from api.accounts import User
from api.forms import Field, Typed, inner, put
from api.pages.actform import ActForm
from api.pages.correction import INSIDE
from workflow.errors import BadInput, NotFound, Refused
from workflow.queries.effect import Effect
from workflow.store import Session

#: Stands for a text that nobody has written yet: what it says moves no date.
UNWRITTEN = "—"
TEXTS = frozenset({"area", "lines", "text"})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the panel tells: what the act would do, or why it would be refused, or that more must be typed."""

    effect: Effect | None = None
    refusal: str = ""
    #: The titles of the texts that are yet to be written.
    unwritten: tuple[str, ...] = ()
    #: The titles of the questions that have no readable answer yet.
    unread: tuple[str, ...] = ()


def foreseen(session: Session, user: User, form: ActForm, typed: Typed | None) -> Foreseen:
    """As far as what is typed allows; texts that are still to be written are passed over."""
    data, unwritten = _stood_in(form, form.data(typed if typed is not None else form.untouched()))
    try:
        effect = acting.foresee(session, user, form.file, form.action, data)
    except BadInput as error:
        return Foreseen(unread=_titles(form, error))
    except (NotFound, Refused) as error:
        return Foreseen(refusal=str(error), unwritten=unwritten)
    return Foreseen(effect=_nameless(effect) if unwritten else effect, unwritten=unwritten)


def _nameless(effect: Effect) -> Effect:
    """The effect without the dash where a party's name is yet to be written."""
    periods = tuple(replace(each, party=None) if each.party == UNWRITTEN else each for each in effect.periods)
    return replace(effect, periods=periods)


def _stood_in(form: ActForm, data: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The body with a dash for each text that is asked for and not written yet; and their titles."""
    filled = dict(data)
    missing = [each for each in form.fields if _is_text(each) and inner(data, each.name) is None]
    for asked in missing:
        put(filled, asked.name, [UNWRITTEN] if asked.control == "lines" else UNWRITTEN)
    return filled, tuple(asked.title for asked in missing)


def _is_text(asked: Field) -> bool:
    """Of a record that is corrected, what is left empty is meant so."""
    wanted = asked.required and not asked.name.startswith(INSIDE)
    return wanted and asked.control in TEXTS and not asked.choices


def _titles(form: ActForm, error: BadInput) -> tuple[str, ...]:
    """The questions that have no readable answer yet, each once."""
    entries = form.asked({}, form.faults(error))["entries"]
    return tuple(entry.field.title for entry in entries if entry.error)
