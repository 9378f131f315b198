"""送达回证: printed about a letter before it is delivered, to be signed, and after, as it is recorded."""

import structlog
from fastapi import APIRouter
from fastapi.responses import Response

from api.clock import today
from api.deps import LetterId, MakersDep, StaffDep, StoreDep
from api.letterfile import TYPES, UNNAMEABLE, named_response
from api.letterpage import title_of
from letters.service import FORM, service_record
from workflow import agencies
from workflow.casefile import open_file
from workflow.documents import Form
from workflow.queries.letters import letter
from workflow.queries.service import service

router = APIRouter(prefix="/api/v1", tags=["cases"])
log = structlog.get_logger()


@router.get(
    "/cases/{number}/letters/{letter_id}/service.pdf",
    response_class=Response,
    responses={200: {"content": {TYPES[Form.PDF]: {}}}},
)
def read_service_record(
    number: str, letter_id: LetterId, store: StoreDep, signed: StaffDep, makers: MakersDep
) -> Response:
    """The form about a letter, as far as its service is known; made anew each time, and not kept."""
    with store.reading() as session:
        file = open_file(session, number, agencies=signed.user.agencies)
        about = letter(session, file.id, letter_id)
        agency = agencies.by_id(session, file.row.agency_id)
        found = service(session, file, letter_id)
        html = service_record(found, agency=agency.name, title=title_of(about), calendar=session.calendar)
    if found.address:
        log.info("contact_printed", case=number, letter=about.number, user=signed.user.id)
    name = f"{FORM.zh} {about.number}".translate(UNNAMEABLE) + f".{Form.PDF}"
    return named_response(name, Form.PDF, makers[Form.PDF](html, today()), inline=True)
