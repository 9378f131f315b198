"""The offices of the demo city and their staff: 招远市, its government, ten departments and two towns.

Streets, telephone numbers and people are invented: no local number of the city begins with a zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import insert, update

from api.accounts import HASHER
from workflow.agencies import found
from workflow.engine import Actor
from workflow.store import Session
from workflow.tables import USER_ROLES, USERS, Agency
from workflow.vocabulary import Role

CITY = "招远市人民政府"
CITY_COURT, COUNTY_COURT = "烟台市中级人民法院", "招远市人民法院"
#: Of the departments that are led from above, or that may choose (复议法 24, 28).
EITHER_GOVERNMENT = "烟台市人民政府或者招远市人民政府"
EITHER_JUSTICE = "招远市人民政府或者烟台市司法局"
CITY_ONLINE = "烟台市行政复议网上申请平台（演示）"
#: A town numbers few letters, and all of them in one row.
TOWN_NUMBERS = "{code}公开〔{year}〕{n}号"


@dataclass(frozen=True, slots=True)
class Office:
    """One agency of the city, with the people who answer its applications, in the order of DESK."""

    code: str
    #: What its staff type behind their role when they log in.
    short: str
    name: str
    letter_code: str
    staff: tuple[str, str, str, str]
    kind: str = "department"
    reconsideration_body: str = CITY
    court: str = COUNTY_COURT
    #: Where its reconsideration body takes applications online; none: what all of them share.
    online_channel: str | None = None
    #: How it writes its letter numbers; none: the standard way.
    number_format: str | None = None


GOVERNMENT = Office(
    code="ZYZF",
    short="zf",
    name=CITY,
    letter_code="招政",
    staff=("孟知夏", "邵仲谦", "祁慎言", "岑望舒"),
    kind="government",
    reconsideration_body="烟台市人民政府",
    court=CITY_COURT,
    online_channel=CITY_ONLINE,
)
OFFICES: tuple[Office, ...] = (
    GOVERNMENT,
    Office("ZYZRZY", "zrzy", "招远市自然资源和规划局", "招自然资", ("沈若溪", "陆田野", "方守正", "韩秉山")),
    Office("ZYCZ", "cz", "招远市财政局", "招财", ("苏明澈", "钱若谷", "程正言", "许廉泉")),
    Office("ZYJT", "jt", "招远市教育和体育局", "招教体", ("白芷兰", "顾育松", "秦思矩", "梁启蒙")),
    Office("ZYRS", "rs", "招远市人力资源和社会保障局", "招人社", ("温若水", "蒋勤耕", "章法度", "陶安民")),
    Office("ZYZJ", "zj", "招远市住房和城乡建设局", "招住建", ("夏初晴", "石筑基", "严明律", "葛安居")),
    Office("ZYJY", "jy", "招远市交通运输局", "招交运", ("唐晓路", "马行远", "杜衡平", "乔通途")),
    Office("ZYWJ", "wj", "招远市卫生健康局", "招卫健", ("柳青禾", "任济舟", "纪慎微", "祝康宁")),
    Office("ZYSJ", "sj", "招远市市场监督管理局", "招市监", ("龚诚意", "向衡量", "尹守信", "褚公平")),
    Office(
        "ZYSF",
        "sf",
        "招远市司法局",
        "招司",
        ("卫知新", "毕文书", "宗明法", "霍秉公"),
        reconsideration_body=EITHER_JUSTICE,
    ),
    Office(
        "ZYHJ",
        "hj",
        "烟台市生态环境局招远分局",
        "烟环招",
        ("江碧秋", "林清源", "汪守规", "岳长青"),
        reconsideration_body=EITHER_GOVERNMENT,
    ),
    Office("JQZ", "jq", "金泉镇人民政府", "金政", ("于小满", "曲有田", "贺正音", "丛乐业"), kind="town"),
    Office(
        "YLZ",
        "yl",
        "云岭镇人民政府",
        "云政",
        ("姜晚秋", "迟丰年", "隋中和", "初兴邦"),
        kind="town",
        number_format=TOWN_NUMBERS,
    ),
)
#: Who stands behind each window, desk and signature of an office.
DESK = (Role.CLERK, Role.HANDLER, Role.LEGAL, Role.HEAD)
#: How the roles are spelt in a login name.
PINYIN: Mapping[Role, str] = {
    Role.CLERK: "chuangkou",
    Role.HANDLER: "chengban",
    Role.LEGAL: "fazhi",
    Role.HEAD: "fuze",
    Role.SUPERVISOR: "duban",
    Role.ADMIN: "guanli",
}
#: They serve the whole city and belong to its government.
CITY_STAFF: Mapping[Role, str] = {Role.SUPERVISOR: "骆公允", Role.ADMIN: "安如磐"}
NOT_A_STREET, NOT_A_NUMBER = "招远市明答路{n}号（演示地址）", "0535-000{n:04d}"


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the demo staff, and the one role in which they act."""

    office: Office
    role: Role
    name: str
    login: str


def accounts() -> Iterator[Account]:
    """Everybody who can log in, office by office."""
    for office in OFFICES:
        for role, name in zip(DESK, office.staff, strict=True):
            yield Account(office, role, name, f"{PINYIN[role]}-{office.short}")
    for role, name in CITY_STAFF.items():
        yield Account(GOVERNMENT, role, name, PINYIN[role])


@dataclass(frozen=True, slots=True)
class City:
    """The offices as the database has them, and who acts in which role."""

    agencies: Mapping[str, Agency]
    actors: Mapping[tuple[str, Role], Actor]


def found_city(session: Session, password_hash: str) -> City:
    """Set up the offices, the government above all others, and the accounts of their staff."""
    agencies: dict[str, Agency] = {}
    for n, office in enumerate(OFFICES, start=1):
        above = agencies[GOVERNMENT.code].id if agencies else None
        agencies[office.code] = _found(session, office, n, above)
    actors = {(a.office.code, a.role): _hire(session, a, agencies, password_hash) for a in accounts()}
    return City(agencies, actors)


def _found(session: Session, office: Office, n: int, above: int | None) -> Agency:
    return found(
        session,
        office.name,
        code=office.code,
        letter_code=office.letter_code,
        kind=office.kind,
        parent_id=above,
        address=NOT_A_STREET.format(n=n),
        phone=NOT_A_NUMBER.format(n=n * 100),
        reconsideration_body=office.reconsideration_body,
        court=office.court,
        online_channel=office.online_channel,
        number_format=office.number_format,
    )


def _hire(session: Session, account: Account, agencies: Mapping[str, Agency], password_hash: str) -> Actor:
    row = {
        "login": account.login,
        "name": account.name,
        "password_hash": password_hash,
        "agency_id": agencies[account.office.code].id,
        "active": True,
        "failed_logins": 0,
    }
    user_id = int(session.execute(insert(USERS).returning(USERS.c.id), row).scalar_one())
    session.execute(insert(USER_ROLES), {"user_id": user_id, "role": account.role})
    return Actor(account.role, user_id)


def set_password(session: Session, password: str) -> None:
    """Give the whole demo staff one password, hashed once: Argon2 takes a fifth of a second."""
    logins = [account.login for account in accounts()]
    fresh = {"password_hash": HASHER.hash(password), "failed_logins": 0, "locked_until": None}
    session.execute(update(USERS).where(USERS.c.login.in_(logins)).values(**fresh))


def handler_of(code: str) -> str:
    """The name of the one who handles applications in that office."""
    office = next(office for office in OFFICES if office.code == code)
    return office.staff[DESK.index(Role.HANDLER)]
