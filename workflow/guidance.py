"""The seven questions of a case as its handler has answered them, and what is to prove the decision.

An answer is no act and moves nothing; what it leads to is still done through the acts of the office. The
reasons and the proof lie encrypted. A changed answer takes with it those that no longer lie on the way.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from workflow.casefile import CaseFile
from workflow.commands.fields import unstorable
from workflow.errors import BadInput, Forbidden, Refused
from workflow.law.guide import BY_CODE, Path, path, written
from workflow.store import Session
from workflow.tables import CASES, GUIDE_ANSWERS, USERS
from workflow.vocabulary import Role, State

#: While the case is in these, its handler answers; afterwards the answers stand.
GUIDED = frozenset({State.SCREENING, State.PROCESSING, State.CONSULTING})
READERS = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD})
#: The row beside the seven that keeps what proves the decision.
EVIDENCE = "evidence"
LONGEST_REASON = 1_000
LONGEST_PROOF = 200


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with its reason: who gave it, and when."""

    answer: str
    reason: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """What proves one item: a file of the case by its number, a line of text, or both."""

    file: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Guided:
    """How far a case has come through the questions."""

    way: Path
    given: Mapping[str, Given]
    #: By the names of the items.
    evidence: Mapping[str, Named]

    @property
    def reasons(self) -> dict[str, str]:
        """The handler's own words, by question."""
        return {step: given.reason for step, given in self.given.items()}


def guided(session: Session, case_id: int) -> Guided:
    """The answers that a case has, and the way that they lead."""
    query = (
        select(GUIDE_ANSWERS, USERS.c.name.label("person"))
        .join(USERS, USERS.c.id == GUIDE_ANSWERS.c.user_id)
        .where(GUIDE_ANSWERS.c.case_id == case_id)
    )
    rows = {row.step: row for row in session.execute(query)}
    noted = rows.pop(EVIDENCE, None)
    given = {step: Given(row.answer, _reason(session, row), row.person, row.at) for step, row in rows.items()}
    way = path({step: each.answer for step, each in given.items()})
    return Guided(way, given, _evidence(session, noted) if noted is not None else {})


def _reason(session: Session, row: Row[Any]) -> str:
    return session.seal.decrypt(row.reason, _place(row.case_id, row.step)) if row.reason else ""


def _evidence(session: Session, row: Row[Any]) -> dict[str, Named]:
    kept = session.seal.decrypt_json(row.reason, _place(row.case_id, EVIDENCE))
    return {name: Named(file, text) for name, (file, text) in kept.items()}


def _place(case_id: int, step: str) -> str:
    """Where a reason is encrypted for: under another case or question it cannot be read."""
    return f"guide_answers.reason {case_id} {step}"


# --- Who may -----------------------------------------------------------------------------------------------


def check_reader(file: CaseFile, roles: Collection[Role]) -> None:
    """Handlers, clerks, reviewers and heads read the answers; raises Forbidden."""
    if READERS.isdisjoint(roles):
        _forbid(file, "七步指引由本机关的承办、窗口、法制审核人员和负责人查看")


def may_answer(file: CaseFile, roles: Collection[Role]) -> bool:
    """Whether somebody in these roles answers the questions now."""
    return Role.HANDLER in roles and file.history.state in GUIDED


def check_answering(file: CaseFile, roles: Collection[Role]) -> None:
    """Whether somebody in these roles answers the questions now; raises Forbidden or Refused."""
    if Role.HANDLER not in roles:
        _forbid(file, "七步指引由承办人填写")
    state = file.history.state
    if state not in GUIDED:
        raise Refused("guide", _word(file), "45", f"{state.zh if state else ''}阶段不再更改七步指引的回答")


def _forbid(file: CaseFile, message: str) -> None:
    raise Forbidden("guide", _word(file), "45", message)


def _word(file: CaseFile) -> str | None:
    return file.history.state.value if file.history.state else None


