"""The file of a case on one page: where it stands, until when and why, what was done, what can be done."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api import acting
from api.accounts import User
from api.clock import today
from api.deps import StaffDep, StoreDep
from api.pages import flash, masking, stages
from api.pages.attachments import files
from api.pages.course import told
from api.pages.months import months
from api.pages.rendering import staff_page
from api.pages.slip import slip, spoken
from workflow.casefile import CaseFile, open_file, parties, texts_of
from workflow.corrections import effective
from workflow.queries.alike import alike
from workflow.queries.describe import describe
from workflow.queries.desk import NEXT
from workflow.queries.fates import fates
from workflow.queries.parts import parts
from workflow.queries.tasks import line
from workflow.queries.timeline import timeline
from workflow.store import Session
from workflow.vocabulary import Action, Role, State

router = APIRouter()

#: What is not on the way from the counter to the archive stands behind the rest.
ASIDE = frozenset(
    {
        Action.ASSIGN,
        Action.WITHDRAW,
        Action.CANCEL_FEE,
        Action.RECORD_REMEDY,
        Action.REOPEN,
        Action.RECTIFY,
        Action.VOID,
    }
)
#: A draft is shown to those who review, sign and send it.
DRAFTED = frozenset({State.LEGAL_REVIEW, State.APPROVAL, State.APPROVED})


@router.get("/cases/{number}")
def show_case(request: Request, number: str, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """Everything that the office knows of a case, within the reader's agencies."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        content = _content(session, signed.user, file)
        said = flash.said(request, store, number)
        if said.get("code"):
            content["slip"] = slip(request, session, file.row, said["code"], oral=spoken(file))
    response = staff_page(request, signed, "case.html", said=said, **content)
    if said:
        flash.forget(response, number)
    return response


def _content(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    case = describe(session, file, today())
    return {
        "row": file.row,
        "case": case,
        "fates": fates(session, file),
        "task": line(session, file.row.number, user.agencies, today()),
        "stages": stages.stages(file.history),
        "months": months(file.history, session.calendar),
        "papers": masking.papers(session, file.row),
        "contacts": masking.contacts(session, file.row),
        "alike": alike(session, file),
        **_parts(session, user, file),
        **files(session, user, file),
        **_acts(session, user, file),
        **_course(session, file),
    }


def _parts(session: Session, user: User, file: CaseFile) -> dict[str, Any]:
    """The other parts of the same application, and of which number this person may register a further one."""
    others = parts(session, file.row)
    first = next((each.number for each in others if each.first), file.row.number)
    registered = file.history.received_on is not None and file.history.state is not State.VOIDED
    may = registered and Role.CLERK in user.roles and file.row.agency_id == user.agency_id
    return {"parts": others, "split_of": first if may else ""}


def _acts(session: Session, user: User, file: CaseFile) -> dict[str, list[Action]]:
    """The buttons: what is usual here first, then the rest of the way, then what is beside it."""
    found = acting.permitted(session, user, file)
    usual = NEXT.get(file.history.state) if file.history.state else None
    onward = [action for action in found if action not in ASIDE]
    first = onward if len(onward) == 1 else [action for action in onward if action is usual]
    return {
        "usual": first,
        "onward": [action for action in onward if action not in first],
        "aside": [action for action in found if action in ASIDE],
    }


def _course(session: Session, file: CaseFile) -> dict[str, Any]:
    """What has been done: the timeline, who was asked, the fee, and the draft under review."""
    h, texts = file.history, texts_of(session, file)
    names = parties(session, file)
    draft = h.draft if h.state in DRAFTED else None
    course = told(timeline(session, file), names)
    pressing = [each for each in course if each.entry.action is Action.ESCALATE and h.is_open]
    return {
        "course": course,
        "pressed": pressing[-1] if pressing else None,
        "consultations": [(c, names.get(c.party, "第三方"), h.terms[c.term]) for c in h.consultations],
        "conferences": _conferences(file, texts),
        "fees": h.fees,
        "remedies": h.remedies,
        "draft": draft,
        "draft_texts": texts.get(draft.event, {}) if draft else {},
    }


def _conferences(file: CaseFile, texts: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each 会商 with its question and, once there is one, its conclusion."""
    found: list[dict[str, Any]] = []
    for event in effective(file.log.events):
        if event.action is Action.OPEN_CONFERENCE:
            found.append({"on": event.on, "conclusion": None, **texts.get(event.seq, {})})
        elif event.action is Action.CLOSE_CONFERENCE:
            found[-1]["conclusion"] = texts.get(event.seq, {}).get("conclusion", "")
    return found
