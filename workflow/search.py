"""Finding cases by words: the index is written with the case, in the same transaction.

What is looked through: numbers, title, description and the applicant's name. ID numbers and contacts never.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, column, func, literal, or_, select, table, text

from workflow.grams import pieces, plain, sought
from workflow.store import Session
from workflow.tables import CASES

#: The columns of a case that are looked through.
SEARCHED = ("number", "intake_number", "title", "description", "applicant_name")
#: The sign that takes the meaning of % and _ away in a search for words.
ESCAPE = "\\"

#: Before the key of an agency this makes a piece that stands in no text: by it an agency's own are found.
OF_AGENCY = "\ue000"

_READ = (CASES.c.id, CASES.c.agency_id, *(CASES.c[name] for name in SEARCHED))
_TEXTS = select(*_READ).where(CASES.c.id == bindparam("case_id"))
#: How a case is written into the index.
ADD = {
    "sqlite": text("INSERT INTO case_search (rowid, words) VALUES (:case_id, :words)"),
    "postgresql": text(
        "INSERT INTO case_search (case_id, words) "
        "VALUES (:case_id, array_to_tsvector(string_to_array(CAST(:words AS text), ' ')))"
    ),
}
_FORGET = {
    "sqlite": text("INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', :case_id, :words)"),
    "postgresql": text("DELETE FROM case_search WHERE case_id = :case_id"),
}
#: Where the key of the case stands, what is asked, and how a piece that may go on is written.
_KEY = {"sqlite": "rowid", "postgresql": "case_id"}
_MATCH = {
    "sqlite": text("case_search MATCH :pieces"),
    "postgresql": text("case_search.words @@ CAST(:pieces AS tsquery)"),
}
_WRITTEN = {"sqlite": ('"{}"', '"{}"*', " AND "), "postgresql": ("'{}'", "'{}':*", " & ")}


def add(session: Session, row: Row[Any]) -> None:
    """Let a new case be found."""
    session.execute(ADD[_dialect(session)], {"case_id": row.id, "words": _words(row)})


def forget(session: Session, case_id: int) -> None:
    """Let a case no longer be found, while its texts are still what they were."""
    row = session.execute(_TEXTS, {"case_id": case_id}).one()
    session.execute(_FORGET[_dialect(session)], {"case_id": case_id, "words": _words(row)})


def add_again(session: Session, case_id: int) -> None:
    """Let a case that was forgotten be found by its texts as they are now."""
    add(session, session.execute(_TEXTS, {"case_id": case_id}).one())


def _words(row: Row[Any]) -> str:
    return words_of(row.agency_id, *(row._mapping[name] or "" for name in SEARCHED))


def words_of(agency_id: int, *texts: str) -> str:
    """What the index keeps of a case: the pieces of its texts, and whose it is."""
    return " ".join([*pieces(*texts), f"{OF_AGENCY}{agency_id}"])


def _dialect(session: Session) -> str:
    return session.store.engine.dialect.name


def narrowed(
    session: Session, query: Select[Any], words: Collection[str], agencies: Collection[int]
) -> tuple[Select[Any], ColumnElement[int]]:
    """The query with only the cases that have every one of the words, and the key to order them by.

    The index tells which cases can have them, their texts which have. SQLite gives them in the order of its
    own key at once; by any other name of it, it would sort them all. The sum keeps it from asking the index
    about case after case.
    """
    dialect = _dialect(session)
    query = query.where(*(_contains(dialect, word) for word in words if not _proved(word)))
    wanted = [each for word in words for each in sought(word)]
    if not wanted:
        return query, CASES.c.id
    wanted += [(f"{OF_AGENCY}{each}", False) for each in agencies if len(agencies) == 1]
    index = table("case_search", column(_KEY[dialect]))
    key = index.c[_KEY[dialect]]
    same = (key + 0 if dialect == "sqlite" else key) == CASES.c.id
    return query.join(index, same).where(_MATCH[dialect].bindparams(pieces=_asked(dialect, wanted))), key


def among(keys: Select[tuple[int]], words: Collection[str]) -> tuple[Select[tuple[int]], ColumnElement[int]]:
    """Which of those few cases have every one of the words, and their key; for PostgreSQL.

    It takes a word of many pieces for rarer than it is, and gathers all who have it before it orders them:
    a word that many cases have is found sooner by looking at the latest one after the other. That the match
    "is true" keeps it from the index here.
    """
    near = keys.subquery()
    if wanted := [each for word in words for each in sought(word)]:
        index = table("case_search", column("case_id"))
        match = text("(case_search.words @@ CAST(:pieces AS tsquery)) IS TRUE")
        able = select(near.c.id).join(index, index.c.case_id == near.c.id)
        able = able.where(match.bindparams(pieces=_asked("postgresql", wanted)))
        near = able.offset(0).subquery()  # By itself: their texts, which take longer, are read thereafter.
    query = select(near.c.id).join(CASES, CASES.c.id == near.c.id)
    return query.where(*(_contains("postgresql", word) for word in words if not _proved(word))), near.c.id


def _asked(dialect: str, wanted: Iterable[tuple[str, bool]]) -> str:
    """The pieces as the index is asked for all of them together."""
    exact, open_end, and_ = _WRITTEN[dialect]
    return and_.join((open_end if more else exact).format(piece) for piece, more in dict.fromkeys(wanted))


def _proved(word: str) -> bool:
    """Whether the index alone tells: one or two Chinese characters."""
    asked = [piece for piece, _more in sought(word)]
    return asked == [word] and not word.isascii()


def _contains(dialect: str, word: str) -> ColumnElement[bool]:
    """As it stands, or else (which takes longer) by texts that are full width where it is not, and so on.

    Chinese has no case: to look for it without is several times as fast.
    """
    cased = word.lower() != word.upper()
    columns = [CASES.c[name] for name in SEARCHED]
    as_it_stands = [(c.ilike if cased else c.like)(_anywhere(word), escape=ESCAPE) for c in columns]
    texts: ColumnElement[str] = func.coalesce(columns[0], "")
    for each in columns[1:]:
        texts = texts.concat(literal(" ")).concat(func.coalesce(each, ""))
    return or_(*as_it_stands, _plain(dialect, texts).like(_anywhere(plain(word)), escape=ESCAPE))


def _anywhere(word: str) -> str:
    for sign in (ESCAPE, "%", "_"):
        word = word.replace(sign, ESCAPE + sign)
    return f"%{word}%"


def _plain(dialect: str, texts: ColumnElement[str]) -> ColumnElement[str]:
    """The texts as `grams.plain` has them; SQLite is told how by the store."""
    if dialect == "sqlite":
        return func.plain(texts)
    return func.lower(func.normalize(texts, text("NFKC")))
