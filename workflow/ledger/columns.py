"""The columns of a ledger: their names, what offices call them, and how their cells are read."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflow.ledger import cells, words
from workflow.ledger.cells import Cell

#: A row is the header when it names so many columns.
ENOUGH = 5
#: What the file of rows that were not taken adds to them; read again, it is passed over.
REASONS, FORMER_ROW = "未导入原因", "原行号"
#: What the same file, shown before anything was imported, calls them.
PROBLEM = "问题"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the fact it gives, how a cell is read, and other names for it, best first."""

    zh: str
    field: str
    read: Callable[[Cell], Any]
    aliases: str = ""
    required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling of the name, the proper one first."""
        return (self.zh, *self.aliases.split())


COLUMNS: tuple[Column, ...] = (
    Column(
        "登记编号",
        "intake_number",
        cells.line_of,
        "收件编号 登记号 收件号 申请编号 受理编号 申请登记编号 受理号 收文编号 收文号 编号 流水号",
        required=True,
    ),
    Column(
        "收到日期",
        "received_on",
        cells.day_of,
        "收件日期 收到申请日期 申请收到日期 收到申请书日期 受理日期 收文日期 登记日期",
        required=True,
    ),
    Column(
        "申请渠道",
        "channel",
        words.channel_of,
        "申请方式 申请途径 收件方式 收件渠道 提交方式 提交渠道 受理方式 来件方式 接收方式 接收渠道 渠道",
        required=True,
    ),
    Column(
        "申请人类型",
        "kind",
        words.kind_of,
        "申请人类别 申请主体类型 申请主体类别 申请人分类 申请人性质 申请主体 主体类型 主体类别",
        required=True,
    ),
    Column(
        "申请人名称",
        "name",
        cells.line_of,
        "申请人姓名/名称 申请人姓名或名称 申请人姓名 申请人 申请人名称/姓名 申请人名称或姓名"
        " 申请人姓名/单位名称 姓名/名称 姓名或名称 姓名",
        required=True,
    ),
    Column(
        "证件号码",
        "id_number",
        cells.compact_of,
        "身份证号/统一社会信用代码 身份证号码/统一社会信用代码 证件号 有效证件号码 身份证号码 身份证号"
        " 身份证件号码 申请人证件号码 统一社会信用代码 社会信用代码",
    ),
    Column(
        "联系方式",
        "contact",
        cells.line_of,
        "联系电话 申请人联系方式 申请人联系电话 联系人电话 电话 电话号码 手机号码 手机号 手机"
        " 通讯地址 联系地址",
    ),
    Column(
        "申请内容",
        "content",
        cells.paragraph_of,
        "申请公开的信息内容 申请公开内容 申请公开信息内容 申请公开的内容 申请信息内容 申请的信息内容"
        " 所需信息内容描述 所需政府信息内容描述 所需信息内容 所需政府信息 信息内容"
        " 申请公开事项 申请事项 信息名称",
        required=True,
    ),
    Column(
        "承办单位",
        "unit",
        cells.line_of,
        "承办科室 承办部门 承办处室 承办机构 主办单位 主办科室 办理科室 办理部门 办理单位"
        " 责任科室 责任单位 经办科室",
    ),
    Column(
        "补正告知日期",
        "clarification_sent",
        cells.day_of,
        "补正通知日期 告知补正日期 补正告知书日期 补正告知发出日期 补正通知发出日期 发出补正告知日期",
    ),
    Column(
        "补正收到日期",
        "clarification_received",
        cells.day_of,
        "收到补正日期 补正材料收到日期 收到补正材料日期 补正回复日期 补正申请收到日期 补正提交日期",
    ),
    Column(
        "征求意见发出日期",
        "consultation_sent",
        cells.day_of,
        "征求意见日期 征求意见书发出日期 发出征求意见日期 征求第三方意见日期 征求第三方意见发出日期"
        " 意见征询发出日期 意见征询日期 征询发出日期",
    ),
    Column(
        "征求意见收到日期",
        "consultation_received",
        cells.day_of,
        "收到意见日期 意见收到日期 征求意见回复日期 征求意见反馈日期 第三方意见收到日期 收到第三方意见日期"
        " 意见征询收到日期 征询收到日期 征询回复日期",
    ),
    Column(
        "延期告知日期",
        "extension_notified",
        cells.day_of,
        "延长告知日期 延期答复告知日期 延长答复告知日期 延期通知日期 延期告知书日期 告知延期日期 延期日期",
    ),
    Column(
        "延期工作日",
        "extension_workdays",
        cells.workdays_of,
        "延长工作日 延期工作日数 延长工作日数 延期天数 延长天数 延长期限 延期期限",
    ),
    Column(
        "收费金额",
        "fee_yuan",
        cells.yuan_of,
        "信息处理费 信息处理费金额 收费金额元 应收金额 收费 费用 金额",
    ),
    Column("缴费日期", "paid_on", cells.day_of, "缴纳日期 缴款日期 缴费完成日期 到账日期"),
    Column(
        "答复日期",
        "replied_on",
        cells.day_of,
        "答复书日期 作出答复日期 回复日期 办结日期 办理完成日期 答复作出日期",
    ),
    Column(
        "答复文号",
        "reply_number",
        cells.line_of,
        "答复书文号 告知书文号 回复文号 答复书编号 答复编号 文书文号 文书编号 发文字号 文号",
    ),
    Column(
        "处理决定",
        "decision",
        words.decision_of,
        "办理结果 答复结果 处理结果 答复类型 处理决定类型 决定类型 办理结果类型 处理情况 办理情况 答复情况",
    ),
    Column("送达日期", "served_on", cells.day_of, "答复送达日期 送达申请人日期 答复书送达日期"),
    Column(
        "复议结果",
        "reconsideration",
        words.outcome_of,
        "行政复议 行政复议结果 复议情况 行政复议情况 复议",
    ),
    Column("诉讼类型", "litigation_kind", words.suit_of, "行政诉讼类型 起诉类型"),
    Column(
        "诉讼结果",
        "litigation",
        words.outcome_of,
        "行政诉讼 行政诉讼结果 诉讼情况 行政诉讼情况 诉讼",
    ),
    Column("归档号", "archive_number", cells.line_of, "归档编号 档案号 案卷号 档号"),
    Column("备注", "remarks", cells.paragraph_of, "备注说明 其他说明"),
)


def _key(title: str) -> str:
    """The name without spaces, marks and width; 时间 is written for 日期."""
    return words.bare(title).replace("时间", "日期")


def _plain_key(title: str) -> str:
    """The same without what stands in brackets: 收费金额（元）, 收到日期（年月日）."""
    return _key(re.sub(r"\([^()]*\)", "", unicodedata.normalize("NFKC", title)))


_RANKS: dict[str, tuple[Column, int]] = {}
for _column in COLUMNS:
    for _rank, _name in enumerate(_column.names):
        _RANKS.setdefault(_key(_name), (_column, _rank))
PASSED_OVER = frozenset(map(_key, (REASONS, PROBLEM, FORMER_ROW)))


def is_passed_over(title: str) -> bool:
    """Whether that column was added by us."""
    return _key(title) in PASSED_OVER


#: The longest names first: 补正收到日期 is not 收到日期.
_SPOKEN = re.compile("|".join(sorted((column.zh for column in COLUMNS), key=len, reverse=True)))
_FIELDS = {column.zh: column.field for column in COLUMNS}
#: How what is said of an ID number calls it.
_PAPERS = re.compile("居民身份证号码|统一社会信用代码")


def spoken_of(text: str) -> set[str]:
    """The fields of the columns that a reason or a doubt names."""
    named = {_FIELDS[name] for name in _SPOKEN.findall(text)}
    return named | ({"id_number"} if _PAPERS.search(text) else set())


def known(title: str) -> tuple[Column, int] | None:
    """The column that a title names, and how far down its list of names it stands."""
    return _RANKS.get(_key(title)) or _RANKS.get(_plain_key(title))


@dataclass(frozen=True, slots=True)
class Header:
    """The header row: where each column stands, and the titles that are not understood."""

    line: int
    titles: tuple[str, ...]
    places: Mapping[str, int]
    unknown: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """The required columns that the ledger does not have."""
        return [column.zh for column in COLUMNS if column.required and column.field not in self.places]


def header_of(line: int, row: Sequence[Cell]) -> Header | None:
    """The row as a header, if it names enough columns; of two titles for one column the better one counts."""
    titles = tuple(cells.text_of(cell) for cell in row)
    found: dict[str, tuple[int, int]] = {}
    for place, title in enumerate(titles):
        if named := known(title):
            column, rank = named
            found[column.field] = min(found.get(column.field, (rank, place)), (rank, place))
    if len(found) < ENOUGH:
        return None
    places = {field: place for field, (_rank, place) in found.items()}
    taken = set(places.values())
    unknown = tuple(
        " ".join(title.split())
        for place, title in enumerate(titles)
        if title and place not in taken and not is_passed_over(title)
    )
    return Header(line, titles, places, unknown)
