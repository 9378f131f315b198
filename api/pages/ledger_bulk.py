"""Acts on many cases of the ledger at once: what is to be done, with which of them, and what came of each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import Any, Literal
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.accounts import User
from api.bulk import ACTIONS, MOST, PRINT, Pick, act_on_each, offered, picks_of
from api.clock import now, today
from api.deps import FormDep, PressDep, SettingsDep, StaffDep, StoreDep
from api.errors import Rejected
from api.forms import Field, Typed, entries, fields_of, read
from api.letterfile import any_response, named_response
from api.pages import ledger_filter
from api.pages.acts import check_token
from api.pages.bulk_report import LETTERS, TITLES, Line, Report, keep, kept, part
from api.pages.hints import ACTS, hint
from api.pages.ledger import check_reader
from api.pages.ledger_files import FORMS
from api.pages.ledger_print import collected, joined
from api.pages.rendering import staff_page
from api.sessions import SignedIn
from letters.kinds import KINDS
from workflow.commands import parse
from workflow.commands.bodies import BODIES
from workflow.documents import Form
from workflow.errors import BadInput, NotFound
from workflow.law.statute import cite_zh
from workflow.lifecycle import ROLES, ROWS, TRANSITIONS
from workflow.queries import ledger, printing, tasks
from workflow.queries.ledger import Place
from workflow.queries.offices import handlers, units
from workflow.queries.tasks import Task
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import Action

router = APIRouter(prefix="/ledger/bulk")
log = structlog.get_logger("ledger")

#: What is not begun by then is left, and said to be.
PATIENCE = timedelta(seconds=20)


def _check(user: User, word: str) -> None:
    """Whether this person can do that with many cases; raises NotFound or Rejected."""
    check_reader(user)
    if word not in (*ACTIONS, PRINT):
        raise NotFound("没有这种批量办理")
    if word not in dict(offered(user)):
        names = "、".join(role.zh for role in ROLES[Action(word)]) if word != PRINT else "本机关的办理人员"
        raise Rejected(403, "forbidden", f"这项批量办理由{names}进行")


# --- Asking -------------------------------------------------------------------------------------------------


@router.get("")
@router.get("/{word}")
def back() -> RedirectResponse:
    """Which cases are meant stands in no address."""
    return RedirectResponse("/ledger", 303)


@router.post("")
def ask(request: Request, typed: FormDep, store: StoreDep, signed: StaffDep) -> HTMLResponse:
    """The form of the act, with the cases that were ticked; nothing is done yet."""
    word = "".join(typed.get("act", ()))
    _check(signed.user, word)
    check_token(typed, signed)
    with store.reading() as session:
        picks = _all(session, signed.user, typed) if "all" in typed else picks_of(typed.get("pick", ()))
        return _form(request, session, signed, word, picks, typed if "again" in typed else None)


def _all(session: Session, user: User, typed: Typed) -> list[Pick]:
    """What the view finds of the own agency, the latest first, as many as can be done at once."""
    params = dict(parse_qsl("".join(typed.get("view", ()))))
    wanted, faults = ledger_filter.read(ledger_filter.asked(params))
    if faults:
        raise BadInput("", "；".join(faults))
    own = frozenset({user.agency_id})
    found = ledger.page(session, own, wanted, today(), Place(), size=MOST)
    return [Pick(row.number, row.version) for row in found.rows]


def _form(
    request: Request,
    session: Session,
    signed: SignedIn,
    word: str,
    picks: Sequence[Pick],
    typed: Typed | None,
    *,
    faults: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HTMLResponse:
    if not picks:
        raise BadInput("", "请先在台账中勾选申请件")
    chosen = picks[:MOST]
    found = _tasks(session, signed.user, chosen)
    told: dict[str, Any] = {"word": word, "picks": chosen, "tasks": found, "beyond": len(picks) - len(chosen)}
    if word == PRINT:
        told |= _asked_letters(session, signed.user, found, typed) | {"general": [each for _, each in faults]}
        return staff_page(request, signed, "ledger_bulk_print.html", status=status, **told)
    action = Action(word)
    asked, general = entries(_fields(action), typed, faults)
    told |= {"action": action, "entries": asked, "general": general, "says": ACTS.get(action, "")}
    told |= {"articles": _articles(action), "hints": {f.name: hint(action, f.name) for f in _fields(action)}}
    told |= {"suggestions": _suggestions(session, signed.user, action)}
    told |= {"unfit": [each.number for each in found.values() if (each.state, action) not in ROWS]}
    return staff_page(request, signed, "ledger_bulk.html", status=status, **told)


def _tasks(session: Session, user: User, picks: Sequence[Pick]) -> dict[str, Task]:
    """The cases as they are now, in the order of the picks."""
    numbers = [pick.number for pick in picks]
    query = tasks.lines(frozenset({user.agency_id})).where(CASES.c.number.in_(numbers))
    found = {task.number: task for task in tasks.read(session, query, today())}
    return {number: found[number] for number in numbers if number in found}


def _fields(action: Action) -> tuple[Field, ...]:
    """What the act asks; of many at once, nothing that belongs to one alone."""
    return tuple(replace(field, seldom=False) for field in fields_of(BODIES[action]))


def _articles(action: Action) -> str:
    rows = [row for row in TRANSITIONS if row.action is action]
    return "、".join(dict.fromkeys(cite_zh(row.article) for row in rows))


def _suggestions(session: Session, user: User, action: Action) -> dict[str, list[str]]:
    if action is Action.ARCHIVE:
        return {}
    return {
        "unit": units(session, frozenset({user.agency_id})),
        "handler": handlers(session, user.agency_id),
    }


def _asked_letters(
    session: Session, user: User, found: dict[str, Task], typed: Typed | None
) -> dict[str, Any]:
    kinds = printing.kinds(session, user.agency_id, list(found))
    ticked = typed.get("kind", ()) if typed else printing.usual(list(kinds)) or list(kinds)
    return {"kinds": kinds, "ticked": ticked, "unserved": bool(typed and "unserved" in typed)}


# --- Doing --------------------------------------------------------------------------------------------------


@router.post("/print")
def print_letters(
    request: Request,
    typed: FormDep,
    store: StoreDep,
    settings: SettingsDep,
    press: PressDep,
    signed: StaffDep,
) -> Response:
    """Join the letters of the cases, and tell what was left out."""
    user, picks = signed.user, picks_of(typed.get("pick", ()))
    _check(user, PRINT)
    kinds = [kind for kind in typed.get("kind", ()) if kind in KINDS]
    with store.reading() as session:
        try:
            check_token(typed, signed)
            _check_number(picks)
            if not kinds:
                raise BadInput("", "请选择要打印的文书")
        except (BadInput, Rejected) as error:
            return _again(request, session, signed, PRINT, picks, typed, error)
        titles = {number: task.title for number, task in _tasks(session, user, picks).items()}
    found = collected(store, press, user, picks, titles, kinds, unserved="unserved" in typed)
    report = Report(act=PRINT, zh="打印文书", lines=found.lines, letters=len(found.read))
    more = {LETTERS: joined(press, found.read)} if found.read else {}
    log.info("letters_printed", agency=user.agency, by=user.login, letters=len(found.read))
    return RedirectResponse(f"/ledger/bulk/done/{keep(store, settings, user, report, more)}", 303)


@router.post("/{word}")
def do(
    request: Request, word: str, typed: FormDep, store: StoreDep, settings: SettingsDep, signed: StaffDep
) -> Response:
    """Do the act on each case, and report; what cannot be read is told before anything is done."""
    _check(signed.user, word)
    user, action, picks = signed.user, Action(word), picks_of(typed.get("pick", ()))
    data = read(_fields(action), typed)
    with store.reading() as session:
        try:
            check_token(typed, signed)
            _check_number(picks)
            parse(action, data)
        except (BadInput, Rejected) as error:
            return _again(request, session, signed, word, picks, typed, error)
        titles = {number: task.title for number, task in _tasks(session, user, picks).items()}
    lines = [
        Line(
            number=each.number, title=titles.get(each.number, ""), against=each.against, article=each.article
        )
        for each in act_on_each(store, user, picks, action, data, now() + PATIENCE)
    ]
    kept_typed = {field.name: list(typed.get(field.name, ())) for field in _fields(action)}
    report = Report(act=word, zh=action.zh, lines=lines, typed=kept_typed)
    log.info(
        "bulk_acted",
        agency=user.agency,
        by=user.login,
        act=word,
        done=len(report.done),
        left=len(report.left),
    )
    return RedirectResponse(f"/ledger/bulk/done/{keep(store, settings, user, report, {})}", 303)


def _again(
    request: Request,
    session: Session,
    signed: SignedIn,
    word: str,
    picks: Sequence[Pick],
    typed: Typed,
    error: BadInput | Rejected,
) -> HTMLResponse:
    """The form with what was typed and what is wrong: nothing was done."""
    faults = error.details if isinstance(error, BadInput) else [("", error.message)]
    status = 422 if isinstance(error, BadInput) else error.status
    return _form(request, session, signed, word, picks, typed, faults=faults, status=status)


def _check_number(picks: Sequence[Pick]) -> None:
    if not 0 < len(picks) <= MOST:
        raise BadInput("", f"请勾选1至{MOST}件申请")


# --- What came of it ------------------------------------------------------------------------------------


@router.get("/done/{key}")
def show(
    request: Request, key: str, store: StoreDep, settings: SettingsDep, signed: StaffDep
) -> HTMLResponse:
    """The report, and a way to try again what was not done."""
    report = kept(store, settings, signed.user, key)
    numbers = [Pick(line.number, 0) for line in report.left]
    with store.reading() as session:
        again = [Pick(task.number, task.version) for task in _tasks(session, signed.user, numbers).values()]
    return staff_page(request, signed, "ledger_done.html", key=key, report=report, again=again, PRINT=PRINT)


@router.get("/done/{key}/report.{form}")
def save(
    key: str, form: Literal["xlsx", "csv"], store: StoreDep, settings: SettingsDep, signed: StaffDep
) -> Response:
    """The report as a file."""
    report = kept(store, settings, signed.user, key)
    write, media_type = FORMS[form]
    with SpooledTemporaryFile() as file:
        write(file, TITLES, report.rows)
        file.seek(0)
        content = file.read()
    name = f"{report.zh}结果{today()}（{len(report.lines)}件）.{form}"
    return any_response(name, media_type, content, plain=f"report.{form}", inline=False)


@router.get("/done/{key}/letters.pdf")
def letters(key: str, store: StoreDep, settings: SettingsDep, signed: StaffDep) -> Response:
    """The joined letters."""
    report = kept(store, settings, signed.user, key)
    content = part(store, settings, signed.user, key, LETTERS)
    return named_response(f"文书{today()}（{report.letters}件）.pdf", Form.PDF, content, inline=True)
