"""Cases are found by words: Chinese ones of any length, parts of numbers; never by papers."""

import pytest
from sqlalchemy import Engine

import letters
from tests.database.test_schema import OLDEST
from tests.ledger.sheets import ID_NUMBER, PHONE, bring, numbered
from tests.office import FIRST_DAY, KEY, Office
from workflow.grams import pieces, sought
from workflow.migrations import upgrade
from workflow.migrations.schema import statements, words_of
from workflow.queries import cases, ledger
from workflow.queries.cases import Filter
from workflow.queries.ledger import Page, Place
from workflow.sealing import Seal
from workflow.store import Store
from workflow.vocabulary import Action

TITLE = "泉山路片区征地补偿方案"
DESCRIPTION = "２０２５年泉山路片区征收土地的批复（鲁政土字〔2025〕88号）及Appendix"


@pytest.fixture
def number(office: Office) -> str:
    """A case with a title and a description of its own, among others."""
    office.register()
    found = office.register(
        applicant={"kind": "natural_person", "name": "欧阳锋", "id_number": ID_NUMBER, "contact": PHONE},
        request={"title": TITLE, "description": DESCRIPTION},
    )
    office.register()
    return found


def found(office: Office, words: str, *, size: int = cases.PAGE, cursor: int | None = None) -> list[str]:
    """The numbers of the cases that have these words, in the order of the list."""
    with office.store.reading() as session:
        agencies = frozenset({office.agency.id or 0})
        page = cases.page(session, agencies, Filter(words=words), FIRST_DAY, cursor=cursor, size=size)
        return [task.number for task in page.tasks]


@pytest.mark.parametrize(
    "words",
    [
        "征地补偿",
        "征地",
        "泉",
        "复",
        "泉山路 批复",
        "批复 欧阳",
        "欧阳锋",
        "鲁政土字〔2025〕88号",
        "88",
        "appendix",
        "APPENDIX",
        "２０２５年泉山",
        "2025年泉山",
        "2025年泉山路片区",
        "(鲁政土字〔2025〕88号)",
        "及ＡＰＰＥＮＤＩＸ",
        "append 方案",
    ],
)
def test_a_case_is_found_by(office: Office, number: str, words: str) -> None:
    assert found(office, words) == [number]


@pytest.mark.parametrize(
    "words", ["地征", "征偿", "泉山路 财政", "路片山", "ppendixx", ID_NUMBER, "3706851980", PHONE]
)
def test_a_case_is_not_found_by(office: Office, number: str, words: str) -> None:
    assert found(office, words) == []


def test_a_number_is_found_by_any_part_of_it(office: Office, number: str) -> None:
    code, year, running = number.split("-")

    for part in (number, number.lower(), f"{year}-{running}", running, f"{code[1:]}-{year}-{running}"):
        assert found(office, part) == [number], part
    assert len(found(office, year)) == 3
    assert len(found(office, f"{code}-{year}")) == 3


def test_signs_alone_are_looked_for_as_they_stand(office: Office, number: str) -> None:
    assert found(office, "〔") == [number]
    assert found(office, "%") == []
    assert found(office, "_") == []


def test_of_several_agencies_each_finds_its_own_and_their_supervisor_all(office: Office, number: str) -> None:
    other = office.other()
    theirs = other.register(request={"title": TITLE, "description": DESCRIPTION})
    agencies = [each.agency.id or 0 for each in (office, other)]

    with office.store.reading() as session:
        pages = [
            cases.page(session, frozenset(each), Filter(words="片区征地"), FIRST_DAY)
            for each in (agencies[:1], agencies[1:], agencies)
        ]

    assert [[task.number for task in page.tasks] for page in pages] == [[number], [theirs], [theirs, number]]


def test_what_is_found_turns_page_by_page_latest_first(office: Office) -> None:
    made = [office.register() for _ in range(5)]

    first = found(office, "征收补偿", size=2)
    with office.store.reading() as session:
        agencies = frozenset({office.agency.id or 0})
        page = cases.page(session, agencies, Filter(words="征收补偿"), FIRST_DAY, size=2)
    second = found(office, "征收补偿", size=2, cursor=page.cursor)

    assert first + second == made[:0:-1]


def test_a_corrected_title_is_found_and_the_wrong_one_is_not(office: Office, number: str) -> None:
    changes = {"request": {"title": "玲珑镇片区方案"}, "applicant": {"name": "欧阳峰"}}

    office.do(number, Action.RECTIFY, FIRST_DAY, event=1, changes=changes, reason="笔误")

    assert found(office, "玲珑镇 欧阳峰") == [number]
    assert found(office, "征地补偿") == []
    assert found(office, "欧阳锋") == []


