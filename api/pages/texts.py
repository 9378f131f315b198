"""The letters of the office: their list, the editor of their texts with its preview, and the versions."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.clock import now, today
from api.deps import FormDep, MakersDep, SettingsDep, StaffDep, StoreDep
from api.errors import Rejected
from api.forms import Typed
from api.letterfile import POLICY, TYPES
from api.pages import textview
from api.pages.acts import check_token
from api.pages.difference import difference
from api.pages.rendering import staff_page
from api.pages.textview import STANDARD
from api.sessions import SignedIn
from letters import guide, own
from letters.dialect import Problem
from letters.fonts import Fonts
from letters.samples import MUCH, SAMPLES
from workflow import agencies, texts
from workflow.documents import Form
from workflow.errors import Stale
from workflow.store import Store
from workflow.texts import Version
from workflow.vocabulary import Role

router = APIRouter()

PATH = "/admin/letters"
LONGEST_NOTE = 200
WITHOUT_NOTE = "请填写修改说明，便于以后查对"
SAME = "内容与现行文本相同，没有保存"
AS_STANDARD = "内容与标准文本相同；不再使用本机关文本的，请在“历次版本”中恢复标准文本"
OVERTAKEN = (
    "在您修改期间，他人保存了新的版本，本次修改没有保存。请对照下面的差异，把需要的内容并入后再次保存。"
)


def _admin(signed: StaffDep) -> SignedIn:
    """The texts are the administrator's; raises Rejected."""
    if Role.ADMIN not in signed.user.roles:
        raise Rejected(403, "forbidden", "文书文本由本机关的系统管理员修改")
    return signed


AdminDep = Annotated[SignedIn, Depends(_admin)]


@dataclass(frozen=True, slots=True)
class Desk:
    """One kind of letter before its administrator."""

    request: Request
    store: Store
    signed: SignedIn
    fonts: Fonts
    kind: str

    def known(self) -> list[Version]:
        """Every version of the kind's text in the own agency, the latest first."""
        with self.store.reading() as session:
            return texts.versions(session, self.signed.user.agency_id, self.kind)

    def problems(self, text: str) -> list[Problem]:
        """What is wrong in a text of the kind."""
        return own.check(self.kind, text, self.fonts)

    def keep(self, text: str | None, note: str, seen: int) -> int:
        """Save a text as the next version; raises Stale."""
        user = self.signed.user
        with self.store.transaction() as session:
            return texts.save(
                session, user.agency_id, self.kind, text, note=note, seen=seen, by=user.id, at=now()
            )


def _desk(request: Request, kind: str, store: StoreDep, signed: AdminDep, settings: SettingsDep) -> Desk:
    textview.shown(kind, None)
    return Desk(request, store, signed, Fonts(settings.fonts), kind)


