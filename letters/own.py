"""Texts in an office's own words: tried before they are kept, and again on every letter that is issued.

They are rendered in a sandbox without globals; what they may be made of, the dialect says.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters import dialect, tracing
from letters.dialect import Allowed, Problem
from letters.dialect.allowed import PARTS, TOO_DEEP
from letters.document import Unreadable, read
from letters.fonts import Fonts
from letters.kinds import KINDS
from letters.mandatory import missing
from letters.render import SUFFIX, environment, render, source, template_version
from letters.samples import SAMPLES, sample
from workflow.correspondence import OwnText
from workflow.errors import Incomplete
from workflow.tables import Agency

#: No letter is longer: a text that makes more of what it is told is stopped.
LONGEST_LETTER = 5_000_000
FONTS = Fonts()


def check(kind: str, text: str, fonts: Fonts = FONTS) -> list[Problem]:
    """What is wrong with an office's text of that kind; it may be kept when nothing is."""
    undrawable = [_undrawable(char, text) for char in fonts.missing(text[: dialect.LONGEST])]
    return sorted([*undrawable, *_tried_on_samples(kind, text)], key=lambda problem: problem.line)


def _undrawable(char: str, text: str) -> Problem:
    line = text.count("\n", 0, text.index(char)) + 1
    return Problem(line, f"没有字体可以显示“{char}”（U+{ord(char):04X}）")


def _tried_on_samples(kind: str, text: str) -> list[Problem]:
    found: dict[Problem, list[str]] = {}
    for which, name in SAMPLES.items():
        for problem in tried(kind, text, sample(kind, which))[1]:
            found.setdefault(problem, []).append(name)
    return [_within(problem, names) for problem, names in found.items()]


def _within(problem: Problem, names: list[str]) -> Problem:
    if len(names) == len(SAMPLES):
        return problem
    return replace(problem, message=f"{problem.message}（{'、'.join(names)}）")


def tried(kind: str, text: str, context: Mapping[str, Any]) -> tuple[str, list[Problem]]:
    """The letter that a text makes of a context, as far as it can be read, and what is wrong with it."""
    problems = _checked(kind, text)
    if problems:
        return "", list(problems)
    try:
        html = _rendered(_compiled(text), context)
        letter = read(html)
    except Unreadable as error:
        line = tracing.source_line(_rendered(tracing.traced(_environment(), text), context), error.line)
        return "", [Problem(line, error.why)]
    except RecursionError:
        return "", [Problem(0, TOO_DEEP)]
    except (TemplateError, TypeError) as error:
        return "", [tracing.problem_of(error)]
    standard = read(render(KINDS[kind].template, context))
    return html, [Problem(0, each) for each in missing(kind, context, letter, standard)]


def preview(kind: str, text: str, which: str, agency: Agency) -> str:
    """The letter of a sample, marked as such; nothing, as long as the text makes no letter.

    That a letter corrects another is rare, and said by the shared text: the sample does not show it.
    """
    context = sample(kind, which, agency)
    shown = {"letter_title": context["letter_title"] + "（样稿）", "corrects": None}
    return tried(kind, text, context | shown)[0]


def written(kind: str, own: OwnText, context: Mapping[str, Any]) -> str:
    """A letter in the office's words; raises Incomplete if they leave out what the letter has to say."""
    html, problems = tried(kind, own.source, context)
    if problems:
        raise Incomplete(
            f"本机关的《{KINDS[kind].zh}》文本（第{own.version}版）不能用于本件："
            f"{'；'.join(map(str, problems))}。文书没有发出，本次操作没有保存。"
            "请系统管理员在“文书文本”中修改该文本，或者恢复标准文本，再办理"
        )
    return html


def version_of(kind: str, own: OwnText) -> str:
    """Which text a letter was made of, and the digest of all its sources: receipt/3@1a2b3c4d."""
    standard = template_version(KINDS[kind].template)
    digest = hashlib.sha256(f"{standard}\n{own.source}".encode())
    return f"{kind}/{own.version}@{digest.hexdigest()[:8]}"


# --- The sandbox --------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    built = environment(ImmutableSandboxedEnvironment, finalize=tracing.printable)
    built.globals.clear()
    return built


@lru_cache(maxsize=128)
def _checked(kind: str, text: str) -> tuple[Problem, ...]:
    return tuple(dialect.check(_environment(), allowed(kind), text))


@lru_cache(maxsize=128)
def _compiled(text: str) -> Template:
    return _environment().from_string(text)


def _rendered(template: Template, context: Mapping[str, Any]) -> str:
    """What a text makes of a context; raises TypeError when it makes too much."""
    pieces, length = [], 0
    for piece in template.generate(tracing.guarded(context)):
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST_LETTER:
            raise tracing.Unprintable("文书过长，请检查循环")
    return "".join(pieces)


# --- What a text of a kind may name -------------------------------------------------------------------


@cache
def allowed(kind: str) -> Allowed:
    """What the shared texts that the kind's own text fills in leave open, and what the letter says."""
    table = KINDS[kind]
    macros = {
        macro.name: tuple(arg.name for arg in macro.args) for macro in _parsed(PARTS).find_all(nodes.Macro)
    }
    return Allowed(table.base + SUFFIX, _blocks(table.base + SUFFIX), table.fields, macros)


def _blocks(name: str) -> dict[str, frozenset[str]]:
    """The blocks of a text and of those that it extends, each with the blocks that it stands in."""
    inside: dict[str, frozenset[str]] = {}
    tree = _parsed(name)
    for extended in tree.find_all(nodes.Extends):
        assert isinstance(extended.template, nodes.Const)
        inside |= _blocks(extended.template.value)
    for block in tree.find_all(nodes.Block):
        around = inside.setdefault(block.name, frozenset()) | {block.name}
        for inner in block.find_all(nodes.Block):
            inside[inner.name] = inside.get(inner.name, frozenset()) | around
    return inside


def _parsed(name: str) -> nodes.Template:
    return _environment().parse(source(name))
