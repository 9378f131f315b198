"""The file of a case as a ZIP for the archive: every document, with an index (卷内目录)."""

from collections.abc import Mapping
from typing import IO, Any
from zipfile import ZipFile

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.accounts import User
from api.deps import MakersDep, SettingsDep, StaffDep, StoreDep
from api.download import sent, written
from api.forms import LITERALS
from api.pages.casefile.dossier import Dossier, pieces, style
from api.pages.casefile.index import sheet, workbook
from api.pages.casefile.minutes import minutes
from api.pages.casefile.offered import EXPORTING, may_export
from api.pages.casefile.packing import Filed, Packing, filed, safe
from api.pages.casefile.printed import printed
from api.pages.casefile.taking import own_file
from api.pages.rendering import staff_page
from workflow import attachments
from workflow.casefile import CaseFile
from workflow.errors import Forbidden
from workflow.law.statute import cite_zh
from workflow.queries import describe
from workflow.store import Session

router = APIRouter()
log = structlog.get_logger("archive")


@router.get("/cases/{number}/archive.zip")
def export_case(
    request: Request,
    number: str,
    store: StoreDep,
    signed: StaffDep,
    settings: SettingsDep,
    makers: MakersDep,
    incomplete: str = "",
) -> Response:
    """The ZIP; where a document is gone or was changed, first a page that says so, then the rest if asked."""
    with store.reading() as session:
        file = own_file(session, signed.user, number)
        check_role(signed.user, file)
        dossier = dossier_of(session, signed.user, file)
    lines: list[Filed] = []

    def write(target: IO[bytes]) -> None:
        with ZipFile(target, "w") as archive:
            packing = Packing(archive, safe(number), dossier.last_on)
            packing.add("style.css", style())
            lines.extend(filed(packing, each) for each in pieces(dossier, store, settings.uploads, makers))
            packing.add("卷内目录.html", sheet(dossier, lines))
            packing.add("卷内目录.xlsx", workbook(dossier, lines))

    made = written(write)
    faults = [line for line in lines if line.fault]
    log.info("case_exported", number=number, by=signed.user.login, documents=len(lines), missing=len(faults))
    if faults and not incomplete:
        made.close()
        return staff_page(
            request, signed, "case_incomplete.html", status=409, row=file.row, faults=faults, lines=lines
        )
    return sent(made, f"案卷 {safe(number)}.zip", "application/zip", plain="case.zip")


def check_role(user: User, file: CaseFile) -> None:
    """Raises Forbidden for who has no part in handling the agency's cases."""
    if not may_export(user, file):
        roles = "、".join(role.zh for role in sorted(EXPORTING))
        message = f"导出案卷限于{roles}（{cite_zh('45')}）"
        raise Forbidden("export", file.history.state, "45", message)


def dossier_of(session: Session, user: User, file: CaseFile) -> Dossier:
    """Everything that the database has to tell, so that it can be let go before the documents are fetched."""
    told = printed(session, user, file, with_notes=False)
    retention = file.history.retention
    return Dossier(
        number=file.row.number,
        case_id=file.id,
        agency=told["task"].agency,
        applicant=file.row.applicant_name,
        last_on=file.history.last_on,
        retention=LITERALS.get(str(retention), str(retention)) if retention else "",
        told=told | {"user": user},
        sheets=tuple(minutes(session, user, file, each.no) for each in told["conferences"]),
        events=events_of(session, file),
        attachments=tuple(attachments.attachments(session, file.id)),
    )


def events_of(session: Session, file: CaseFile) -> Mapping[str, Any]:
    """The history as the interface gives it."""
    explained = describe.explain(file.history, session.calendar)
    return {
        "number": file.row.number,
        "events": describe.events(session, file),
        "explain": explained,
    }
