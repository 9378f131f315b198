"""The form of one act on one case: what it asks, what it offers, which article governs it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from api.accounts import User
from api.clock import today
from api.forms import Field, Typed, entries, fields_of, offer, read
from api.pages import correction
from api.pages.draft import DraftHelp, draft_help
from api.pages.hints import ACTS, GUIDES, hint
from api.pages.offers import offers, suggestions
from letters.kinds import KINDS
from workflow.casefile import CaseFile, open_file, texts_of
from workflow.commands.bodies import BODIES
from workflow.commands.prepare import pieces_before
from workflow.correspondence import ONLY_WHEN, SENT_BY
from workflow.errors import BadInput, NotFound
from workflow.law.statute import cite_zh
from workflow.lifecycle import ROWS, TRANSITIONS
from workflow.queries.tasks import Task, line
from workflow.store import Session, Store
from workflow.vocabulary import Action

#: Better questions than the model's, where there is something to choose from.
TITLES = {"grounds": "不公开部分的理由", "letter": "文书"}


@dataclass(frozen=True, slots=True)
class ActForm:
    """One act on one case, ready to be asked and to be read back."""

    file: CaseFile
    task: Task
    action: Action
    fields: tuple[Field, ...]
    articles: str
    says: str
    letter: str
    notes: tuple[str, ...]
    suggestions: dict[str, list[str]]
    #: What is needed in which case, as (case, what).
    guide: tuple[tuple[str, str], ...] = ()
    #: The record that is to be corrected, if that is the act.
    target: correction.Target | None = None
    hints: dict[str, str] = field(default_factory=dict)
    #: What has to be proved, if the act is a draft.
    proofs: DraftHelp | None = None

    def data(self, typed: Typed) -> dict[str, Any]:
        """What was typed as the body of the act."""
        data = read(self.fields, typed)
        return self.target.body(data) if self.target else data

    def untouched(self) -> Typed:
        """The answers that stand in the form before anybody types: what is recorded, or what is usual."""
        if self.target:
            return self.target.typed(self.fields)
        return {field.name: [field.default] for field in self.fields if field.default}

    def asked(self, typed: Typed | None, faults: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
        """The questions for the template: with what was typed, or with what is recorded."""
        asked, general = entries(self.fields, self.untouched() if typed is None else typed, faults)
        return {"entries": asked, "general": general}

    def faults(self, error: BadInput) -> list[tuple[str, str]]:
        """What cannot be read, by the names of this form's questions."""
        return self.target.faults(error) if self.target else list(error.details)


def act_form(session: Session, user: User, number: str, action: Action, event: int | None = None) -> ActForm:
    """The form; raises NotFound. Whether the act is possible now, the domain says when it is done."""
    file = open_file(session, number, agencies=user.agencies)
    target = correction.target(session, file, event) if action is Action.RECTIFY and event else None
    fields = target.fields if target else fields_of(BODIES[action])
    asked = tuple(replace(f, title=TITLES.get(f.name, f.title)) for f in fields)
    return ActForm(
        file=file,
        task=line(session, file.row.number, user.agencies, today()),
        action=action,
        fields=offer(asked, offers(session, file, action)),
        articles=_articles(file, action),
        says=ACTS.get(action, ""),
        letter="》、《".join(KINDS[kind].zh for kind in SENT_BY.get(action, ()) if kind not in ONLY_WHEN),
        notes=tuple(_notes(session, file, action)),
        suggestions=suggestions(session, file, action),
        guide=GUIDES.get(action, ()),
        target=target,
        hints=correction.HINTS if target else {f.name: hint(action, f.name) for f in asked},
        proofs=draft_help(session, user, file, action),
    )


def _articles(file: CaseFile, action: Action) -> str:
    """What governs the act in this state; if it has no place here, what governs it anywhere."""
    rows = ROWS.get((file.history.state, action)) or [row for row in TRANSITIONS if row.action is action]
    return "、".join(dict.fromkeys(cite_zh(row.article) for row in rows))


def form_of(store: Store, user: User, number: str, word: str, event: int | None = None) -> ActForm:
    """The same, from the words of an address."""
    with store.reading() as session:
        return act_form(session, user, number, action_of(word), event)


def action_of(word: str) -> Action:
    """An act by its name; raises NotFound. Applications begin on pages of their own."""
    if word not in BODIES or word == Action.SUBMIT:
        raise NotFound(f"没有名为“{word}”的办理动作")
    return Action(word)


def _notes(session: Session, file: CaseFile, action: Action) -> Iterable[str]:
    """What the clerk should know of this case before the act."""
    if action is Action.ASSESS_FEE and file.row.received_on:
        before = pieces_before(session, file.row)
        yield f"按件计费的，该申请人在收到本件的自然月内，此前已有{before}件（{cite_zh('109号4')}）。"
    if action is Action.RECEIVE_CLARIFICATION and file.history.clarification:
        yield f"补正告知书于{file.history.clarification.sent}发出。"
    if action is Action.CLOSE_CONFERENCE and file.history.open_conference:
        opened = texts_of(session, file).get(file.history.open_conference, {})
        asked, who = opened.get("question", ""), "、".join(opened.get("participants", ()))
        yield f"第{len(file.history.conferences)}次会商，参加单位：{who}。问题：{asked}"
