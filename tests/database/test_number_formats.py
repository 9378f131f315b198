"""Whatever way an office writes its numbers, and however often it changes that: none comes out twice."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

import letters
from tests import processes
from tests.database.test_numbers import letter_numbers
from tests.office import FIRST_DAY, Office, morning
from workflow import agencies
from workflow.commands.numbers import explain, go_on_from
from workflow.commands.office import OfficeSettings, as_entered, change_settings
from workflow.correspondence import LetterOrder, WrittenLetter
from workflow.errors import BadInput
from workflow.numberformat import SHARED
from workflow.numbering import WRITTEN_BEFORE, Series, Why, counters_of, given, upcoming
from workflow.store import Store
from workflow.tables import LETTERS, NUMBER_GAPS
from workflow.vocabulary import Action, Role, State

ASK = Action.REQUEST_CLARIFICATION

#: What the standard way would write for receipts, without saying that it is their group.
POSING = "{code}公开收〔{year}〕{n}号"
PLAIN = "{code}公开〔{year}〕第{n}号"


def change(office: Office, **values: str | None) -> None:
    """Change some of the office's settings, keeping the others."""
    who = by(office)
    with office.store.transaction() as session:
        seen = as_entered(agencies.by_id(session, office.agency.id or 0))
        entered = {name: value or None for name, value in (seen | values).items()}
        wanted = OfficeSettings.model_validate(entered)
        assert change_settings(session, office.agency.id or 0, seen, wanted, **who) == {}


def by(office: Office) -> dict[str, Any]:
    return {"by": office.staff(Role.ADMIN).user_id, "at": morning(FIRST_DAY)}


def why(office: Office, reason: str = "七月一日前使用纸质登记簿") -> Why:
    return Why(reason, **by(office))


def gaps(office: Office) -> list[tuple[str, int, int, str]]:
    """The numbers passed over, and why."""
    columns = (NUMBER_GAPS.c.series, NUMBER_GAPS.c.first, NUMBER_GAPS.c.last, NUMBER_GAPS.c.reason)
    with office.store.reading() as session:
        rows = session.execute(select(*columns).order_by(NUMBER_GAPS.c.id))
        return [tuple(row) for row in rows]


def accounted(office: Office, year: int = 2026) -> bool:
    """Whether each number of each counter is borne by one letter, or passed over with a reason."""
    with office.store.reading() as session:
        last: Mapping[str, int] = given(session, office.agency.id or 0, year)
        rows = session.execute(select(LETTERS.c.series, LETTERS.c.n)).all()
    for series in {row.series for row in rows}:
        borne = [row.n for row in rows if row.series == series]
        passed = [
            n for name, first, end, _why in gaps(office) if name == series for n in range(first, end + 1)
        ]
        if sorted(borne + passed) != list(range(1, last[series] + 1)):
            return False
    return True


def test_an_office_writes_its_numbers_its_own_way(office: Office) -> None:
    change(office, letter_code="招自然资", number_format="{code}公开（{year}）第{n}号-{series}")

    office.case_at(State.CONCLUDED)

    assert letter_numbers(office) == [
        "招自然资公开（2026）第1号-收",
        "招自然资公开（2026）第2号-收",
        "招自然资公开（2026）第1号-告",
    ]


def test_without_the_group_all_letters_share_one_counter(office: Office) -> None:
    change(office, letter_code="招自然资", number_format=PLAIN)

    office.case_at(State.CONCLUDED)

    assert letter_numbers(office) == [f"招自然资公开〔2026〕第{n}号" for n in (1, 2, 3)]
    with office.store.reading() as session:
        agency = agencies.by_id(session, office.agency.id or 0)
        assert counters_of(agency) == (SHARED,)
        assert set(upcoming(session, agency, 2026).values()) == {"招自然资公开〔2026〕第4号"}


def test_the_next_number_of_each_group_is_told_before_it_is_given(office: Office) -> None:
    office.case_at(State.AWAITING_CLARIFICATION)

    with office.store.reading() as session:
        told = upcoming(session, agencies.by_id(session, office.agency.id or 0), 2026)

    head = office.agency.letter_code
    assert told["补"] == f"{head}公开补〔2026〕2号"
    assert told["告"] == f"{head}公开告〔2026〕1号"


def test_a_pattern_changed_to_and_fro_goes_on_where_it_was(office: Office) -> None:
    for pattern in ("", PLAIN, "", PLAIN):
        change(office, number_format=pattern)
        office.register()

    head = office.agency.letter_code
    assert letter_numbers(office) == [
        f"{head}公开收〔2026〕1号",
        f"{head}公开〔2026〕第1号",
        f"{head}公开收〔2026〕2号",
        f"{head}公开〔2026〕第2号",
    ]
    assert gaps(office) == []


