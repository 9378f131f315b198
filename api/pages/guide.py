"""The seven questions of a case on a page of their own: one at a time, and at the end the decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api import acting
from api.clock import now, today
from api.deps import FormDep, StaffDep, StoreDep
from api.errors import Rejected, told
from api.forms import Typed, fields_of
from api.pages import draft
from api.pages.acts import check_token
from api.pages.flash import case_path
from api.pages.rendering import staff_page
from api.pages.textview import moment
from api.sessions import SignedIn
from workflow import guidance
from workflow.attachments import Attachment
from workflow.casefile import CaseFile, open_file
from workflow.commands.bodies import DraftReply
from workflow.errors import BadInput
from workflow.guidance import Given, Guided, Named, Said, guided
from workflow.law.evidence import Item
from workflow.law.guide import STEPS, Reached, proposed
from workflow.law.guide.parts import First, Step
from workflow.law.remedies import RULES as REMEDIES
from workflow.lifecycle import ROLES
from workflow.queries.guided import hints, obstacles
from workflow.queries.tasks import line
from workflow.store import Session, Store
from workflow.vocabulary import Action, State

router = APIRouter(prefix="/cases/{number}/guide")


@dataclass(frozen=True, slots=True)
class Station:
    """One of the seven questions as the head of the page shows it."""

    step: Step
    #: done, now, later, or skipped: the answers lead past it.
    status: str
    reached: Reached | None = None
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """An act that comes before the reply: whether this person can do it now, and who can."""

    action: Action
    first: First
    possible: bool
    by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is chosen so far, and what is wrong with it."""

    step: Step
    answer: str = ""
    details: tuple[str, ...] = ()
    reason: str = ""
    #: The answer that stands, as it was when the page was made.
    seen: str = ""
    wrong: Mapping[str, str] | None = None

    def error(self, name: str) -> str:
        """What is wrong with one part of it."""
        return (self.wrong or {}).get(name, "")


# --- The page ----------------------------------------------------------------------------------------------


@router.get("")
def show(request: Request, number: str, store: StoreDep, signed: StaffDep, step: str = "") -> HTMLResponse:
    """The question that is open, or that of `step` to be changed, or what the answers come to."""
    return _page(request, store, signed, number, step)


