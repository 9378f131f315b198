"""What a person types in the form of an act is kept for them, until they do the act or want it no more."""

from datetime import datetime

from api.accounts import User
from api.forms import Typed
from api.pages.actform import ActForm
from api.pages.numbers import number_in
from workflow.keptforms import KeptForm, drop, keep, kept_form, place_of
from workflow.store import Store


def _place(form: ActForm) -> str:
    return place_of(form.file.id, form.action, form.target.event.seq if form.target else None)


def kept_of(store: Store, user: User, form: ActForm) -> KeptForm | None:
    """What this person has left in that form of that case."""
    with store.reading() as session:
        return kept_form(session, user.id, _place(form))


def keep_form(store: Store, user: User, form: ActForm, typed: Typed, at: datetime) -> bool:
    """Keep what is typed, and give whether it was kept; a form as it opens is dropped."""
    answers = {field.name: list(typed.get(field.name, ())) for field in form.fields}
    said = {name: texts for name, texts in answers.items() if any(text.strip() for text in texts)}
    worth = said != {name: list(texts) for name, texts in form.untouched().items()}
    version = number_in(typed, "version") or form.file.version
    with store.transaction() as session:
        if worth:
            keep(session, user.id, _place(form), said, at, case_id=form.file.id, version=version)
        else:
            drop(session, user.id, _place(form))
    return worth


def forget_form(store: Store, user: User, form: ActForm) -> None:
    """Its owner wants it no more."""
    with store.transaction() as session:
        drop(session, user.id, _place(form))
