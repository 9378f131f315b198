"""What of a text is looked up: pairs of Chinese characters, short pieces of Latin words and numbers."""

import re
import unicodedata
from collections.abc import Iterator

#: Runs of Latin letters and digits, which a hyphen does not part (ZYZF-2026-0001), and runs of other letters.
_RUN = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*|[^\W_0-9a-z]+")
#: A pair of Chinese characters is rare enough to be found by; of Latin letters and digits it takes more.
_LATIN, _OTHER = 8, 2


def plain(text: str) -> str:
    """A text as it is compared: full width or half, capital or small, it is the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def pieces(*texts: str) -> list[str]:
    """Every piece by which these texts are found, each once."""
    found = {run[start : start + size] for run, size in _runs(*texts) for start in range(len(run))}
    return sorted(found)


def sought(word: str) -> list[tuple[str, bool]]:
    """The pieces that a text with this word must have; True: it may go on (征 in 征收).

    None, when the word has no letter and no digit.
    """
    found: dict[tuple[str, bool], None] = {}
    for run, size in _runs(word):
        last = max(len(run) - size, 0)
        found.update({(run[start : start + size], len(run) < size): None for start in range(last + 1)})
    return list(found)


def _runs(*texts: str) -> Iterator[tuple[str, int]]:
    for text in texts:
        for run in _RUN.findall(plain(text)):
            latin = run[0].isascii()
            yield (run.replace("-", "") if latin else run), (_LATIN if latin else _OTHER)