def test_a_pattern_that_writes_like_the_old_one_begins_behind_it(office: Office) -> None:
    for pattern in ("", "", POSING, POSING, "", POSING):
        change(office, number_format=pattern)
        office.register()

    head = office.agency.letter_code
    assert letter_numbers(office) == [f"{head}公开收〔2026〕{n}号" for n in range(1, 7)]
    assert gaps(office) == [
        (SHARED, 1, 2, WRITTEN_BEFORE),
        ("收", 3, 4, WRITTEN_BEFORE),
        (SHARED, 5, 5, WRITTEN_BEFORE),
    ]
    assert accounted(office)


def test_a_code_given_up_and_taken_back_begins_behind_its_numbers(office: Office) -> None:
    for code in ("招自然", "招自然资", "招自然", "招自然资"):
        change(office, letter_code=code)
        office.register()

    assert letter_numbers(office) == [
        "招自然公开收〔2026〕1号",
        "招自然资公开收〔2026〕2号",
        "招自然公开收〔2026〕3号",
        "招自然资公开收〔2026〕4号",
    ]


def test_each_year_is_kept_clear_for_itself(office: Office) -> None:
    for on in (date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 4)):
        office.register(on=on)

    change(office, number_format=POSING)
    office.register(on=date(2026, 12, 31))
    office.register(on=date(2027, 1, 4))

    head = office.agency.letter_code
    assert letter_numbers(office)[-2:] == [f"{head}公开收〔2026〕3号", f"{head}公开收〔2027〕2号"]


def test_numbers_given_on_paper_are_kept_clear_as_well(office: Office) -> None:
    said = why(office)
    with office.store.transaction() as session:
        go_on_from(session, Series(office.agency.id or 0, 2026, "收"), 38, said)

    change(office, number_format=POSING)
    office.register()

    assert letter_numbers(office) == [f"{office.agency.letter_code}公开收〔2026〕38号"]


PATTERNS = ("", POSING, PLAIN, "{code}公开{series}〔{year}〕第{n}号", "{code}公开收〔{year}〕第{n}号")


def test_after_any_changes_every_number_is_given_once_or_explained(office: Office) -> None:
    order = Random(2026).choices(PATTERNS, k=24)
    assert set(order) == set(PATTERNS)
    for turn, pattern in enumerate(order):
        change(office, number_format=pattern, letter_code="招资" if turn % 3 else "招自然资")
        office.register()
        if turn % 4 == 0:
            office.case_at(State.AWAITING_CLARIFICATION)

    numbers = letter_numbers(office)
    assert len(numbers) == len(set(numbers)) == 24 + 6 * 3
    assert accounted(office)


def test_processes_that_share_a_counter_never_give_one_number_twice(
    office: Office, database_url: str
) -> None:
    change(office, letter_code="招资", number_format=PLAIN)
    work = [(database_url, office.agency.code, f"第{n}进程", 25, FIRST_DAY) for n in range(4)]

    processes.together(processes.register_many, work)

    assert sorted(letter_numbers(office)) == sorted(f"招资公开〔2026〕第{n}号" for n in range(1, 101))


def test_a_pattern_that_changes_while_letters_go_out_gives_none_twice(
    office: Office, database_url: str
) -> None:
    work: list[tuple[Any, ...]] = [
        (processes.register_many, (database_url, office.agency.code, f"第{n}进程", 25, FIRST_DAY))
        for n in range(3)
    ]
    staff = office.staff(Role.ADMIN).user_id
    flips = (database_url, office.agency.code, staff, [POSING, None] * 8, FIRST_DAY)

    processes.together(processes.do, [*work, (processes.change_number_format, flips)])

    numbers = letter_numbers(office)
    assert len(numbers) == len(set(numbers)) == 75
    assert accounted(office)


def test_a_change_waits_for_the_letter_that_is_being_numbered(office: Office) -> None:
    numbers, clerk = [office.register() for _ in range(3)], office.staff(Role.CLERK)
    office.staff(Role.ADMIN)
    office.do(numbers.pop(), ASK, FIRST_DAY, items=["年份"])
    posing = "{code}公开补〔{year}〕{n}号"
    with ThreadPoolExecutor() as threads:
        changing: list[Future[None]] = []

        def issue(order: LetterOrder) -> WrittenLetter:
            changing.append(threads.submit(change, office, number_format=posing))
            assert not wait(changing, timeout=0.3).done
            return letters.issue(order)

        store = Store(office.store.engine, office.store.seal, issue)
        Office(store, office.agency).do(numbers[0], ASK, FIRST_DAY, by=clerk, items=["年份"])
        changing[0].result()
    office.do(numbers[1], ASK, FIRST_DAY, items=["年份"])

    head = office.agency.letter_code
    assert letter_numbers(office)[-2:] == [f"{head}公开补〔2026〕{n}号" for n in (2, 3)]


