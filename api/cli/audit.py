"""`mingda audit`: whether anybody has changed the register behind the program's back."""

from dataclasses import asdict

import typer

from api.cli.output import Json, Outcome, answer, progress

app = typer.Typer(no_args_is_help=True)


@app.callback()
def audit() -> None:
    """核对办理记录。"""


@app.command("verify", help="核对每件申请的记录链、期限、文书和附件，列出首个不符之处；有不符时退出码为1")
def verify(as_json: Json = False) -> None:
    """核对办理记录。"""
    from api.installation import opened
    from api.settings import from_environment
    from workflow import audit

    breaks: list[audit.Break] = []
    settings = from_environment()
    with opened(settings) as store, store.reading() as session:
        total = audit.count(session)
        with progress("核对办理记录", total) as advance:
            for found in audit.verify(session, settings.uploads):
                breaks += [found] if found else []
                advance()
    document = {"cases": total, "breaks": [asdict(found) for found in breaks]}
    lines = [f"{found.number}{_place(found.seq)}：{found.what}" for found in breaks]
    answer(document, [*lines, f"共核对{total}件申请，{len(breaks)}处与记录不符"], as_json=as_json)
    if breaks:
        raise SystemExit(Outcome.REFUSED)


def _place(seq: int) -> str:
    return f" 第{seq}条记录" if seq else ""
