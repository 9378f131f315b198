"""The columns of the ledger: their names, and what of a case stands in each, masked as everywhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from api.pages import masking
from api.pages.rendering import brief
from workflow.clock import Cause
from workflow.commands.intake import ID_PLACE
from workflow.law.decisions import DECISIONS
from workflow.ledger import columns as register
from workflow.publicity import may_mark
from workflow.queries.ledger_lines import Line
from workflow.records import Consultation, Remedy
from workflow.vocabulary import Action, ApplicantKind, Channel, TermName

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in an address, its title, what stands in it; `wide` columns hold sentences."""

    name: str
    zh: str
    cell: Callable[[Line], Cell]
    wide: bool = False


#: What comes by these ways is received once both sides confirm it (art. 31).
CONFIRMED = frozenset({Channel.ORDINARY_POST, Channel.ONLINE, Channel.FAX})
ID_LENGTHS = frozenset({15, 18})
#: How a remedy ended, and the kinds of suit, as table 4 of the annual report has them.
OUTCOMES = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
PENDING = "尚未审结"
SUITS = {"direct_litigation": "未经复议直接起诉", "litigation_after_reconsideration": "复议后起诉"}
BASES = {"per_piece": "按件", "per_page": "按量"}


def _on(line: Line, *actions: Action) -> date | None:
    event = line.last(*actions)
    return event.on if event else None


def _contacts(line: Line) -> str:
    return "，".join(text for _zh, text in masking.contacts(line.session, line.row))


def _clarification_due(line: Line) -> date | None:
    term = line.history.term(TermName.CLARIFICATION)
    return term.due_on if term else None


def _clarified(line: Line) -> date | None:
    notice = line.history.clarification
    return notice.received if notice else None


def _asked(line: Line) -> list[Consultation]:
    return [each for each in line.history.consultations if not each.cancelled]


def _heard(line: Line) -> date | None:
    """The day of the last opinion, once none is awaited any more."""
    asked = _asked(line)
    days = [each.closed for each in asked if each.closed and each.answered]
    return max(days, default=None) if not any(each.open for each in asked) else None


def _extended(line: Line) -> Cell:
    """A register tells the day as text; where it does not, nobody knows it."""
    told = line.imported.get("extension_notified")
    return date.fromisoformat(told) if told else _on(line, Action.EXTEND)


def _fee_basis(line: Line) -> str:
    fee = line.history.standing_fee()
    return BASES.get(fee.basis or "", "") if fee else ""


def _fee_count(line: Line) -> int | None:
    fee = line.history.standing_fee()
    return fee.count if fee else None


def _fee_yuan(line: Line) -> int | None:
    fee = line.history.standing_fee()
    return fee.amount_yuan if fee else None


def _fee_told(line: Line) -> date | None:
    fee = line.history.standing_fee()
    return fee.notified_on if fee and not fee.undated else None


def _paid(line: Line) -> date | None:
    fee = line.history.standing_fee()
    return fee.paid_on if fee else None


def _reply_number(line: Line) -> str:
    return line.reply.number if line.reply else str(line.imported.get("reply_number", ""))


def _served(line: Line) -> Cell:
    told = line.imported.get("served_on")
    return line.dispatch.served_on or (date.fromisoformat(told) if told else None)


def _tracking(line: Line) -> str:
    event = line.last(Action.RECORD_SERVICE)
    return str(event.facts.get("tracking_no", "")) if event else ""


def _remedy(remedies: Iterable[Remedy]) -> str:
    """What the latest of them came to; empty, if there is none."""
    found = list(remedies)
    return OUTCOMES.get(found[-1].outcome or "", PENDING) if found else ""


def _reconsideration(line: Line) -> str:
    return _remedy(_reconsiderations(line))


def _suit(line: Line) -> str:
    return _remedy(_suits(line))


def _latest(remedies: Iterable[Remedy], fact: str) -> str:
    """What is known of the latest of them: who decides, under which number."""
    found = [getattr(each, fact) or "" for each in remedies]
    return str(found[-1]) if found else ""


def _reconsiderations(line: Line) -> list[Remedy]:
    return [each for each in line.history.remedies if each.kind not in SUITS]


def _suits(line: Line) -> list[Remedy]:
    return [each for each in line.history.remedies if each.kind in SUITS]


def _suit_kind(line: Line) -> str:
    return next((SUITS[each.kind] for each in reversed(line.history.remedies) if each.kind in SUITS), "")


def _article(line: Line) -> str:
    """Some decisions rest on no article of their own."""
    rule = DECISIONS[line.row.decision] if line.row.decision else None
    return brief(rule.article) if rule and rule.article[0].isdigit() else ""


def _cause(line: Line) -> str:
    clock = line.history.clock
    return clock.cause.zh if clock and clock.cause is not Cause.RECEIPT else ""


def _confirmed(line: Line) -> date | None:
    """Art. 31: what comes by these ways is received on the day on which both sides confirm it."""
    return line.task.received_on if line.row.channel in CONFIRMED else None


def _papers_kind(line: Line) -> str:
    """What the number is; judged by who applied, and by its length."""
    if not line.row.id_number:
        return ""
    if line.row.applicant_kind is not ApplicantKind.NATURAL_PERSON:
        return "统一社会信用代码"
    number = line.session.seal.decrypt(line.row.id_number, ID_PLACE)
    return "居民身份证" if len(number) in ID_LENGTHS else "其他证件"


def _opinions(line: Line) -> str:
    return "；".join(_opinion(each) for each in _asked(line))