# --- Answering ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was sent: what is ticked, the reason, and the answer that stood there before."""

    step: str
    answer: str
    details: tuple[str, ...] = ()
    reason: str = ""
    seen: str = ""


def answer(
    session: Session, file: CaseFile, said: Said, *, roles: Collection[Role], by: int, at: datetime
) -> Guided:
    """Keep an answer, and drop those that no longer lie on the way; raises BadInput, Refused, Forbidden."""
    check_answering(file, roles)
    # Whoever answers for the same case at once waits here, and then finds the way as it is.
    session.execute(select(CASES.c.id).where(CASES.c.id == file.id).with_for_update())
    before = guided(session, file.id)
    _check(before, said)
    values = {
        "case_id": file.id,
        "step": said.step,
        "answer": written(said.answer, said.details),
        "reason": _sealed(session, file, said),
        "user_id": by,
        "at": at,
    }
    session.upsert(GUIDE_ANSWERS, ("case_id", "step"), values)
    after = guided(session, file.id)
    on_the_way = [each.step.code for each in after.way.reached]
    its = GUIDE_ANSWERS.c.case_id == file.id
    beside = GUIDE_ANSWERS.c.step.not_in([*on_the_way, EVIDENCE])
    session.execute(delete(GUIDE_ANSWERS).where(its, beside))
    return guided(session, file.id)


def _sealed(session: Session, file: CaseFile, said: Said) -> bytes | None:
    reason = said.reason.strip()
    return session.seal.encrypt(reason, _place(file.id, said.step)) if reason else None


def _check(before: Guided, said: Said) -> None:
    step = BY_CODE.get(said.step)
    if step is None or step not in [each.step for each in before.way.reached]:
        raise BadInput("answer", "请先回答前面的问题")
    chosen = step.answer(said.answer)
    if chosen is None:
        raise BadInput("answer", f"请选择“{step.zh}”的一个回答")
    if chosen.details and not {each.code for each in chosen.details} & set(said.details):
        raise BadInput("details", f"选择“{chosen.zh}”的，请在它下面至少勾选一项")
    _check_reason(said.reason)
    stands = before.given.get(said.step)
    if stands and stands.answer != said.seen:
        theirs = step.answer(stands.answer.split()[0])
        told = f"{stands.person}刚刚把这一步答为“{theirs.zh if theirs else stands.answer}”"
        raise BadInput(
            "answer", f"{told}{f'，理由：{stands.reason}' if stands.reason else ''}。请核对后再次提交"
        )


def _check_reason(reason: str) -> None:
    if len(reason.strip()) > LONGEST_REASON:
        raise BadInput("reason", f"理由不超过{LONGEST_REASON}字，现有{len(reason.strip())}字")
    if unstorable(reason):
        raise BadInput("reason", "含有无法保存的字符，请重新输入")


def note_evidence(
    session: Session,
    file: CaseFile,
    named: Mapping[str, Named],
    *,
    roles: Collection[Role],
    by: int,
    at: datetime,
) -> None:
    """Keep what is to prove the decision, item by item, beside what was kept of other items.

    Raises BadInput, Refused, Forbidden.
    """
    check_answering(file, roles)
    for name, each in named.items():
        if len(each.text) > LONGEST_PROOF:
            raise BadInput(name, f"“{name}”不超过{LONGEST_PROOF}字，现有{len(each.text)}字")
        if unstorable(each.text):
            raise BadInput(name, f"“{name}”含有无法保存的字符，请重新输入")
    session.execute(select(CASES.c.id).where(CASES.c.id == file.id).with_for_update())
    kept = {**guided(session, file.id).evidence, **named}
    body = {name: [each.file, each.text] for name, each in kept.items()}
    values = {
        "case_id": file.id,
        "step": EVIDENCE,
        "answer": "",
        "reason": session.seal.encrypt_json(body, _place(file.id, EVIDENCE)),
        "user_id": by,
        "at": at,
    }
    session.upsert(GUIDE_ANSWERS, ("case_id", "step"), values)
