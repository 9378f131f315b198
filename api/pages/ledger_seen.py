"""What is shown of a ledger before its import: the header as understood, every row with its problems."""

from collections.abc import Callable, Iterable, Sequence

from openpyxl.utils import get_column_letter
from pydantic import BaseModel

from api.pages import masking
from workflow.ledger.cells import Cell, text_of
from workflow.ledger.columns import COLUMNS, is_passed_over, spoken_of
from workflow.ledger.outlook import Fate, Outlook
from workflow.ledger.rows import Reading

#: Of a long text so much is shown.
LONGEST = 160
#: What is masked here as on every page.
MASKS: dict[str, Callable[[str], str]] = {"id_number": masking.masked_id, "contact": masking.masked_phone}
NAMES = {column.field: column.zh for column in COLUMNS}


class SeenColumn(BaseModel):
    """A column of the file, and what it is taken for; for nothing, if its name is not known."""

    letter: str
    title: str
    field: str | None

    @property
    def zh(self) -> str:
        """The proper name."""
        return NAMES[self.field] if self.field else ""


class SeenRow(BaseModel):
    """A row: what would become of it, its cells in the order of the known columns, and what is said of it."""

    line: int
    fate: Fate
    number: str
    cells: list[str]
    faults: list[str]
    warnings: list[str]

    @property
    def bad_fields(self) -> set[str]:
        """The columns that its faults name."""
        return set().union(*map(spoken_of, self.faults))

    @property
    def doubtful_fields(self) -> set[str]:
        """The columns that its doubts name."""
        return set().union(*map(spoken_of, self.warnings))


class Done(BaseModel):
    """What an import has written, and how many rows it left out."""

    imported: int
    updated: int
    unchanged: int
    left: int


class Seen(BaseModel):
    """A ledger as it is shown; once imported, with what became of it."""

    name: str
    digest: str
    header: int
    columns: list[SeenColumn]
    rows: list[SeenRow]
    done: Done | None = None

    @property
    def known(self) -> list[SeenColumn]:
        """The columns that are imported."""
        return [column for column in self.columns if column.field]

    @property
    def unknown(self) -> list[SeenColumn]:
        """The columns that are not."""
        return [column for column in self.columns if not column.field]

    @property
    def absent(self) -> list[str]:
        """The columns that a ledger can have, and this one has not."""
        there = {column.field for column in self.columns}
        return [column.zh for column in COLUMNS if column.field not in there]

    def count(self, show: str) -> int:
        """How many rows that choice shows."""
        return len(self.shown(show))

    def shown(self, show: str) -> list[SeenRow]:
        """The rows of that choice."""
        return list(filter(SHOWN[show][1], self.rows))

    @property
    def faults(self) -> dict[int, Sequence[str]]:
        """The reasons against each bad row."""
        return {row.line: row.faults for row in self.rows if row.faults}

    @property
    def writes(self) -> int:
        """How many rows an import would take."""
        return self.count("new") + self.count("more")


#: What can be chosen to be shown.
SHOWN: dict[str, tuple[str, Callable[[SeenRow], bool]]] = {
    "all": ("全部", lambda row: True),
    "problems": ("只看有问题的行", lambda row: bool(row.faults or row.warnings)),
    "bad": ("不能导入", lambda row: row.fate is Fate.BAD),
    "doubts": ("请核对", lambda row: bool(row.warnings)),
    "new": ("新导入", lambda row: row.fate is Fate.NEW),
    "more": ("补充", lambda row: row.fate is Fate.MORE),
    "same": ("没有变化", lambda row: row.fate is Fate.SAME),
}


def seen(reading: Reading, outlook: Outlook) -> Seen:
    """A ledger that was read, with what an import would do."""
    fields = {place: field for field, place in reading.header.places.items()}
    cells = {line.number: line.cells for line in reading.sheet.lines}
    known = sorted(fields)
    rows = [
        SeenRow(
            line=line,
            fate=fate,
            number=outlook.numbers.get(line, ""),
            cells=[_shown(fields[place], cells[line], place) for place in known],
            faults=list(outlook.faults.get(line, ())),
            warnings=list(outlook.warnings.get(line, ())),
        )
        for line, fate in outlook.fates.items()
    ]
    columns = list(_columns(reading.header.titles, fields))
    return Seen(
        name=reading.sheet.name,
        digest=outlook.digest,
        header=reading.header.line,
        columns=columns,
        rows=rows,
    )


def _columns(titles: Sequence[str], fields: dict[int, str]) -> Iterable[SeenColumn]:
    for place, title in enumerate(titles):
        if title and not is_passed_over(title):
            letter = get_column_letter(place + 1)
            yield SeenColumn(letter=letter, title=" ".join(title.split()), field=fields.get(place))


def _shown(field: str, cells: Sequence[Cell], place: int) -> str:
    text = text_of(cells[place]) if place < len(cells) else ""
    text = MASKS[field](text) if field in MASKS and text else text
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
