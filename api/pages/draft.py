"""What the form of a draft takes from the seven questions: their answers, and what has to be proved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.accounts import User
from workflow.attachments import Attachment, Category, attachments
from workflow.casefile import CaseFile, open_file
from workflow.errors import BadInput
from workflow.guidance import Guided, Named, guided
from workflow.law.decisions import Decision
from workflow.law.evidence import COLON, ITEMS, Item, items, missing
from workflow.law.guide import proposed
from workflow.queries.guided import earlier_reply, proved
from workflow.rules.reply import NOT_DRAFTED
from workflow.store import Session, Store
from workflow.vocabulary import Action

#: These replies come with what is disclosed.
GIVES = frozenset({Decision.DISCLOSED, Decision.PARTLY_DISCLOSED})


@dataclass(frozen=True, slots=True)
class DraftHelp:
    """What stands beside the question for proof: the lists of all decisions, the files of the case."""

    lists: tuple[tuple[Decision, tuple[Item, ...]], ...]
    files: tuple[str, ...]


def draft_help(session: Session, user: User, file: CaseFile, action: Action) -> DraftHelp | None:
    """The help of a draft's form; other forms need none."""
    if action is not Action.DRAFT_REPLY:
        return None
    lists = tuple((decision, its) for decision, its in ITEMS.items() if decision not in NOT_DRAFTED)
    files = proofs(session, file) if file.row.agency_id == user.agency_id else ()
    return DraftHelp(lists, tuple(each.name for each in files))


def proofs(session: Session, file: CaseFile) -> list[Attachment]:
    """The files of a case that are there as evidence, each in its latest version."""
    return _latest(session, file, Category.EVIDENCE)


def _latest(session: Session, file: CaseFile, category: Category) -> list[Attachment]:
    there = [each for each in attachments(session, file.id) if each.removed_at is None]
    last = {each.name: each for each in there}
    return [each for each in last.values() if each.category is category]


def gaps(data: Mapping[str, Any]) -> list[str]:
    """What a draft that was taken still has to prove, to be said once."""
    decision = data.get("decision")
    if decision not in set(Decision):
        return []
    return [f"举证清单还缺：{name}" for name in missing(Decision(decision), data.get("evidence") or [])]


# --- Filled in by the answers -----------------------------------------------------------------------------


def prefilled(store: Store, user: User, number: str) -> dict[str, list[str]]:
    """A draft's form as the answers to the seven questions fill it in; raises BadInput before they end."""
    with store.reading() as session:
        file = open_file(session, number, agencies=frozenset({user.agency_id}))
        its = guided(session, file.id)
        if its.way.decision is None:
            raise BadInput("", "七步指引还没有得出处理决定，请先完成指引")
        typed = {
            "decision": [its.way.decision.value],
            "grounds": list(its.way.grounds),
            "reasons": [proposed(its.way, its.reasons)],
            "evidence": ["\n".join(lines(session, file, its))],
        }
        if its.way.decision in GIVES:
            given = _latest(session, file, Category.DISCLOSURE)
            typed["attachments"] = ["\n".join(each.name for each in given)]
        found = {"earlier_reply": earlier_reply(session, file)} if "earlier_reply" in its.way.fields else {}
    # What the decision needs besides stands unfolded, filled in or not.
    typed |= {name: [found.get(name, "")] for name in its.way.fields}
    return typed


def asked(its: Guided) -> tuple[Item, ...]:
    """What has to be proved for the decision that the answers come to."""
    return items(its.way.decision, its.way.grounds) if its.way.decision else ()


def noted(session: Session, file: CaseFile, its: Guided) -> dict[str, Named]:
    """What proves each item: as the handler has noted it, else as the case itself shows it."""
    found = {item: Named(text=text) for item, text in proved(session, file).items()}
    return {**found, **its.evidence}


def lines(session: Session, file: CaseFile, its: Guided) -> list[str]:
    """What proves the decision, line by line as a draft names it."""
    files = {each.seq: each.name for each in proofs(session, file)}
    there = noted(session, file, its)
    written = ((item, _proof(item, there.get(item.name, Named()), files)) for item in asked(its))
    return [f"{item.name}{COLON}{proof}" for item, proof in written if proof]


def _proof(item: Item, named: Named, files: Mapping[int, str]) -> str:
    name = files.get(named.file or 0, "") if item.file else ""
    return "；".join(filter(None, (name, named.text)))
