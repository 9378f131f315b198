"""The seven questions answered on their page."""

from tests.pages.visitor import Form, Page, Visitor

OPEN = {
    "clarify": "clear",
    "scope": "information",
    "responsible": "ours",
    "held": "held",
    "disclose": "all",
    "provide": "asked",
    "reply": "now",
}


def place(number: str) -> str:
    return f"/cases/{number}/guide"


def asks(page: Page, number: str) -> str:
    """Which question the page asks."""
    return page.form(place(number)).typed["step"][0]


def answer(visitor: Visitor, page: Page, number: str, code: str, reason: str = "", *details: str) -> Page:
    form = page.form(place(number))
    typed: dict[str, str | list[str]] = {"answer": code, "reason": reason}
    if details:
        typed[f"details.{code}"] = list(details)
    return visitor.send(form, typed)


def walk(visitor: Visitor, number: str, **answers: str) -> Page:
    """Answer until the end, each as usual unless told otherwise."""
    page = visitor.open(place(number))
    while any(form.action == place(number) for form in page.forms):
        step = asks(page, number)
        code, *details = {**OPEN, **answers}[step].split()
        page = answer(visitor, page, number, code, f"{step}的理由", *details)
    return page


def proof(page: Page, number: str) -> Form:
    return page.form(f"{place(number)}/evidence")
