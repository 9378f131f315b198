"""The fonts of the letters: the office's own first, then what set-up brought, then the packaged ones."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTCollection, TTFont

#: Song and Hei with every character of 通用规范汉字表; and 仿宋, where set-up could bring it (bin/fonts).
PACKAGED = Path(pylopdf_fonts_zh_cn.__file__).parent
FETCHED = Path(__file__).parent / "typeset" / "fonts"
SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
#: Which family to set what in (GB/T 9704-2012, 5.2.2 and 7): what offices have a licence for, then free ones.
STACKS: dict[str, tuple[str, ...]] = {
    "fangsong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "STZhongsong", "FandolSong"),
    "song": ("SimSun", "宋体", "STSong", "FandolSong"),
    "hei": ("SimHei", "黑体", "STHeiti", "FandolHei"),
}
LAST = {"fangsong": "Noto Serif SC", "title": "Noto Serif SC", "song": "Noto Serif SC", "hei": "Noto Sans SC"}
#: What is written without a glyph of its own: controls, marks of direction, variation selectors, blanks.
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))


@dataclass(frozen=True)
class Fonts:
    """The fonts that an installation can set letters in; `own` is the office's folder."""

    own: Path | None = None
    folders: tuple[Path, ...] = field(init=False)

    def __post_init__(self) -> None:
        wanted = (self.own, FETCHED, PACKAGED)
        there = tuple(folder for folder in wanted if folder is not None and folder.is_dir())
        object.__setattr__(self, "folders", there)

    def missing(self, text: str) -> list[str]:
        """The characters of a text that no font has, each once, in order; they would be empty boxes."""
        left = {char for char in set(text) if not char.isascii() and _is_drawn(char)}
        for file in self._files():
            if not left:
                break
            left -= {char for char in left if ord(char) in covered(file)}
        return sorted(left, key=text.index)

    def _files(self) -> Iterator[Path]:
        """The packaged fonts first: they have nearly everything, and are read but once."""
        for folder in reversed(self.folders):
            yield from sorted(each for each in folder.rglob("*") if each.suffix.lower() in SUFFIXES)


def _is_drawn(char: str) -> bool:
    return unicodedata.category(char) not in INVISIBLE and char not in SELECTORS


@cache
def covered(file: Path) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    with file.open("rb") as stream:
        collection = stream.read(4) == b"ttcf"
    if not collection:
        with TTFont(file, lazy=True) as font:
            return _code_points([font])
    with TTCollection(file, lazy=True) as fonts:
        return _code_points(fonts)


def _code_points(fonts: Iterable[TTFont]) -> frozenset[int]:
    return frozenset(point for font in fonts for point in (font.getBestCmap() or ()))


def stacks(families: Iterable[str]) -> dict[str, list[str]]:
    """The families to set each kind of text in, of those that are there."""
    there = set(families)
    return {
        use: [family for family in (*known, LAST[use]) if family in there] for use, known in STACKS.items()
    }
