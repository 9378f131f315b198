"""What the pages of texts show: the kinds in groups, their versions, and what is wrong in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from letters.dialect import Problem
from letters.kinds import DECISION, KINDS, LetterKind
from letters.render import SUFFIX, source
from workflow import texts
from workflow.clock import LEGAL_ZONE
from workflow.correspondence import Addressee
from workflow.errors import NotFound
from workflow.law.decisions import DECISIONS
from workflow.law.remedies import RULES
from workflow.texts import Version

#: What stands in the place of a version's number for the text that the program brings.
STANDARD = "standard"
DECIDED_AS = {rule.letter_kind: rule.zh for rule in DECISIONS.values()}
#: So much of a line is quoted beside what is wrong in it.
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of letter as the list and the head of its pages tell of it."""

    kind: str
    table: LetterKind
    #: What it decides, where several kinds have one title.
    decided: str
    addressee: str
    remedy: str
    #: The latest version; none, where the office has touched nothing.
    version: Version | None

    @property
    def own(self) -> bool:
        """Whether the office's own text is in force."""
        return self.version is not None and self.version.source is not None


def shown(kind: str, version: Version | None) -> Shown:
    """A kind with its latest version; raises NotFound."""
    if kind not in KINDS:
        raise NotFound("没有这种文书")
    table = KINDS[kind]
    remedy = RULES[table.remedy].zh if table.remedy else ""
    return Shown(kind, table, DECIDED_AS.get(kind, ""), table.addressee.zh, remedy, version)


def groups(known: Mapping[str, Version]) -> list[tuple[str, list[Shown]]]:
    """All kinds in the order of the catalogue, by whom they are for and whether they end an application."""
    grouped: dict[str, list[Shown]] = {}
    for kind, table in sorted(KINDS.items(), key=lambda each: (not each[1].code[1:], each[1].code)):
        decides = "答复和决定" if table.base == DECISION else "办理过程中告知申请人"
        name = decides if table.addressee is Addressee.APPLICANT else f"致{table.addressee.zh}"
        grouped.setdefault(name, []).append(shown(kind, known.get(kind)))
    return list(grouped.items())


def standard(kind: str) -> str:
    """The text that the program brings."""
    return source(KINDS[kind].template + SUFFIX)


def source_of(kind: str, known: Sequence[Version], number: str = "") -> str:
    """The text of a version, or the one in force; raises NotFound."""
    if number == STANDARD or not (known or number):
        return standard(kind)
    found = (
        texts.numbered(known, int(number) if number.isdecimal() and len(number) < 10 else 0)
        if number
        else known[0]
    )
    return standard(kind) if found.source is None else found.source


def name_of(number: str) -> str:
    """A version as it is spoken of."""
    return "标准文本" if number == STANDARD else f"第{number}版"


def moment(at: datetime) -> str:
    """A moment as an office reads it."""
    return f"{at.astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M}"


def quoted(problems: Sequence[Problem], text: str) -> list[tuple[Problem, str]]:
    """What is wrong, each with its line as it stands."""
    lines = ["", *text.split("\n")]
    return [(each, lines[each.line].strip()[:QUOTED] if each.line < len(lines) else "") for each in problems]
