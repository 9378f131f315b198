"""The pages of this folder that are made from the code, so that they cannot say anything else."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from docs.questions import introduction, proofs, steps
from letters.forms import FORMS
from letters.kinds import KINDS
from workflow.attachments import Category
from workflow.correspondence import SENT_BY
from workflow.law import terms as law
from workflow.law.decisions import DECISIONS
from workflow.law.remedies import RULES, Remedy
from workflow.law.statute import ARTICLES, cite_zh
from workflow.law.terms import Length
from workflow.ledger.columns import COLUMNS
from workflow.lifecycle import TRANSITIONS, Transition
from workflow.links import Relation
from workflow.memos import MemoKind
from workflow.vocabulary import (
    OPEN_STATES,
    Action,
    ApplicantKind,
    Channel,
    Method,
    Role,
    State,
    TermName,
    TermStatus,
    Word,
)

ROOT = Path(__file__).parents[1]
#: From nearly every state: drawn, they would hide the rest.
NOT_DRAWN = frozenset({Action.IMPORTED, Action.WITHDRAW, Action.VOID})
UNITS = {"workdays": "working days", "days": "days", "months": "months"}
REMEDIES = {
    Remedy.R0: "none of its own; complaint (art. 51)",
    Remedy.R1: "reconsideration or suit",
    Remedy.R2: "reconsideration first",
    Remedy.R3: "reconsideration first for the withheld part, either for the rest",
    Remedy.R4: "after the payment term, against not being pursued",
}


def pages() -> dict[Path, str]:
    """Every generated page by its path; the README and the formats are kept but for one part each."""
    readme, formats = ROOT / "README.md", ROOT / "docs" / "formats.md"
    return {
        ROOT / "docs" / "lifecycle.md": lifecycle(),
        ROOT / "docs" / "glossary.md": glossary(),
        ROOT / "docs" / "statute.md": statute(),
        ROOT / "docs" / "guide.md": guide(),
        readme: with_part(readme.read_text(encoding="utf-8"), "chart", chart()),
        formats: with_part(formats.read_text(encoding="utf-8"), "columns", ledger_columns()),
    }


def with_part(text: str, name: str, part: str) -> str:
    """The text with what stands between the two marks of `name` made anew."""
    begin, end = f"<!-- {name}: made by `make docs` -->", f"<!-- end of {name} -->"
    head, _mark, rest = text.partition(begin)
    _old, _mark, tail = rest.partition(end)
    return f"{head}{begin}\n{part}\n{end}{tail}"


# --- The life cycle -----------------------------------------------------------------------------------


def lifecycle() -> str:
    """States, transitions and terms."""
    return "\n".join(
        [
            "# Life cycle of an application",
            "",
            "Made by `make docs` from `workflow/lifecycle.py`; a test fails when the two differ.",
            "",
            chart(),
            "",
            "Not drawn: `withdraw` leads from every open state to `concluded`, `void` to `voided`.",
            "",
            "## States",
            "",
            *_table(("State", "中文", "Open"), _state_rows()),
            "",
            "## Transitions",
            "",
            "`–` as source: the case does not exist yet. `=` as target: the state stays. The first role "
            "named acts where nothing else is said. Where an action has several rows, the first whose "
            "condition holds counts.",
            "",
            *_table(("Action", "中文", "From", "To", "By", "Article"), map(_transition_row, TRANSITIONS)),
            "",
            "After `rectify` and `imported` the state is the one that replaying the log gives. Timers act as "
            "`system`.",
            "",
            "## Terms",
            "",
            *_table(("Term", "中文", "Length", "Article", "In force since"), _term_rows()),
            "",
        ]
    )


def chart() -> str:
    """The transitions that change the state, as a Mermaid diagram."""
    edges: dict[tuple[str, str], list[str]] = {}
    for row in TRANSITIONS:
        if row.target is not None and row.action not in NOT_DRAWN:
            for source in _in_order(row.sources):
                if source is not row.target:
                    edges.setdefault((_node(source), row.target.value), []).append(row.action.value)
    ends = [f"    {source} --> {target}: {_label(actions)}" for (source, target), actions in edges.items()]
    names = [f"    {state.value}: {state.value}<br>{state.zh}" for state in State]
    return "\n".join(["```mermaid", "stateDiagram-v2", *names, *ends, "```"])


def _node(state: State | None) -> str:
    return "[*]" if state is None else state.value


def _label(actions: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(actions))


def _in_order(sources: Iterable[State | None]) -> list[State | None]:
    order: list[State | None] = [None, *State]
    return sorted(sources, key=order.index)


def _state_rows() -> Iterator[tuple[str, ...]]:
    for state in State:
        yield f"`{state}`", state.zh, "yes" if state in OPEN_STATES else ""


def _transition_row(row: Transition) -> tuple[str, ...]:
    sources = "any" if len(row.sources) == len(State) else ", ".join(map(_code, _in_order(row.sources)))
    target = "=" if row.target is None else f"`{row.target}`"
    return f"`{row.action}`", row.action.zh, sources, target, ", ".join(row.roles), row.article


def _code(state: State | None) -> str:
    return "–" if state is None else f"`{state}`"


def _term_rows() -> Iterator[tuple[str, ...]]:
    lengths: dict[TermName, tuple[Length, ...]] = {
        TermName.REPLY: (law.REPLY, law.EXTENSION_MAX),
        TermName.CLARIFICATION_NOTICE: (law.CLARIFICATION_NOTICE,),
        TermName.CLARIFICATION: (law.CLARIFICATION,),
        TermName.JUSTIFICATION: (law.JUSTIFICATION,),
        TermName.THIRD_PARTY_OPINION: (law.THIRD_PARTY_OPINION,),
        TermName.AGENCY_OPINION: (law.AGENCY_OPINION,),
        TermName.PAYMENT: (law.PAYMENT,),
        TermName.RECONSIDERATION: (law.RECONSIDERATION,),
        TermName.LITIGATION: (law.LITIGATION, law.LITIGATION_AFTER_RECONSIDERATION),
    }
    for name, several in lengths.items():
        for place, length in enumerate(several):
            said = f"{length.count} {UNITS[length.unit]}" + (f". {length.note}" if length.note else "")
            more = {
                (TermName.REPLY, 1): "at most so many more: ",
                (TermName.LITIGATION, 1): "after reconsideration: ",
            }
            told = more.get((name, place), "") + said
            yield f"`{name}`", name.zh, told, length.article, length.since.isoformat()


# --- The words ------------------------------------------------------------------------------------------


def glossary() -> str:
    """Chinese ↔ code, for every word of the public interface."""
    words: tuple[tuple[str, type[Word]], ...] = (
        ("Channels", Channel),
        ("Methods of sending and serving", Method),
        ("Applicant kinds", ApplicantKind),
        ("Roles", Role),
        ("States", State),
        ("Actions", Action),
        ("Terms", TermName),
        ("Term status", TermStatus),
        ("Attachments", Category),
        ("Memos", MemoKind),
        ("Linked cases", Relation),
    )
    lines = [
        "# Glossary: Chinese ↔ code",
        "",
        "Made by `make docs` from `workflow/vocabulary.py` and what stands beside it, `workflow/law/` and "
        "`letters/kinds.py`.",
        "",
    ]
    for title, kind in words:
        rows = ((f"`{word.value}`", word.zh) for word in kind)
        lines += [f"## {title}", "", *_table(("Code", "中文"), rows), ""]
    lines += [
        "## Decisions",
        "",
        *_table(("Code", "中文", "Row", "Article", "Remedy", "Letter"), _decision_rows()),
        "",
    ]
    lines += ["## Letters", "", *_table(LETTERS, _letter_rows()), ""]
    return "\n".join(lines)


def _decision_rows() -> Iterator[tuple[str, ...]]:
    for decision, rule in DECISIONS.items():
        yield f"`{decision}`", rule.zh, rule.row, rule.article, rule.remedy, f"`{rule.letter_kind}`"


LETTERS = ("", "Kind", "中文", "To", "Article", "Remedy", "Series", "Sent by")


def _letter_rows() -> Iterator[tuple[str, ...]]:
    for name, kind in sorted(KINDS.items(), key=lambda each: each[1].code):
        act = ", ".join(f"`{action}`" for action, kinds in SENT_BY.items() if name in kinds)
        to, remedy = f"`{kind.addressee}`", kind.remedy or ""
        yield kind.code, f"`{name}`", kind.zh, to, kind.article, remedy, kind.series, act
    for name, form in FORMS.items():
        yield form.code, f"`{name}`", form.zh, "", form.article, "", "", "printed about a letter, not issued"


def ledger_columns() -> str:
    """What a ledger may call its columns."""
    rows = ((column.zh, "、".join(column.names[1:])) for column in COLUMNS)
    return "\n".join(_table(("Column", "Also called"), rows))


def statute() -> str:
    """Every provision that the product cites, and the remedy regimes."""
    rows = (
        (cite, cite_zh(cite), article.title, article.since.isoformat()) for cite, article in ARTICLES.items()
    )
    regimes = ((regime, REMEDIES[regime], ", ".join(RULES[regime].articles)) for regime in Remedy)
    return "\n".join(
        [
            "# The law that Mingda applies",
            "",
            "Made by `make docs` from `workflow/law/`. A citation is written `article¶paragraph(item)`; one "
            "without a name is of 《政府信息公开条例》 (国务院令第711号).",
            "",
            "## Provisions",
            "",
            *_table(("Citation", "In a letter", "Subject", "In force since"), rows),
            "",
            "## Remedies",
            "",
            *_table(("Regime", "What the applicant can do", "Articles"), regimes),
            "",
        ]
    )


def guide() -> str:
    """The seven questions with where each answer leads, and what each decision has to be proved by."""
    lines = [introduction(), ""]
    for title, rows in steps():
        lines += [f"## {title}", "", *_table(("Code", "Answer", "Article", "Leads to"), rows), ""]
    lines += ["## What has to be proved", "", *_table(("Decision", "中文", "Demanded", "Advised"), proofs())]
    return "\n".join([*lines, ""])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
