"""What came of an act on many cases: kept for its author for a day, to be read, saved and gone on with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from api.accounts import User
from api.settings import Settings
from workflow import aside
from workflow.store import Store

REPORT, LETTERS = "report", "letters"


class Line(BaseModel):
    """One case: what was said against it, if anything."""

    number: str
    title: str
    against: str = ""
    article: str = ""

    @property
    def done(self) -> bool:
        """Whether the act was done."""
        return not self.against


class Report(BaseModel):
    """The whole of it."""

    act: str
    zh: str
    lines: list[Line]
    #: The form as it was sent, for those that are tried again.
    typed: dict[str, list[str]] = {}
    #: How many letters lie ready to be printed.
    letters: int = 0

    @property
    def done(self) -> list[Line]:
        """What was done."""
        return [line for line in self.lines if line.done]

    @property
    def left(self) -> list[Line]:
        """What was not."""
        return [line for line in self.lines if not line.done]

    @property
    def rows(self) -> Iterator[list[str]]:
        """The lines as they are saved."""
        for line in self.lines:
            result = "办成" if line.done else "未办"
            yield [line.number, line.title, self.zh, result, line.against]


@dataclass(frozen=True, slots=True)
class Title:
    """The head of a column of the saved report."""

    zh: str
    wide: bool = False


TITLES = (
    Title("登记编号"),
    Title("信息名称", wide=True),
    Title("事项"),
    Title("结果"),
    Title("原因", wide=True),
)


def keep(store: Store, settings: Settings, user: User, report: Report, more: Mapping[str, bytes]) -> str:
    """Lay it aside, with what goes with it; gives the key."""
    key = aside.new_key()
    for part, content in {**more, REPORT: report.model_dump_json().encode()}.items():
        aside.lay(store.seal, settings.aside, key, part, content, whose=_whose(user))
    return key


def kept(store: Store, settings: Settings, user: User, key: str) -> Report:
    """The report under that key; raises NotFound."""
    return Report.model_validate_json(part(store, settings, user, key, REPORT))


def part(store: Store, settings: Settings, user: User, key: str, name: str) -> bytes:
    """Something that goes with it; raises NotFound."""
    return aside.take(store.seal, settings.aside, key, name, whose=_whose(user))


def _whose(user: User) -> str:
    return f"{user.agency_id} {user.id}"
