"""What an office sets itself: how it numbers its letters, and what they say of it and of its superiors."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlalchemy import select, update

from workflow import numberformat
from workflow.commands.fields import field
from workflow.correspondence import ENCLOSED
from workflow.errors import BadInput
from workflow.numbering import hold, keep_clear
from workflow.store import Session
from workflow.tables import AGENCIES, Agency


def _printable(text: str) -> str:
    """What stands on a letter can be seen, and stands on one line."""
    if numberformat.has_unseen(text):
        raise ValueError("不能有换行和看不见的字符")
    return text


def _letter_code(text: str) -> str:
    if re.search(r"[\s{}]", text):
        raise ValueError("不能有空格和花括号")
    return _no_suffix(text)


def _number_format(pattern: str) -> str:
    faults = numberformat.faults(pattern)
    if faults:
        raise ValueError("；".join(faults))
    return _no_suffix(pattern)


def _no_suffix(text: str) -> str:
    """What ends like the number of an enclosure could come out as one."""
    found = next((suffix for _kind, suffix in ENCLOSED.values() if text.endswith(suffix)), None)
    if found:
        raise ValueError(f"不能以“{found}”结尾：随文书寄出的附件以原文号加“{found}”编号")
    return text


def _phone(text: str) -> str:
    if not re.search(r"\d{3}", text):
        raise ValueError("电话应含有号码")
    return text


def _online_channel(text: str) -> str:
    if "://" in text and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", text):
        raise ValueError("网址应以 https:// 或 http:// 开头，中间没有空格")
    return text


Printed = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_printable)
]
Code = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20), AfterValidator(_printable)
]


class OfficeSettings(BaseModel):
    """The settings as they are entered; what is left empty is as the law or the standard has it."""

    model_config = ConfigDict(extra="forbid")

    letter_code: Annotated[Code, AfterValidator(_letter_code)] = field("机关代字")
    number_format: Annotated[str, AfterValidator(_number_format)] | None = field("文号格式", None)
    address: Printed | None = field("地址", None)
    phone: Annotated[Printed, AfterValidator(_phone)] | None = field("联系电话", None)
    reconsideration_body: Printed | None = field("行政复议机关", None, article="复议法24")
    court: Printed | None = field("管辖法院", None, article="行诉法18")
    online_channel: Annotated[Printed, AfterValidator(_online_channel)] | None = field(
        "网上申请行政复议的渠道", None, article="复议法22¶2"
    )


#: Columns that are never null: empty is how they say nothing.
SAID = ("address", "phone", "reconsideration_body", "court")


def as_entered(agency: Agency) -> dict[str, str]:
    """An agency's settings as they would be entered; what is not set is empty."""
    return {name: getattr(agency, name) or "" for name in OfficeSettings.model_fields}


def change_settings(
    session: Session,
    agency_id: int,
    seen: Mapping[str, str],
    wanted: OfficeSettings,
    *,
    by: int,
    at: datetime,
) -> dict[str, str]:
    """Set an agency up; raises BadInput.

    Where somebody else has changed anything since it was `seen`, nothing is done, and the answer is what
    stands there now.
    """
    before = hold(session, agency_id)
    moved = {name: value for name, value in as_entered(before).items() if value != seen.get(name)}
    if moved:
        return moved
    _check_code(session, before, wanted.letter_code)
    entered = wanted.model_dump()
    values = entered | {name: entered[name] or "" for name in SAID}
    session.execute(update(AGENCIES).where(AGENCIES.c.id == agency_id).values(**values))
    after = Agency(**(before.model_dump() | values))
    keep_clear(session, before, after, by=by, at=at)
    return {}


def _check_code(session: Session, agency: Agency, code: str) -> None:
    """Two agencies with one 机关代字 would give the same numbers."""
    query = select(AGENCIES.c.name).where(AGENCIES.c.letter_code == code, AGENCIES.c.id != agency.id)
    other = session.execute(query.order_by(AGENCIES.c.id).limit(1)).scalar_one_or_none()
    if other and code != agency.letter_code:
        raise BadInput("letter_code", f"“{code}”是{other}的机关代字，两个机关的文号会重复")
