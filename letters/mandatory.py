"""What no text of an office leaves out: the blocks of the standard letter, the article, the essentials."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from letters.document import Block, Document, Role
from letters.kinds import DECISION, KINDS
from letters.samples import meaning

#: Blocks that stand in every letter exactly as in the standard one, and what they are called.
KEPT = {
    Role.ISSUER: "发文机关",
    Role.NUMBER: "文号",
    Role.FORM_NUMBER: "编号",
    Role.TITLE: "标题",
    Role.SALUTATION: "抬头",
    Role.REMEDY: "救济告知",
    Role.ATTACHMENTS: "附件说明",
    Role.SIGNER: "署名",
    Role.DATE: "成文日期",
    Role.CONTACT: "地址和电话",
    Role.VERIFICATION: "核验信息",
}


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: What a letter of the procedure has to say beside them (rules of contents), by the names of its fields.
ASKED, OTHERS = _names("case_number request_title"), _names("case_number asked_about")
ASKING = _names("within_workdays answer_by")
PROCEDURE = {
    "receipt": (*ASKED, *_names("received_on reply_due_on")),
    "receipt_confirmation": (*ASKED, *_names("received_on reply_due_on")),
    "clarification_notice": (*ASKED, *ASKING, "items"),
    "justification_notice": (*ASKED, *ASKING),
    "extension_notice": (*ASKED, *_names("reasons workdays reply_due_on")),
    "deferral_notice": (*ASKED, "reply_by"),
    "consultation_notice": (*ASKED, *_names("consulted_on reply_due_on")),
    "fee_notice": (*ASKED, *ASKING, *_names("fee_amount fee_capital fee_table")),
    "third_party_consultation": (*OTHERS, *ASKING),
    "third_party_reply_form": (*OTHERS, *ASKING, "enclosed_in"),
    "third_party_disclosure_notice": (*OTHERS, *_names("objected_on disclosed reasons")),
    "agency_consultation": (*OTHERS, *ASKING, "question"),
    "assistance_request": (*OTHERS, "answer_until"),
    "conference_invitation": (*OTHERS, "question"),
    "secrecy_review_request": (*OTHERS, *ASKING, "question"),
}
#: A decision says when what was asked for, and what happened; and of these what is a field of it.
DECIDED = (*ASKED, *_names("received_on course public_interest"))
DECIDING = _names(
    "reasons grounds delivery notice_on notice_served_on lapsed_on fee_amount withdrawn_on "
    "replaces authority earlier_reply inspection attachment_pages evidence"
)
#: How a bare figure is told, and a fact that is a yes or no.
TOLD = {
    "within_workdays": "{}个工作日",
    "workdays": "{}个工作日",
    "fee_amount": "{}元",
    "attachment_pages": "{}页",
    "public_interest": "公共利益",
}
#: Of a ground the code is not told.
UNTOLD = frozenset({"code", "head"})


def essentials(kind: str) -> tuple[str, ...]:
    """The fields that a letter of that kind has to tell."""
    table = KINDS[kind]
    if table.base != DECISION:
        return PROCEDURE[kind]
    return (*DECIDED, *(name for name in DECIDING if name in table.fields))


def missing(kind: str, context: Mapping[str, Any], own: Document, standard: Document) -> list[str]:
    """What the office's letter lacks of what the standard letter says of the same case, in words."""
    return [
        *(
            f"{name}缺失或者与标准文本不同"
            for role, name in KEPT.items()
            if _of(own, role) != _of(standard, role)
        ),
        *(f"没有引用{part}" for part in _untold(_articles(context), own, standard, quotes=False)),
        *(
            f"没有写明{meaning(name)}（{name}）"
            for name in essentials(kind)
            if _untold(_told(name, context[name]), own, standard)
        ),
    ]


def _of(letter: Document, role: Role) -> list[Block]:
    return [block for block in letter.blocks if block.role is role]


def _untold(said: Iterable[str], own: Document, standard: Document, *, quotes: bool = True) -> list[str]:
    """What the standard letter says and the office's does not."""
    needed, there = _text(standard, quotes=quotes), _text(own, quotes=quotes)
    return [each for each in said if _bare(each) in needed and _bare(each) not in there]


def _articles(context: Mapping[str, Any]) -> list[str]:
    """The law and each article of it by itself; what the applicant wrote of them does not count."""
    law, mark, articles = str(context.get("article", "")).rpartition("》")
    return [law + mark, *articles.split("、")]


def _told(name: str, value: Any) -> list[str]:
    """Every text in what a field says, as it is told; none, where it says nothing."""
    return [TOLD.get(name, "{}").format(each) for each in _texts(value)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _texts([each for name, each in value.items() if name not in UNTOLD])
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif value not in (None, "", False):
        yield str(value)


def _text(letter: Document, *, quotes: bool) -> str:
    """All that a letter says, without white space."""
    told = (block for block in letter.blocks if quotes or block.role is not Role.QUOTE)
    return "\n".join(_bare(part) for block in told for part in (block.text, *sum(block.rows, ())))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