# --- Gaps -----------------------------------------------------------------------------------------------


def test_an_office_that_began_on_paper_goes_on_with_its_numbers(office: Office) -> None:
    office.register()
    series, said = Series(office.agency.id or 0, 2026, "收"), why(office)

    with office.store.transaction() as session:
        go_on_from(session, series, 38, said)
    office.register()

    assert letter_numbers(office)[-1] == f"{office.agency.letter_code}公开收〔2026〕38号"
    assert gaps(office) == [("收", 2, 37, "七月一日前使用纸质登记簿")]
    assert accounted(office)


@pytest.mark.parametrize(
    ("series", "next_n", "reason", "told"),
    [
        ("收", 1, "纸质", "2026年已使用到1号，应填写3至99999"),
        ("收", 2, "纸质", "应填写3至99999"),
        ("收", 100_000, "纸质", "应填写3至99999"),
        ("告", 1, "纸质", "2026年尚未使用，应填写2至99999"),
        ("登记", 38, "纸质", "没有类别“登记”"),
        ("收", 38, " ", "请说明原因"),
        ("收", 38, "纸" * 201, "原因最长200个字"),
    ],
)
def test_a_counter_never_goes_back_nor_on_without_a_reason(
    office: Office, series: str, next_n: int, reason: str, told: str
) -> None:
    said = why(office, reason)
    office.register()

    with pytest.raises(BadInput, match=told), office.store.transaction() as session:
        go_on_from(session, Series(office.agency.id or 0, 2026, series), next_n, said)

    office.register()
    assert letter_numbers(office)[-1] == f"{office.agency.letter_code}公开收〔2026〕2号"
    assert gaps(office) == []


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (1, 2, "1号已有文书，不是空号"),
        (0, 3, "序号从1开始"),
        (3, 2, "止号不能小于起号"),
        (3, 9, "只使用到4号"),
    ],
)
def test_only_a_number_that_bears_no_letter_is_explained(
    office: Office, first: int, last: int, told: str
) -> None:
    series, said = Series(office.agency.id or 0, 2026, "收"), why(office)
    office.register()
    with office.store.transaction() as session:
        go_on_from(session, series, 5, said)

    with pytest.raises(BadInput, match=told), office.store.transaction() as session:
        explain(session, series, first, last, said)

    assert len(gaps(office)) == 1


def test_a_later_explanation_stands_beside_the_earlier(office: Office) -> None:
    series = Series(office.agency.id or 0, 2026, "收")
    paper, spoilt = why(office), why(office, "三号文书印制错误，已作废")
    with office.store.transaction() as session:
        go_on_from(session, series, 5, paper)
        explain(session, series, 3, 3, spoilt)

    assert gaps(office)[1:] == [("收", 3, 3, "三号文书印制错误，已作废")]


# --- Settings -------------------------------------------------------------------------------------------


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(office: Office) -> None:
    stale = as_entered(office.agency)
    change(office, phone="0535-1112223")
    wanted = OfficeSettings.model_validate({"letter_code": "招资", "phone": "0535-4445556"})
    who = by(office)

    with office.store.transaction() as session:
        moved = change_settings(session, office.agency.id or 0, stale, wanted, **who)

    assert moved == {"phone": "0535-1112223"}
    with office.store.reading() as session:
        assert agencies.by_id(session, office.agency.id or 0).letter_code == office.agency.letter_code


def test_two_agencies_cannot_take_the_same_code(office: Office) -> None:
    other = office.other()
    change(other, letter_code="招财")

    with pytest.raises(BadInput, match="“招财”是招远市财政局的机关代字"):
        change(office, letter_code="招财")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("letter_code", "招 资"),
        ("letter_code", "{code}"),
        ("letter_code", "招" * 21),
        ("phone", "请来电"),
        ("address", "府前路\u202e1号"),
        ("court", "招远市\n人民法院"),
        ("online_channel", "javascript://alert(1)"),
        ("online_channel", "https://例 子"),
        ("number_format", "{code}〔{year}〕"),
        ("number_format", "{code}〔{year}〕{n}号-回执"),
        ("letter_code", "招资-回执"),
        ("name", "另一个机关"),
    ],
)
def test_a_setting_that_no_letter_could_show_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        OfficeSettings.model_validate({"letter_code": "招资", name: value})


def test_a_case_that_goes_on_after_the_change_is_numbered_the_new_way(office: Office) -> None:
    office.case_at(State.CONCLUDED)

    change(office, letter_code="招自然资", number_format=PLAIN)
    office.case_at(State.CONCLUDED, on=FIRST_DAY + timedelta(days=9))

    assert letter_numbers(office)[-1] == "招自然资公开〔2026〕第3号"
