"""What the staff of the demo city ask of each other beside their cases, and who of them is on leave."""

from datetime import timedelta

from sqlalchemy import select

from api.demo.player import Stage
from workflow.absences import set_absence
from workflow.casefile import open_file
from workflow.commands import handing
from workflow.queries.reasons import Owner
from workflow.store import Session
from workflow.tables import CASES
from workflow.vocabulary import Role, State

#: In this office things are asked; in the other one somebody is on leave.
ASKING, ON_LEAVE = "ZYZRZY", "ZYSJ"
DAYS_OFF = 5
BACK = "申请的信息不由本科室制作、保存，经核对应由其他科室检索，请予转办。"
HURRY = "期限临近，请本周内拟出答复送审；需要延期的，请在期限届满前提出。"


def ask_around(stage: Stage) -> None:
    """Shortly before the city is looked at, between colleagues."""
    with stage.store.transaction() as session:
        waiting = _with_the_handler(session, stage)
        at, handler = stage.now - timedelta(hours=3), _owner(stage, ASKING, Role.HANDLER)
        if waiting:
            clerk = _owner(stage, ASKING, Role.CLERK)
            handing.remind(session, open_file(session, waiting[0]), HURRY, by=clerk, at=at)
        if len(waiting) > 1:
            handing.hand_back(session, open_file(session, waiting[-1]), BACK, by=handler, at=at)
        _leave(session, stage)


def _with_the_handler(session: Session, stage: Stage) -> list[str]:
    """The cases that are being handled there, the most urgent first."""
    query = (
        select(CASES.c.number)
        .where(CASES.c.agency_id == stage.city.agencies[ASKING].id, CASES.c.state == State.PROCESSING)
        .where(CASES.c.due_on > stage.today)
        .order_by(CASES.c.due_on, CASES.c.id)
    )
    return list(session.execute(query).scalars())


def _owner(stage: Stage, office: str, role: Role) -> Owner:
    return Owner(stage.city.actors[office, role].user_id or 0, frozenset({role}))


def _leave(session: Session, stage: Stage) -> None:
    """A handler is away this week; the clerk does their work."""
    handler, clerk = (_owner(stage, ON_LEAVE, role).user_id for role in (Role.HANDLER, Role.CLERK))
    set_absence(
        session,
        stage.city.agencies[ON_LEAVE].id or 0,
        handler,
        clerk,
        stage.today,
        stage.today + timedelta(days=DAYS_OFF),
        by=handler,
        at=stage.now,
    )
