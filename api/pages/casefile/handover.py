"""附件移交清单: what goes with a case from one handler to the next, as a sheet to be signed by both."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.clock import now
from api.deps import StaffDep, StoreDep
from api.pages.casefile.taking import own_file
from api.pages.rendering import staff_page
from api.pages.textview import moment
from workflow import attachments
from workflow.casefile import CaseFile, parties, texts_of
from workflow.corrections import effective
from workflow.errors import NotFound
from workflow.history import Event
from workflow.queries.describe import letters
from workflow.queries.timeline import timeline
from workflow.store import Session
from workflow.vocabulary import Action

router = APIRouter()

#: By these a case comes to somebody.
GIVEN = (Action.ACCEPT, Action.ASSIGN)


@router.get("/cases/{number}/handover")
def show_handover(request: Request, number: str, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """The files and letters of a case, and between whom they pass by its last hand-over; raises NotFound."""
    with store.reading() as session:
        file = own_file(session, signed.user, number)
        given = [each for each in effective(file.log.events) if each.action in GIVEN]
        if not given or given[-1].action is not Action.ASSIGN:
            raise NotFound(f"{number}没有转办过，没有移交清单")
        kept = [each for each in attachments.attachments(session, file.id) if each.removed_at is None]
        (over,) = [each for each in timeline(session, file) if each.seq == given[-1].seq]
        told: dict[str, Any] = {"row": file.row, "files": kept, "letters": _letters(session, file)}
        told |= {"over": over, "reason": texts_of(session, file).get(over.seq, {}).get("reason", "")}
    told |= {"before": _holder(given[-2]) if len(given) > 1 else "政府信息公开工作机构"}
    told |= {"after": _holder(given[-1]), "moment": moment, "made_at": now()}
    return staff_page(request, signed, "handover.html", **told)


def _holder(event: Event) -> str:
    """The unit and the handler to whom a case was given."""
    facts = event.facts
    return " ".join(str(facts[name]) for name in ("unit", "handler") if facts.get(name)) or "承办单位"


def _letters(session: Session, file: CaseFile) -> list[dict[str, Any]]:
    return letters(session, file, parties(session, file))
