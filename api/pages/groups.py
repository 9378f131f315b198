"""The groups of letter numbers by name: what kinds of letters take their numbers from one counter."""

import re

from letters.kinds import KINDS
from workflow.correspondence import DECISION_SERIES
from workflow.numberformat import SHARED
from workflow.numbering import GROUPS

#: What all titles begin with tells nothing about the group.
COMMON = re.compile("^政府信息(公开)?(申请)?")
#: So many titles are enough to know a group by.
NAMED = 2


def _titles(group: str) -> str:
    kinds = [kind for kind in KINDS.values() if kind.series == group]
    titles = list(dict.fromkeys(COMMON.sub("", kind.zh) for kind in kinds))
    return "、".join(titles[:NAMED]) + ("等" if len(titles) > NAMED else "")


#: By the word that stands for the group in a number.
TITLES = {group: _titles(group) for group in GROUPS}
TITLES |= {DECISION_SERIES: "答复书、告知书等各种决定", SHARED: "全部文书"}


def title_of(series: str) -> str:
    """What a counter numbers; a group that is no longer in use is known by its word alone."""
    return TITLES.get(series, series)
