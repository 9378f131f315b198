"""The one Jinja2 environment: a name that is missing is an error, and what people wrote is text."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

from letters import wording

TEXTS = Path(__file__).parent / "texts"
SUFFIX = ".html.jinja"


def environment(made: type[Environment] = Environment, **more: Any) -> Environment:
    """The environment of the letters' texts, with the citation as a filter: {{ "36(3)"|cite }}."""
    built = made(
        loader=FileSystemLoader(TEXTS),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,  # The texts are part of the program; it does not look for newer ones.
        trim_blocks=True,
        lstrip_blocks=True,
        **more,
    )
    built.filters["cite"] = wording.cite
    return built


ENVIRONMENT = environment()


def render(template: str, context: Mapping[str, Any]) -> str:
    """The text of a letter: a fragment of HTML that letter.css lays out on A4."""
    return ENVIRONMENT.get_template(template + SUFFIX).render(context)


@cache
def template_version(template: str) -> str:
    """A template and the digest of every source that it is made of: decision@1a2b3c4d."""
    digest = hashlib.sha256()
    for name in sorted(set(sources(template + SUFFIX))):
        digest.update(f"{name}\n{source(name)}".encode())
    return f"{template}@{digest.hexdigest()[:8]}"


def sources(name: str) -> Iterator[str]:
    """A text and all that it extends, includes or imports."""
    yield name
    for other in meta.find_referenced_templates(ENVIRONMENT.parse(source(name))):
        if other is None:
            raise ValueError(f"{name} refers to a text that is not named literally")
        yield from sources(other)


def source(name: str) -> str:
    """The source of a text."""
    return (TEXTS / name).read_text(encoding="utf-8")