DeskDep = Annotated[Desk, Depends(_desk)]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it is being written: on which version, why, and on which sample it is tried."""

    source: str
    seen: int
    note: str = ""
    which: str = MUCH


def _draft(typed: Typed) -> Draft:
    """What the form says; a browser sends its lines as DOS ends them."""
    said = {name: "".join(values) for name, values in typed.items()}
    seen, which = said.get("seen", ""), said.get("sample", MUCH)
    return Draft(
        source="\n".join(said.get("source", "").replace("\r\n", "\n").split("\r")),
        seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
        note=said.get("note", "").strip(),
        which=which if which in SAMPLES else MUCH,
    )


# --- The list and the editor --------------------------------------------------------------------------


@router.get(PATH)
def show_list(request: Request, store: StoreDep, signed: AdminDep) -> HTMLResponse:
    """Every kind of letter, and whose text is in force."""
    with store.reading() as session:
        known = texts.in_force(session, signed.user.agency_id)
    return staff_page(request, signed, "texts.html", groups=textview.groups(known), moment=textview.moment)


@router.get(PATH + "/{kind}")
def show_editor(at: DeskDep, saved: int = 0) -> HTMLResponse:
    """The text in force, to be changed."""
    known = at.known()
    draft = Draft(textview.source_of(at.kind, known), texts.latest(known))
    return _show(at, draft, saved=saved if saved == draft.seen else 0)


@router.post(PATH + "/{kind}/preview")
def try_out(at: DeskDep, typed: FormDep) -> HTMLResponse:
    """The editor again, with what is wrong in the text and the letter that it makes; nothing is kept."""
    check_token(typed, at.signed)
    return _show(at, _draft(typed))


@router.post(PATH + "/{kind}")
def save(at: DeskDep, typed: FormDep) -> Response:
    """Keep the text as a new version; or the editor again with what was typed and what is wrong."""
    draft = _draft(typed)
    try:
        check_token(typed, at.signed)
        fault = _fault(at, draft)
        if fault or at.problems(draft.source):
            return _show(at, draft, status=422, refusal=fault)
        version = at.keep(draft.source, draft.note, draft.seen)
    except Rejected as error:
        return _show(at, draft, status=error.status, refusal=error.message)
    except Stale:
        return _overtaken(at, draft)
    return RedirectResponse(f"{PATH}/{at.kind}?saved={version}", 303)


def _fault(at: Desk, draft: Draft) -> str:
    """What keeps a draft from being a new version, beside what is wrong in its text."""
    if not 0 < len(draft.note) <= LONGEST_NOTE:
        return WITHOUT_NOTE if not draft.note else f"修改说明不超过{LONGEST_NOTE}个字"
    if draft.source == textview.standard(at.kind):
        return AS_STANDARD
    return SAME if draft.source == textview.source_of(at.kind, at.known()) else ""


def _overtaken(at: Desk, draft: Draft) -> HTMLResponse:
    """What somebody else has saved meanwhile beside what was typed; saved again, it goes on from there."""
    known = at.known()
    theirs = textview.source_of(at.kind, known)
    told: dict[str, Any] = {
        "theirs": known[0] if known else None,
        "changes": difference(theirs, draft.source),
    }
    return _show(at, replace(draft, seen=texts.latest(known)), status=409, refusal=OVERTAKEN, **told)


def _show(
    at: Desk, draft: Draft, *, status: int = 200, refusal: str = "", saved: int = 0, **told: Any
) -> HTMLResponse:
    with at.store.reading() as session:
        agency = agencies.by_id(session, at.signed.user.agency_id)
    known = at.known()
    context: dict[str, Any] = {
        "letter": textview.shown(at.kind, known[0] if known else None),
        "draft": draft,
        "refusal": refusal,
        "saved": saved,
        "problems": textview.quoted(at.problems(draft.source), draft.source),
        "preview": own.preview(at.kind, draft.source, draft.which, agency),
        "samples": SAMPLES,
        "variables": guide.variables(at.kind, draft.which, agency),
        "parts": guide.parts(at.kind),
        "guide": guide,
        "moment": textview.moment,
        "longest_note": LONGEST_NOTE,
        "theirs": None,
        "changes": (),
    }
    return staff_page(at.request, at.signed, "text.html", status=status, **context | told)


@router.post(PATH + "/{kind}/sample.pdf")
def show_sample(at: DeskDep, typed: FormDep, makers: MakersDep) -> Response:
    """The sample letter as PDF, marked as what it is; or the editor, where the text makes none."""
    check_token(typed, at.signed)
    draft = _draft(typed)
    with at.store.reading() as session:
        agency = agencies.by_id(session, at.signed.user.agency_id)
    html = own.preview(at.kind, draft.source, draft.which, agency)
    if not html:
        return _show(at, draft, status=422)
    headers = {"Content-Disposition": "inline; filename=sample.pdf", "Content-Security-Policy": POLICY}
    return Response(makers[Form.PDF](html, today()), media_type=TYPES[Form.PDF], headers=headers)


# --- The versions -------------------------------------------------------------------------------------


@router.get(PATH + "/{kind}/versions")
def show_versions(at: DeskDep, left: str = "", right: str = "") -> HTMLResponse:
    """Every version, and how two of them differ: at first the latest from the one before."""
    return _show_versions(at, left, right)


@router.post(PATH + "/{kind}/versions")
def restore(at: DeskDep, typed: FormDep) -> Response:
    """Put an earlier version, or the standard text, in force again: as a new version."""
    draft, number = _draft(typed), "".join(typed.get("version", ()))
    try:
        check_token(typed, at.signed)
        known = at.known()
        text = textview.source_of(at.kind, known, number)
        if text == textview.source_of(at.kind, known):
            return _show_versions(at, status=422, refusal="这一版的内容就是现行文本")
        if at.problems(text):
            refusal = f"{textview.name_of(number)}不能原样恢复，请按提示修改后保存"
            return _show(at, replace(draft, source=text), status=422, refusal=refusal)
        back = text == textview.standard(at.kind)
        version = at.keep(None if back else text, f"恢复{textview.name_of(number)}", draft.seen)
    except Rejected as error:
        return _show_versions(at, status=error.status, refusal=error.message)
    except Stale:
        return _show_versions(at, status=409, refusal="他人保存了新的版本，没有恢复。请核对后再次办理。")
    return RedirectResponse(f"{PATH}/{at.kind}?saved={version}", 303)


def _show_versions(
    at: Desk, left: str = "", right: str = "", *, status: int = 200, refusal: str = ""
) -> HTMLResponse:
    known = at.known()
    numbers = [STANDARD, *(str(each.version) for each in reversed(known))]
    right = right or numbers[-1]
    left = left or numbers[max(0, numbers.index(right) - 1) if right in numbers else 0]
    sides = (textview.source_of(at.kind, known, side) for side in (left, right))
    context: dict[str, Any] = {
        "letter": textview.shown(at.kind, known[0] if known else None),
        "versions": known,
        "numbers": numbers,
        "left": left,
        "right": right,
        "changes": difference(*sides),
        "name_of": textview.name_of,
        "moment": textview.moment,
        "refusal": refusal,
    }
    return staff_page(at.request, at.signed, "text_versions.html", status=status, **context)
