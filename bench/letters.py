"""A letter of one page as PDF and as Word, and a long day's letters in one PDF, beside WeasyPrint."""

import re
import resource
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles

from bench import weasy
from bench.measure import seconds, shown
from letters.document import read
from letters.pdf import Press
from letters.word import docx

DAY = date(2026, 7, 25)
#: What is frozen when a letter is issued. No two are alike: a typesetter may remember what it has set before.
FROZEN = """<article class="letter" lang="zh-CN" data-kind="disclosed">
  <header class="letter-head">
    <p class="letter-issuer">招远市自然资源和规划局</p>
    <p class="letter-number">招自然资公开告〔2026〕{n}号</p>
  </header>
  <h2 class="letter-title">政府信息予以公开答复书</h2>
  <p class="letter-salutation">张三：</p>
  <div class="letter-body">
    <p>2026年7月2日，本机关收到您依照《中华人民共和国政府信息公开条例》（以下简称《条例》）以互联网方式提出的政府信息公开申请，申请公开“第{n}号地块征收补偿方案”。</p>
    <p>经审查，该方案共{n}页，属于可以公开的政府信息。依照《条例》第三十六条第（二）项的规定，本机关决定予以公开，随本答复书提供。</p>
    <p class="letter-remedy">您对本答复书不服的，可以自收到之日起60日内申请行政复议。</p>
  </div>
  <footer class="letter-signature">
    <p class="letter-signer">招远市自然资源和规划局</p>
    <p class="letter-date">2026年7月25日</p>
  </footer>
  <p class="letter-verification" data-address="https://example.org/verify#{n}/ACDEFGHJKMNP">
    核验码：ACDE FGHJ KMNP。扫描二维码或者登录 https://example.org/verify，凭文号和核验码可以核验本文书的真伪。
  </p>
</article>"""
#: Fonts are read and style sheets compiled at the first letters.
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the table of letters: what Mingda needs, and what WeasyPrint needs, where it is there."""

    name: str
    ours: float
    theirs: float | None
    aim: str
    show: Callable[[float], str] = shown


def measure(letters: int, batch: int, theirs: weasy.Converter | None) -> Iterator[Compared]:
    """Median and 95th percentile of so many letters; time and memory of so many in one PDF."""
    press = Press()
    forms = [lambda html: press.pdf([read(html)], on=DAY), lambda html: docx(read(html), on=DAY)]
    pdf, word, *beside = map(_percentiles, _in_turn([*forms, *([theirs] if theirs else [])], letters))
    other = beside[0] if beside else (None, None)
    yield Compared("a letter of one page as PDF, median", pdf[0], other[0], "≤ 15 ms, ≥ 10×")
    yield Compared("a letter of one page as PDF, 95th percentile", pdf[1], other[1], "")
    yield Compared("a letter of one page as Word, median", word[0], None, "≤ 50 ms")
    yield Compared("a letter of one page as Word, 95th percentile", word[1], None, "")
    took, needed = _alone(_printed, batch)
    their = _alone(_printed_by_weasyprint, batch) if theirs else (None, None)
    yield Compared(f"{batch} letters in one PDF", took, their[0], "")
    yield Compared(f"{batch} letters in one PDF, memory", needed, their[1], "< 500 MB", _megabytes)


def _in_turn(makers: Sequence[Callable[[str], object]], letters: int) -> list[list[float]]:
    """The seconds that each takes for each letter; they take turns."""
    times: list[list[float]] = [[] for _ in makers]
    for n in range(WARM_UP + letters):
        for made, make in zip(times, makers, strict=True):
            made.append(seconds(partial(make, FROZEN.format(n=n + 1))))
    return [made[WARM_UP:] for made in times]


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    twentieths = quantiles(times, n=20, method="inclusive")
    return twentieths[9], twentieths[18]


# --- A long day's letters, in a process of their own --------------------------------------------------------


def _printed(texts: Sequence[str]) -> bytes:
    return Press().pdf([read(text) for text in texts], on=DAY)


def _printed_by_weasyprint(texts: Sequence[str]) -> bytes:
    return weasy.converter()("".join(texts))


def _alone(make: Callable[[Sequence[str]], bytes], letters: int) -> tuple[float, float]:
    """Seconds and bytes that a process takes which does nothing else."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_timed, make, letters).result()


def _timed(make: Callable[[Sequence[str]], bytes], letters: int) -> tuple[float, float]:
    texts = [FROZEN.format(n=n + 1) for n in range(letters)]
    return seconds(lambda: make(texts)), _peak()


def _peak() -> int:
    """The most memory that this process has had at once, in bytes.

    Linux lets getrusage tell of the program that stood in this process before as well: it is asked elsewhere.
    """
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.MULTILINE)):
        return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _megabytes(count: float) -> str:
    return f"{count / 1e6:.0f} MB"
