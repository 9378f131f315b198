"""Linked cases: another case named by its number, what it has to do with this one, and taken away again."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.clock import now
from api.deps import FormDep, StaffDep, StoreDep
from api.pages.casefile.forms import typed_in
from api.pages.casefile.taking import take
from workflow import links
from workflow.casefile import CaseFile
from workflow.errors import BadInput
from workflow.links import Relation
from workflow.store import Session

router = APIRouter(prefix="/cases/{number}/links")


@router.post("")
def add(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Link this case with the one of the number that was typed."""

    def do(session: Session, file: CaseFile) -> str:
        other, relation = typed_in(typed, "number"), _relation(typed_in(typed, "relation"))
        user = signed.user
        links.link(session, file, other, relation, agencies=user.agencies, by=user.id, at=now())
        return f"已关联{other}（{relation.zh}）"

    return take(request, store, signed, number, typed, form="link", do=do)


def _relation(word: str) -> Relation:
    if word not in {each.value for each in Relation}:
        raise BadInput("relation", "请选择两件申请的关系")
    return Relation(word)


@router.post("/remove")
def remove(request: Request, number: str, typed: FormDep, store: StoreDep, signed: StaffDep) -> Response:
    """Take a link away, on both."""

    def do(session: Session, file: CaseFile) -> str:
        other = typed_in(typed, "other")
        links.unlink(session, file, other)
        return f"已取消与{other}的关联"

    return take(request, store, signed, number, typed, form="unlink", do=do)
