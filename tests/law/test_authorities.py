"""To whom a reply can be taken: read from the name of the agency, as far as it leaves no doubt."""

import pytest

from workflow.law.authorities import ANY_BODY, ANY_COURT, ANY_INTERMEDIATE_COURT, SUPERIOR, authorities_of
from workflow.law.statute import ARTICLES

ZHAOYUAN, YANTAI = "招远市人民法院", "烟台市中级人民法院"

#: Agencies of 招远, with the body, the court, and why.
CITY = [
    ("招远市自然资源和规划局", "招远市人民政府", "24¶1(1)", ZHAOYUAN, "a department"),
    ("招远市城市管理局", "招远市人民政府", "24¶1(1)", ZHAOYUAN, "城市 is no place"),
    ("招远市市场监督管理局", "招远市人民政府", "24¶1(1)", ZHAOYUAN, "市场 neither"),
    ("招远市社区服务中心", "招远市人民政府", "24¶1(1)", ZHAOYUAN, "a community neither"),
    ("招远市人民政府办公室", "招远市人民政府", "24¶1(1)", ZHAOYUAN, "its office in its own name"),
    ("招远市地方金融监督管理局", "招远市人民政府", "24¶1(1)", ZHAOYUAN, "local finance is local"),
    ("招远市玲珑镇人民政府", "招远市人民政府", "24¶1(2)", ZHAOYUAN, "a town"),
    ("招远市罗峰街道办事处", "招远市人民政府", "24¶1(3)", ZHAOYUAN, "a sub-district"),
    ("招远市人民政府罗峰街道办事处", "招远市人民政府", "24¶1(3)", ZHAOYUAN, "the same in full"),
    ("招远市人民政府", "烟台市人民政府", "24¶1(2)", YANTAI, "the city's government"),
    ("招远市司法局", "招远市人民政府或者烟台市司法局", "28", ZHAOYUAN, "the applicant may choose"),
    ("国家税务总局招远市税务局", "国家税务总局烟台市税务局", "27", ZHAOYUAN, "taxes are led from above"),
    ("招远市税务局", "国家税务总局烟台市税务局", "27", ZHAOYUAN, "also by its short name"),
    ("国家税务总局招远市税务局玲珑税务分局", "国家税务总局招远市税务局", "27", ZHAOYUAN, "a tax office"),
    ("招远市国家安全局", "烟台市国家安全局", "27", ZHAOYUAN, "state security"),
    ("国家外汇管理局招远市支局", SUPERIOR, "27", ZHAOYUAN, "foreign exchange"),
    ("中国人民银行招远市支行", SUPERIOR, "27", ZHAOYUAN, "the central bank"),
    ("招远市公安局玲珑派出所", "招远市人民政府", "24¶4", ZHAOYUAN, "a station of a department"),
    ("招远市公安局开发区分局", "招远市人民政府", "24¶4", ZHAOYUAN, "an area has no government"),
    ("烟台市生态环境局招远分局", "烟台市人民政府或者招远市人民政府", "24¶4", ZHAOYUAN, "of the city above"),
]
#: Agencies of other places: the law tells the body, nobody here the court.
ELSEWHERE = [
    ("烟台市人民政府", "山东省人民政府", "24¶1(2)", YANTAI, "the prefecture"),
    ("烟台市司法局", "烟台市人民政府或者山东省司法厅", "28", ANY_COURT, "a province has 厅"),
    ("烟台市国家安全局", "山东省国家安全厅", "27", ANY_COURT, "here too"),
    ("国家税务总局烟台市税务局", "国家税务总局山东省税务局", "27", ANY_COURT, "the province's bureau"),
    ("国家税务总局山东省税务局", "国家税务总局", "27", ANY_COURT, "the State's"),
    ("烟台市公安局芝罘区分局", "烟台市人民政府或者芝罘区人民政府", "24¶4", ANY_COURT, "of a district"),
    ("山东省人民政府", "山东省人民政府", "24¶2", ANY_INTERMEDIATE_COURT, "a province answers for itself"),
    ("上海市人民政府", "上海市人民政府", "24¶2", ANY_INTERMEDIATE_COURT, "so does such a city"),
    ("山东省自然资源厅", "山东省人民政府", "24¶1(1)", ANY_COURT, "a province's department"),
    ("上海市人民政府办公厅", "上海市人民政府", "24¶1(1)", ANY_COURT, "its office"),
    ("天津市和平区司法局", "天津市和平区人民政府或者天津市司法局", "28", ANY_COURT, "a city has 局"),
    ("北京市海淀区人民政府", "北京市人民政府", "24¶1(2)", ANY_INTERMEDIATE_COURT, "a district"),
    ("青岛市市南区人民政府", "青岛市人民政府", "24¶1(2)", ANY_INTERMEDIATE_COURT, "市南 begins with 市"),
    ("淮安市洪泽区财政局", "淮安市洪泽区人民政府", "24¶1(1)", ANY_COURT, "as its name writes the place"),
    ("江苏省淮安市洪泽区人民政府", "江苏省淮安市人民政府", "24¶1(2)", ANY_INTERMEDIATE_COURT, "in full"),
    ("国家税务总局淮安市洪泽区税务局", "国家税务总局淮安市税务局", "27", ANY_COURT, "taxes elsewhere"),
    ("徐州市铜山区水务局", "徐州市铜山区人民政府", "24¶1(1)", ANY_COURT, "铜山 is a district, 山区 is none"),
    ("莱州市财政局", "莱州市人民政府", "24¶1(1)", ANY_COURT, "a city of either level"),
    ("莱州市司法局", "莱州市人民政府或者上一级司法行政部门", "28", ANY_COURT, "whose superior is not told"),
    ("国家税务总局莱州市税务局", SUPERIOR, "27", ANY_COURT, "nor here"),
    (
        "伊犁哈萨克自治州伊宁市财政局",
        "伊犁哈萨克自治州伊宁市人民政府",
        "24¶1(1)",
        ANY_COURT,
        "a prefecture of a people",
    ),
]
#: Where the name leaves the body in doubt, letters speak of the competent one.
IN_DOUBT = [
    ("莱州市人民政府", "24¶1(2)", ANY_INTERMEDIATE_COURT, "what a city belongs to"),
    ("山东省莱州市人民政府", "24¶1(2)", ANY_INTERMEDIATE_COURT, "what lies between province and city"),
    ("安吉县人民政府", "24¶1(2)", ANY_INTERMEDIATE_COURT, "what a county belongs to"),
    ("玲珑镇人民政府", "24", ANY_COURT, "where a town is"),
    ("罗峰街道办事处", "24", ANY_COURT, "where a sub-district is"),
    ("招远经济技术开发区管理委员会", "24", ANY_COURT, "whose an area is"),
    ("烟台市高新区财政局", "24", ANY_COURT, "whose its departments are"),
    ("上海市浦东新区财政局", "24", ANY_COURT, "whether an area has a government"),
    ("自然资源部", "24", ANY_COURT, "no place at all"),
    ("中国共产党招远市委员会", "24", ANY_COURT, "no agency of a place"),
    ("办公室", "24", ANY_COURT, "nothing"),
]


