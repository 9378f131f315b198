"""How a rule says no."""

from typing import NoReturn

from workflow.errors import Refused
from workflow.history import Event, History
from workflow.law.statute import cite_zh
from workflow.vocabulary import Action

#: The article that an act rests on, where the rule itself names none.
ARTICLE_OF_ACT: dict[Action, str] = {
    Action.REQUEST_CLARIFICATION: "30",
    Action.RECEIVE_CLARIFICATION: "30",
    Action.REQUEST_JUSTIFICATION: "35",
    Action.RECEIVE_JUSTIFICATION: "35",
    Action.CONSULT_THIRD_PARTY: "32",
    Action.CONSULT_AGENCY: "34",
    Action.RECORD_OPINION: "33¶3",
    Action.ASSESS_FEE: "109号6",
    Action.RECORD_PAYMENT: "109号6",
}


def refuse(h: History, e: Event, article: str | None, message: str) -> NoReturn:
    """Refuse the act, naming action, state, article and reason."""
    cite = article or ARTICLE_OF_ACT.get(e.action, "45")
    state = h.state.value if h.state else None
    where = f"“{h.state.zh}”状态下" if h.state else ""
    raise Refused(e.action.value, state, cite, f"{where}不能“{e.action.zh}”：{message}（{cite_zh(cite)}）")
