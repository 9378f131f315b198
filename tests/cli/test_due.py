"""`mingda due`: the last day of a period, day by day."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.database.test_calendar_import import CHANGED, load
from tests.office import Office
from tests.program import CHECKOUT, mingda, settings


def test_working_days_are_counted_out_and_rest_days_explained(command: Command) -> None:
    done = command("due", "--from", "2026-02-05", "--workdays", 20, "--json")

    assert done.status == 0
    document = done.document
    assert (document["due_on"], document["provisional"]) == ("2026-03-11", False)
    assert document["days"][0] == {"date": "2026-02-06", "n": 1}
    assert document["days"][-1] == {"date": "2026-03-11", "n": 20}
    assert {"date": "2026-02-15", "why": "春节"} in document["skipped"]
    # The make-up Saturdays count.
    assert {"2026-02-14", "2026-02-28"} <= {day["date"] for day in document["days"]}


@pytest.mark.parametrize(
    ("start", "period", "nominal", "due_on"),
    [
        pytest.param("2025-08-05", "--natural-days=60", "2025-10-04", "2025-10-09", id="ends in 国庆 周六"),
        pytest.param("2025-08-31", "--months=6", "2026-02-28", "2026-02-28", id="ends on a make-up 周六"),
        pytest.param("2026-07-01", "--natural-days=15", "2026-07-16", "2026-07-16", id="ends on a 周四"),
        pytest.param("2026-01-31", "--months=1", "2026-02-28", "2026-02-28", id="a month without that day"),
    ],
)
def test_natural_days_and_months_roll_forward(
    command: Command, start: str, period: str, nominal: str, due_on: str
) -> None:
    done = command("due", "--from", start, period, "--json")

    assert (done.document["nominal"], done.document["due_on"]) == (nominal, due_on)


def test_a_year_without_a_notice_gives_provisional_dates(command: Command) -> None:
    done = command("due", "--from", "2026-12-22", "--workdays", 20)
    as_json = command("due", "--from", "2026-12-22", "--workdays", 20, "--json")

    assert (as_json.document["due_on"], as_json.document["provisional"]) == ("2027-01-20", True)
    assert done.out.splitlines()[-1] == "届满日：2027-01-20（暂定：所涉年度的放假安排尚未公布）"


def test_a_person_is_told_day_by_day(command: Command) -> None:
    done = command("due", "--from", "2026-02-13", "--workdays", 2)

    assert done.out.splitlines()[0] == "2026-02-14  第1个工作日"
    assert "2026-02-15  不计：春节" in done.out
    assert done.out.splitlines()[-1] == "届满日：2026-02-24"


#: A faulty command line, and the option that is named.
FAULTY = {
    "no start": (["--workdays", "20"], "--from"),
    "no period": (["--from", "2026-02-05"], "--workdays"),
    "two periods": (["--from", "2026-02-05", "--workdays", "20", "--months", "6"], "--workdays"),
    "not a day": (["--from", "2026-02-30", "--workdays", "20"], "--from"),
    "another form of day": (["--from", "2026/02/05", "--workdays", "20"], "--from"),
    "nought days": (["--from", "2026-02-05", "--workdays", "0"], "--workdays"),
    "days below nought": (["--from", "2026-02-05", "--natural-days", "-3"], "--natural-days/--months"),
    "not a number": (["--from", "2026-02-05", "--workdays", "twenty"], "--workdays"),
    "beyond the calendar": (["--from", "2059-12-01", "--workdays", "600"], "--from"),
    "far beyond the calendar": (["--from", "9999-12-31", "--months", "6"], "--from"),
    "before the calendar": (["--from", "1949-10-01", "--workdays", "20"], "--from"),
    "no such option": (["--form", "2026-02-05"], "--form"),
    "no such database": (
        ["--from", "2026-02-05", "--workdays", "1", "--database", "sqlite:////nowhere/mingda.db"],
        "--database",
    ),
    "not a database": (["--from", "2026-02-05", "--workdays", "1", "--database", "mingda"], "--database"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_bad_input_is_told_with_the_option_that_is_wrong(command: Command, fault: str) -> None:
    words, where = FAULTY[fault]

    done = command("due", *words, "--json")

    assert done.status == 2
    assert done.document["error"]["where"] == where
    assert done.err.startswith(where)


def test_the_calendar_of_a_database_is_used_on_demand(
    command: Command, office: Office, database_url: str
) -> None:
    load(office.store, CHANGED)
    period = ("due", "--from", "2026-07-01", "--workdays", 20, "--json")

    assert command(*period).document["due_on"] == "2026-07-29"
    assert command(*period, "--database", database_url).document["due_on"] == "2026-07-30"


def test_a_file_without_tables_is_told(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()

    done = command(
        "due", "--from", "2026-07-01", "--workdays", 1, "--database", f"sqlite:///{file}", "--json"
    )

    assert (done.status, done.document["error"]["where"]) == (2, "--database")


#: What takes long to import, and has no part in counting days.
HEAVY = ("sqlalchemy", "sqlmodel", "alembic", "psycopg", "fastapi", "starlette", "uvicorn", "jinja2", "rich")
HEAVY_TOO = ("cryptography", "transitions", "apscheduler", "structlog", "openpyxl", "letters")
TELL_MODULES = """
import sys
from api.cli import main
try:
    main()
except SystemExit:
    sys.stderr.write(" ".join(sys.modules))
"""


@pytest.mark.parametrize(
    "words",
    [
        ["due", "--from", "2026-02-05", "--workdays", "20", "--json"],
        ["due", "--from", "2026-02-05", "--months", "6"],
        ["fee", "--pieces", "5", "--before", "28", "--json"],
        ["fee", "--pages", "68"],
    ],
    ids=" ".join,
)
def test_the_law_alone_needs_neither_sql_nor_web(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TELL_MODULES, *words],
        capture_output=True,
        encoding="utf-8",
        env=settings({"MINGDA_DATA": str(tmp_path / "data")}),
        cwd=CHECKOUT,
        check=True,
    )

    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert "workflow" in loaded
    assert loaded.isdisjoint((*HEAVY, *HEAVY_TOO))
    assert list(tmp_path.iterdir()) == []


def test_its_users_get_the_same() -> None:
    done = mingda("due", "--from", "2026-02-05", "--workdays", "20", "--json", env={})

    assert (done.status, done.document["due_on"], done.err) == (0, "2026-03-11", "")