def _named(rows: list[tuple[str, ...]]) -> list[str]:
    return [f"{row[0]}: {row[-1]}" for row in rows]


@pytest.mark.parametrize(
    ("name", "body", "article", "court", "_why"), CITY + ELSEWHERE, ids=_named([*CITY, *ELSEWHERE])
)
def test_body_and_court_follow_from_the_name(
    name: str, body: str, article: str, court: str, _why: str
) -> None:
    found = authorities_of(name)

    assert (found.body.name, found.body.article) == (body, f"复议法{article}")
    assert found.court.name == court


@pytest.mark.parametrize(("name", "article", "court", "_why"), IN_DOUBT, ids=_named([*IN_DOUBT]))
def test_what_the_name_leaves_in_doubt_is_not_guessed(name: str, article: str, court: str, _why: str) -> None:
    found = authorities_of(name)

    assert (found.body.name, found.body.article) == (ANY_BODY, f"复议法{article}")
    assert found.court.name == court


def test_customs_are_led_from_above_and_sued_in_the_intermediate_court() -> None:
    found = authorities_of("烟台海关")

    assert (found.body.name, found.body.article) == (SUPERIOR, "复议法27")
    assert (found.court.name, found.court.article) == (ANY_INTERMEDIATE_COURT, "行诉法15(2)")


@pytest.mark.parametrize(
    ("name", "article"), [("招远市人民政府", "行诉法15(1)"), ("招远市财政局", "行诉法18")]
)
def test_a_government_is_sued_one_court_higher_than_its_departments(name: str, article: str) -> None:
    assert authorities_of(name).court.article == article


def test_what_the_office_has_set_down_counts_and_the_article_stays() -> None:
    found = authorities_of("招远市财政局", body="某复议机关", court="某铁路运输法院")

    assert (found.body.name, found.body.article) == ("某复议机关", "复议法24¶1(1)")
    assert (found.court.name, found.court.article) == ("某铁路运输法院", "行诉法18")


@pytest.mark.parametrize(
    ("name", "kind", "article"),
    [
        ("招远市", "government", "24¶1(2)"),
        ("招远市玲珑镇", "town", "24¶1(2)"),
        ("招远市罗峰街道", "town", "24¶1(3)"),
    ],
)
def test_the_kind_helps_where_the_name_is_short(name: str, kind: str, article: str) -> None:
    assert authorities_of(name, kind).body.article == f"复议法{article}"


def test_every_article_that_is_given_is_one_of_the_law() -> None:
    names = [name for name, *_rest in [*CITY, *ELSEWHERE, *IN_DOUBT, ("烟台海关",)]]
    found = [authorities_of(name) for name in names]

    assert {each.article for pair in found for each in (pair.body, pair.court)} <= set(ARTICLES)
