"""The one Jinja2 environment of the pages."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[1] / "templates"

ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A template as a response."""
    html = ENVIRONMENT.get_template(template).render(request=request, **context)
    return HTMLResponse(html, status)


def error_page(request: Request, status: int, content: dict[str, Any]) -> HTMLResponse:
    """What went wrong, and the way back."""
    return page(request, "error.html", status=status, **{"code": status, "article": None} | content)