def _page(
    request: Request,
    store: Store,
    signed: SignedIn,
    number: str,
    step: str = "",
    *,
    said: Said | None = None,
    wrong: Mapping[str, str] | None = None,
    noted: Mapping[str, Named] | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The page; what could not be taken stands there again as it was sent."""
    with store.reading() as session:
        file = _opened(session, signed, number)
        guidance.check_reader(file, signed.user.roles)
        its = guided(session, file.id)
        may = guidance.may_answer(file, signed.user.roles)
        shown = _shown(its, step) if may else None
        content = {
            "row": file.row,
            "task": line(session, number, signed.user.agencies, today()),
            "its": its,
            "stations": stations(its),
            "may": may,
            "asked": _asked(shown, its, said, wrong) if shown else None,
            "hints": hints(session, file, today()),
            "wrong": wrong or {},
            **_end(session, signed, file, its, noted),
        }
    return staff_page(request, signed, "guide.html", status=status, moment=moment, **content)


def _opened(session: Session, signed: SignedIn, number: str) -> CaseFile:
    """A case of the own agency; raises NotFound."""
    return open_file(session, number, agencies=frozenset({signed.user.agency_id}))


def _shown(its: Guided, step: str) -> Step | None:
    """Which question the page asks: the one to be changed, if it lies on the way, else the open one."""
    chosen = (each.step for each in its.way.reached if each.step.code == step)
    return next(chosen, its.way.asks)


def stations(its: Guided) -> list[Station]:
    """The seven questions in their order, each with what has been answered."""
    on_the_way = {each.step.code: each for each in its.way.reached}
    last = its.way.reached[-1].step
    ended = its.way.asks is None
    passed = True
    found = []
    for step in STEPS:
        reached = on_the_way.get(step.code)
        status = _status(reached, skipped=ended or passed)
        found.append(Station(step, status, reached, its.given.get(step.code)))
        passed = passed and step is not last
    return found


def _status(reached: Reached | None, *, skipped: bool) -> str:
    if reached:
        return "done" if reached.answer else "now"
    return "skipped" if skipped else "later"


def _asked(step: Step, its: Guided, said: Said | None, wrong: Mapping[str, str] | None) -> Asked:
    given = its.given.get(step.code)
    stands = given.answer if given else ""
    if said and said.step == step.code:
        return Asked(step, said.answer, said.details, said.reason, stands, wrong)
    code, *details = stands.split() or [""]
    return Asked(step, code, tuple(details), given.reason if given else "", stands)


# --- What the answers come to ------------------------------------------------------------------------------


def _end(
    session: Session, signed: SignedIn, file: CaseFile, its: Guided, noted: Mapping[str, Named] | None
) -> dict[str, Any]:
    """The decision with what follows from it, what comes first, and what has to be proved."""
    permitted = acting.permitted(session, signed.user, file)
    decision = its.way.decision
    return {
        "before": [_before(each, permitted) for each in its.way.first],
        "obstacles": obstacles(session, file, its.way, today()),
        "remedies": REMEDIES,
        "reasons": proposed(its.way, its.reasons) if decision else "",
        "items": draft.asked(its),
        "noted": draft.noted(session, file, its) | dict(noted or {}),
        "files": draft.proofs(session, file),
        "may_draft": Action.DRAFT_REPLY in permitted,
        "waits": "" if Action.DRAFT_REPLY in permitted else _waits(file),
        "longest": guidance.LONGEST_PROOF,
        "titles": {f.name: f.title for f in fields_of(DraftReply)},
    }


def _before(first: First, permitted: Iterable[Action]) -> Before:
    action = Action(first.action)
    return Before(action, first, action in permitted, "、".join(role.zh for role in ROLES[action]))


def _waits(file: CaseFile) -> str:
    """Why no draft can be begun now."""
    return {
        State.SCREENING: "转入办理以后，可以据此拟稿。",
        State.CONSULTING: "征求的意见全部登记以后，可以据此拟稿。",
    }.get(file.history.state or State.SUBMITTED, "")


# --- Sending -----------------------------------------------------------------------------------------------


@router.post("")
def take(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Keep an answer, and on to the next question; or the question again with what is wrong."""
    said = _said(typed)
    try:
        check_token(typed, signed)
        with store.transaction() as session:
            file = _opened(session, signed, number)
            roles = signed.user.roles
            guidance.answer(session, file, said, roles=roles, by=signed.user.id, at=now())
    except (BadInput, Rejected) as error:
        status, _content = told(error)
        wrong = dict(error.details) if isinstance(error, BadInput) else {"answer": str(error)}
        return _page(request, store, signed, number, said.step, said=said, wrong=wrong, status=status)
    return RedirectResponse(f"{case_path(number)}/guide#guide", 303)


def _said(typed: Typed) -> Said:
    one = {name: "".join(typed.get(name, ())) for name in ("step", "answer", "reason", "seen")}
    details = typed.get(f"details.{one['answer']}", ())
    reason = one["reason"].replace("\r\n", "\n").strip()
    return Said(one["step"], one["answer"], tuple(details), reason, one["seen"])


@router.post("/evidence")
def prove(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Keep what proves each item, and on to the draft if that is what was asked for."""
    noted: dict[str, Named] = {}
    try:
        check_token(typed, signed)
        with store.transaction() as session:
            file = _opened(session, signed, number)
            noted = _noted(typed, draft.asked(guided(session, file.id)), draft.proofs(session, file))
            roles = signed.user.roles
            guidance.note_evidence(session, file, noted, roles=roles, by=signed.user.id, at=now())
    except (BadInput, Rejected) as error:
        status, _content = told(error)
        wrong = dict(error.details) if isinstance(error, BadInput) else {"": str(error)}
        return _page(request, store, signed, number, wrong=wrong, noted=noted, status=status)
    if typed.get("then") == ["draft"]:
        return RedirectResponse(f"{case_path(number)}/actions/draft_reply?guide=1", 303)
    return RedirectResponse(f"{case_path(number)}/guide?kept=1#proof", 303)


def _noted(typed: Typed, items: Iterable[Item], files: Iterable[Attachment]) -> dict[str, Named]:
    """What was sent for each item that is asked for; a file has to be one of the case."""
    there = {str(each.seq): each.seq for each in files}
    return {
        item.name: Named(
            there.get("".join(typed.get(f"file:{item.name}", ()))) if item.file else None,
            " ".join("".join(typed.get(f"text:{item.name}", ())).split()),
        )
        for item in items
    }