def test_an_imported_case_is_found_by_the_number_of_its_ledger(office: Office) -> None:
    bring(office.store, *numbered(2))

    assert found(office, "zy2026-002") == ["ZY2026-002"]
    assert found(office, "安置") == ["ZY2026-002", "ZY2026-001"]


def test_what_a_later_ledger_says_is_found_with_it(office: Office) -> None:
    bring(office.store, *numbered(1))

    bring(office.store, *numbered(1, 答复日期="2026-07-20", 处理决定="予以公开"))

    assert found(office, "安置") == ["ZY2026-001"]


AGENCY = "INSERT INTO agencies VALUES (1, 'ZY', '招远市', '招', 'government', NULL, '', '', '', '')"
CASE = (
    "INSERT INTO cases (id, number, agency_id, applicant_kind, applicant_name, person_index, title, "
    "description, request_digest, created_at, version, state, channel, provisional, excluded_workdays, "
    "extension_workdays, overdue_when_paused, calendar) VALUES (1, 'ZY-2025-0001', 1, 'natural_person', "
    "'欧阳锋', '', '泉山路片区征地补偿方案', '', '', '2025-03-05 00:00:00', 1, 'screening', 'in_person', "
    "false, 0, 0, false, 0)"
)


def test_an_older_database_is_looked_through_whole(empty: Engine) -> None:
    dialect = empty.dialect.name
    with empty.begin() as connection:
        for statement in statements(dialect, words_of(OLDEST, dialect)):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        connection.exec_driver_sql(AGENCY)
        connection.exec_driver_sql(CASE)

    upgrade(empty)

    with Store(empty, Seal(KEY), letters.issue).reading() as session:
        for words in ("征地补偿", "锋", "2025-0001"):
            page = cases.page(session, frozenset({1}), Filter(words=words), FIRST_DAY)
            assert [task.number for task in page.tasks] == ["ZY-2025-0001"], words


def test_neither_papers_nor_contacts_stand_in_the_index(office: Office, number: str) -> None:
    assert not {piece for piece in pieces(ID_NUMBER, PHONE) if len(piece) > 4} & indexed(office)


def indexed(office: Office) -> set[str]:
    """Every piece of the index."""
    with office.store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            query = "SELECT unnest(tsvector_to_array(words)) FROM case_search"
            return set(connection.exec_driver_sql(query).scalars())
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, case_search, row)")
        return set(connection.exec_driver_sql("SELECT term FROM temp.terms").scalars())


# --- The pieces themselves ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("征地", ["地", "征地"]),
        ("征，地", ["地", "征"]),
        ("AB-1", ["1", "ab1", "b1"]),
        ("第3号", ["3", "号", "第"]),
        ("……", []),
        ("123456789", ["12345678", "23456789", "3456789", "456789", "56789", "6789", "789", "89", "9"]),
    ],
)
def test_a_text_is_kept_by_its_pieces(said: str, kept: list[str]) -> None:
    assert pieces(said) == sorted(kept)


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("征地补", [("征地", False), ("地补", False)]),
        ("征", [("征", True)]),
        ("2026-1", [("20261", True)]),
        ("123456789", [("12345678", False), ("23456789", False)]),
        ("%_", []),
    ],
)
def test_a_word_is_looked_for_by_its_pieces(word: str, asked: list[tuple[str, bool]]) -> None:
    assert sought(word) == asked


def test_a_word_that_many_cases_have_turns_page_by_page_like_any_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [office.register() for _ in range(7)][::-1]
    monkeypatch.setattr(ledger, "NEAR", 4)

    def page(words: str, place: Place) -> tuple[list[str], Page]:
        with office.store.reading() as session:
            agencies = frozenset({office.agency.id or 0})
            found = ledger.page(session, agencies, ledger.Filter(words=words), FIRST_DAY, place, size=2)
            return [row.number for row in found.rows], found

    for words in ("征收补偿", "征", "征收 方案"):
        place: Place | None = Place()
        turned = list[str]()
        while place:
            numbers, found = page(words, place)
            turned += numbers
            place = found.older
        assert turned == made, words
        assert page(words, Place(before=found.rows[0].id))[0] == made[4:6], words
    assert page("2026-0001", Place())[0] == made[-1:]
