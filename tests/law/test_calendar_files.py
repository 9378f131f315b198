"""A year's file as an office loads it: what is taken, and what is refused, naming the line (H4)."""

from datetime import date
from importlib import resources

import pytest

from workflow.law.workdays import BadCalendar, packaged, parse_year

GOOD = """# 国务院办公厅关于2028年部分节假日安排的通知
year = 2028
status = "official"
notice = "国办发明电〔2027〕1号"

[off]
2028-01-01 = "元旦"  # 周六
2028-01-03 = "元旦"
2028-05-01 = "劳动节"
2028-05-02 = "劳动节"
"2028-10-01" = "国庆节"
2028-10-02 = "国庆节"
2028-10-03 = "国庆节"

[workdays]
2028-10-14 = "国庆节"
"""


def test_a_notice_is_taken_as_it_stands() -> None:
    year = parse_year(GOOD, "2028.toml")

    assert (year.year, year.status, year.notice) == (2028, "official", "国办发明电〔2027〕1号")
    assert year.off[date(2028, 1, 3)] == "元旦"
    assert year.workdays == {date(2028, 10, 14): "国庆节"}


def test_a_loaded_notice_makes_its_year_final() -> None:
    assert packaged().is_provisional(date(2028, 3, 1), date(2028, 3, 31))

    loaded = packaged().with_years([parse_year(GOOD, "2028.toml")])

    assert not loaded.is_provisional(date(2028, 3, 1), date(2028, 3, 31))
    assert loaded.is_workday(date(2028, 10, 14))
    assert not loaded.is_workday(date(2028, 1, 3))


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('2028-05-01 = "劳动节"', '2028-5-1 = "劳动节"', 9, "YYYY-MM-DD"),
        ('2028-05-01 = "劳动节"', '01-05-2028 = "劳动节"', 9, "YYYY-MM-DD"),
        ('2028-05-01 = "劳动节"', '2028-02-30 = "劳动节"', 9, "有效日期"),
        ('2028-05-01 = "劳动节"', '"XXXX-05-01" = "劳动节"', 9, "YYYY-MM-DD"),
        ('2028-05-01 = "劳动节"', '2029-05-01 = "劳动节"', 9, "不在2028年"),
        ('2028-05-01 = "劳动节"', "2028-05-01 = 1", 9, "缺少节日名称"),
        ('2028-05-01 = "劳动节"', '2028-05-01 = " "', 9, "缺少节日名称"),
        ('2028-05-01 = "劳动节"', '2028-05-01 "劳动节"', 9, "不是有效的 TOML"),
        ('2028-05-02 = "劳动节"', '2028-05-01 = "劳动节"', 10, "不是有效的 TOML"),
        ('2028-05-01 = "劳动节"\n', "", 6, "2028-05-01 是法定节假日，未列为放假"),
        ('2028-10-14 = "国庆节"', '2028-10-13 = "国庆节"', 16, "周一至周五"),
        ('2028-10-14 = "国庆节"', '2028-10-01 = "国庆节"', 16, "法定节假日"),
        ('2028-10-14 = "国庆节"', '2028-10-14 = "国庆节"\n2028-01-01 = "元旦"', 17, "法定节假日"),
        (
            '"2028-10-01" = "国庆节"',
            '"2028-10-01" = "国庆节"\n2028-10-14 = "国庆节"',
            17,
            "既列为放假又列为上班",
        ),
        ("year = 2028", 'year = "2028"', 2, "年份不是整数"),
        ("year = 2028", "year = true", 2, "年份不是整数"),
        ("year = 2028", "year = 1928", 2, "年份"),
        ("year = 2028\n", "", 1, "缺少年份"),
        ("year = 2028", "year = 2029", 7, "不在2029年"),
        ('status = "official"', 'status = "final"', 3, "official 或 provisional"),
        ('notice = "国办发明电〔2027〕1号"', 'notice = " "', 4, "文号"),
        ('notice = "国办发明电〔2027〕1号"\n', "", 1, "文号"),
        ('notice = "国办发明电〔2027〕1号"', 'notice = "甲"\nsource = "乙"', 5, "没有“source”这一项"),
        ("[off]", "off = 3\n[of]", 7, "没有“of”这一项"),
    ],
    ids=lambda value: value.replace("\n", "⏎") if isinstance(value, str) else str(value),
)
def test_h4_a_malformed_or_contradictory_file_is_refused_naming_its_line(
    old: str, new: str, line: int, told: str
) -> None:
    assert old in GOOD

    with pytest.raises(BadCalendar) as refused:
        parse_year(GOOD.replace(old, new, 1), "2028.toml")

    assert str(refused.value).startswith("2028.toml 第")
    assert told in refused.value.message
    assert refused.value.line == line


@pytest.mark.parametrize("text", ["", "\n\n", "year = 2028", "这不是日历文件", "{}", "\x00"])
def test_h4_what_is_no_calendar_file_is_refused(text: str) -> None:
    with pytest.raises(BadCalendar, match=r"^乱\.toml 第1行："):
        parse_year(text, "乱.toml")


def test_h4_a_table_of_days_is_a_table() -> None:
    text = 'year = 2028\nstatus = "provisional"\noff = 3\n'

    with pytest.raises(BadCalendar, match=r"第3行：off 应为日期与节日名称的对照"):
        parse_year(text, "2028.toml")


def test_h4_a_year_without_a_day_off_is_no_calendar() -> None:
    with pytest.raises(BadCalendar, match="没有列出任何放假日"):
        parse_year('year = 2028\nstatus = "provisional"\n', "2028.toml")


def test_before_2025_labour_day_was_one_day() -> None:
    file = resources.files("workflow.law") / "calendar" / "2019.toml"

    text = "\n".join(line for line in file.read_text("utf-8").splitlines() if "2019-05-02" not in line)

    assert date(2019, 5, 2) not in parse_year(text, "2019.toml").off


def test_every_packaged_file_says_its_own_year() -> None:
    folder = resources.files("workflow.law") / "calendar"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))

    years = [parse_year((folder / name).read_text("utf-8"), name).year for name in files]

    assert files == [f"{year}.toml" for year in years] == [f"{year}.toml" for year in range(2019, 2028)]
