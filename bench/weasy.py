"""WeasyPrint, as fast as it can be had: with HarfBuzz's subsetter, and with the fonts that Typst sets in."""

import io
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from letters.fonts import FETCHED, PACKAGED

#: From the frozen texts of letters to a PDF of them.
Converter = Callable[[str], bytes]
STYLES = Path(__file__).parents[1] / "letters" / "letter.css"
#: The families that the style sheet asks for first, and the files that stand for them with us.
FACES = {
    "仿宋_GB2312": ("FandolFang-Regular.otf", "normal"),
    "方正小标宋简体": ("FandolSong-Bold.otf", "bold"),
    "宋体": ("FandolSong-Regular.otf", "normal"),
}
ON_PAGES_OF_THEIR_OWN = ".letter + .letter { break-before: page }"
#: Tagged, like ours; to be for the archive as well would take it longer still.
VARIANT = "pdf/ua-1"
PAGE = '<html lang="zh-CN"><title>文书</title><body>{}</body></html>'


class Unavailable(Exception):
    """It cannot be measured here; says why."""


def converter() -> Converter:
    """WeasyPrint with fonts and style sheets read once; raises Unavailable where libraries are missing."""
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")  # It says in several ways what is said below.
            from weasyprint import CSS, HTML
            from weasyprint.text.ffi import harfbuzz_subset
            from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as missing:
        raise Unavailable(f"it or Pango is missing ({missing})") from None
    if harfbuzz_subset is None:
        raise Unavailable(
            "HarfBuzz's subsetter is missing, and without it WeasyPrint is slower than it can be"
        )
    fonts = FontConfiguration()
    sheets = [
        CSS(string=text, font_config=fonts) for text in (_faces(), STYLES.read_text(), ON_PAGES_OF_THEIR_OWN)
    ]

    def convert(html: str) -> bytes:
        page = HTML(string=PAGE.format(html))
        made = page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)
        assert isinstance(made, bytes)
        return made

    return convert


def _faces() -> str:
    """The fonts under the names that the style sheet knows; without 仿宋 both set in the packaged Song."""
    song = PACKAGED / "NotoSerifSC-Regular.otf"
    files = {family: FETCHED / file for family, (file, _weight) in FACES.items()}
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {FACES[family][1]}; '
        f"src: url({(file if file.exists() else song).as_uri()}) }}"
        for family, file in files.items()
    )
