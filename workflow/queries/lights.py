"""How urgent a case is at a glance: the office's warning colours, not terms of law."""

from workflow.vocabulary import Word


class Light(Word):
    """The colours, most urgent first."""

    RED = "red", "红色预警"
    ORANGE = "orange", "橙色预警"
    YELLOW = "yellow", "黄色预警"
    BLUE = "blue", "蓝色提示"
    GREEN = "green", "时间充裕"
    PAUSED = "paused", "期限暂停"
    NONE = "none", "未起算"


#: Up to so many working days left, the colour is shown; red also when overdue.
UP_TO = ((1, Light.RED), (3, Light.ORANGE), (5, Light.YELLOW), (7, Light.BLUE))
#: What supervisors call due soon.
SOON = 5


def light(workdays_left: int | None, *, paused: bool = False) -> Light:
    """The colour for the working days that are left."""
    if paused:
        return Light.PAUSED
    if workdays_left is None:
        return Light.NONE
    return next((colour for limit, colour in UP_TO if workdays_left <= limit), Light.GREEN)


def words(workdays_left: int | None, *, paused: bool, overdue: bool) -> str:
    """The time that is left in words, so that nobody has to tell the colours apart."""
    if paused:
        return "期限暂停，此前已逾期" if overdue else "期限暂停"
    if workdays_left is None:
        return "期限未起算"
    if overdue:
        return f"逾期{-workdays_left}个工作日" if workdays_left else "已逾期"
    return f"剩{workdays_left}个工作日" if workdays_left else "今日届满"
