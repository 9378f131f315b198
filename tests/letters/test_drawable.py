"""A character that no font has stops the letter before it is issued: nobody gets a letter with boxes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from sqlalchemy import func, select

import letters
from letters.fonts import Fonts, covered
from tests.letters.orders import rich
from tests.office import Office
from tests.story import ZHANG
from workflow.errors import Incomplete
from workflow.tables import CASES, COUNTERS, EVENTS, LETTERS

#: In the private use area, where a city keeps the characters of names that no standard has.
OWN = "\ue123"


@pytest.fixture
def own_font(tmp_path: Path) -> Iterator[Path]:
    """A folder with a font that has that character and nothing else."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 700))
    pen.closePath()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "own"])
    font.setupCharacterMap({ord(OWN): "own"})
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "own": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (600, 0), "own": (600, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Own Names", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(tmp_path / "own.ttf")
    yield tmp_path
    covered.cache_clear()


def test_the_message_names_the_character_its_place_and_what_to_do() -> None:
    order = rich("receipt")
    case = dict(order.case) | {"title": f"王{OWN}宅基地审批材料"}

    with pytest.raises(Incomplete) as stopped:
        letters.issue(replace(order, case=case))

    told = str(stopped.value)
    for part in (
        "《政府信息公开申请登记回执》",
        f"“{OWN}”（U+E123）",
        f"王{OWN}宅基地审批",
        "MINGDA_FONTS",
        "没有保存",
    ):
        assert part in told


def test_a_font_of_the_office_that_has_the_character_lets_the_letter_out(own_font: Path) -> None:
    order = rich("receipt")
    case = dict(order.case) | {"applicant_name": f"王{OWN}"}

    written = letters.issue(replace(order, case=case), fonts=Fonts(own_font))

    assert f"王{OWN}：" in written.html


def test_the_act_leaves_nothing_when_its_letter_cannot_be_drawn(office: Office) -> None:
    with pytest.raises(Incomplete):
        office.register(applicant=ZHANG | {"name": f"王{OWN}"})

    with office.store.reading() as session:
        for table in (CASES, EVENTS, LETTERS, COUNTERS):
            assert session.execute(select(func.count()).select_from(table)).scalar_one() == 0