def _opinion(asked: Consultation) -> str:
    if asked.open:
        return "待反馈"
    if asked.by_timer and not asked.answered:
        return "逾期未提出意见" + ("，视为同意公开" if asked.consents else "")
    if asked.consents is None:
        return "已反馈意见" if asked.answered else "未反馈"
    return "同意公开" if asked.consents else "不同意公开"


def _extended_by(line: Line) -> str:
    event = line.last(Action.EXTEND)
    return line.beside.extenders.get(event.person or 0, "") if event else ""


def _public(line: Line) -> str:
    """Only what was given to the applicant can be given to everybody (art. 44)."""
    found = line.beside.public.get(line.row.id)
    if found:
        return f"是（{found.on}，{found.place}）"
    return "否" if may_mark(line.file) else ""


COLUMNS: tuple[Column, ...] = (
    Column("nth", "序号", lambda line: line.nth),
    Column("number", "登记编号", lambda line: line.task.number),
    Column("intake_number", "收件编号", lambda line: line.row.intake_number),
    Column("agency", "机关", lambda line: line.task.agency),
    Column("submitted_on", "提交日期", lambda line: line.task.submitted_on),
    Column("received_on", "收到日期", lambda line: line.task.received_on),
    Column("confirmed_on", "确认日期", _confirmed),
    Column("registered_on", "登记日期", lambda line: _on(line, Action.REGISTER)),
    Column("channel", "申请渠道", lambda line: line.row.channel.zh),
    Column("kind", "申请人类型", lambda line: line.row.applicant_kind.zh),
    Column("name", "申请人名称", lambda line: line.task.applicant),
    Column("id_kind", "证件类型", _papers_kind),
    Column("id_number", "证件号码", lambda line: masking.papers(line.session, line.row)),
    Column("contact", "联系方式", _contacts),
    Column("title", "信息名称", lambda line: line.task.title, wide=True),
    Column("content", "申请内容", lambda line: line.row.description, wide=True),
    Column("form", "形式要求", lambda line: line.row.form),
    Column("unit", "承办单位", lambda line: line.task.unit),
    Column("handler", "承办人", lambda line: line.task.handler),
    Column("assigned_on", "转办日期", lambda line: _on(line, Action.ACCEPT, Action.ASSIGN)),
    Column("state", "状态", lambda line: line.task.state.zh),
    Column("due_on", "答复截止", lambda line: line.task.due_on),
    Column("left", "剩余时间", lambda line: line.task.time_left),
    Column("restarted_by", "期限重新起算", _cause),
    Column(
        "clarification_sent",
        "补正告知日期",
        lambda line: line.history.clarification.sent if line.history.clarification else None,
    ),
    Column("clarification_due", "补正截止", _clarification_due),
    Column("clarification_received", "补正收到日期", _clarified),
    Column("consulted", "征求对象", lambda line: "、".join(line.parties)),
    Column(
        "consultation_sent",
        "征求意见发出日期",
        lambda line: min((each.sent for each in _asked(line)), default=None),
    ),
    Column("consultation_received", "征求意见收到日期", _heard),
    Column("opinions", "征求意见结果", _opinions),
    Column("excluded_workdays", "停表工作日", lambda line: line.row.excluded_workdays or None),
    Column("extended_by", "延期审批人", _extended_by),
    Column("extension_notified", "延期告知日期", _extended),
    Column("extension_workdays", "延期工作日", lambda line: line.row.extension_workdays or None),
    Column(
        "extended_to",
        "延期后期限",
        lambda line: line.row.due_on if line.row.extension_workdays else None,
    ),
    Column("fee_basis", "计费方式", _fee_basis),
    Column("fee_count", "件数或页数", _fee_count),
    Column("fee_yuan", "收费金额", _fee_yuan),
    Column("fee_notified_on", "收费通知日期", _fee_told),
    Column("paid_on", "缴费日期", _paid),
    Column("replied_on", "答复日期", lambda line: line.row.concluded_on),
    Column("reply_number", "答复文号", _reply_number),
    Column(
        "decision", "处理决定", lambda line: DECISIONS[line.row.decision].zh if line.row.decision else None
    ),
    Column("report_row", "年报项", lambda line: line.row.report_row),
    Column("article", "依据条款", _article),
    Column("method", "送达方式", lambda line: line.dispatch.method.zh if line.dispatch.method else None),
    Column("tracking_no", "邮件编号", _tracking),
    Column("served_on", "送达日期", _served),
    Column("reconsideration_body", "复议机关", lambda line: _latest(_reconsiderations(line), "body")),
    Column("reconsideration", "复议结果", _reconsideration),
    Column("litigation_kind", "诉讼类型", _suit_kind),
    Column("court", "法院", lambda line: _latest(_suits(line), "body")),
    Column("case_no", "案号", lambda line: _latest(_suits(line), "case_no")),
    Column("litigation", "诉讼结果", _suit),
    Column("made_public", "转主动公开", _public, wide=True),
    Column("archive_number", "归档号", lambda line: line.imported.get("archive_number")),
    Column("remarks", "备注", lambda line: line.remarks, wide=True),
)
BY_NAME = {column.name: column for column in COLUMNS}
#: The link to the case is always there.
FIRST = "number"
USUAL = ("number", "received_on", "name", "title", "unit", "state", "left", "due_on", "decision", "channel")
#: What an office's register has, in its order.
REGISTER = tuple(column.name for each in register.COLUMNS for column in COLUMNS if column.zh == each.zh)


def chosen(text: str) -> tuple[Column, ...]:
    """The columns that an address names, in its order; the usual ones, if it names none that is known."""
    names = [name for name in dict.fromkeys(text.split(",")) if name in BY_NAME] or list(USUAL)
    return tuple(BY_NAME[name] for name in ([] if FIRST in names else [FIRST]) + names)
