"""送达回证: what is printed about a letter before it is delivered, and after."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from jinja2 import meta

from letters.document import Role, read
from letters.fonts import Fonts
from letters.forms import FORMS
from letters.pdf import Press
from letters.render import ENVIRONMENT, SUFFIX, source
from letters.service import service_record
from tests.workflow.walk import CALENDAR
from workflow.history import Term
from workflow.law.statute import ARTICLES
from workflow.queries.service import Proof, Service
from workflow.vocabulary import Method, TermName, TermStatus

BLANK = Service(
    case_number="ZYZY-2026-0001",
    kind="disclosed",
    number="招自然资公开告〔2026〕12号",
    on=date(2026, 7, 8),
    to="张三",
    method=None,
    address="招远市某路1号",
    proof=None,
    returned=(),
    terms=(),
)
BACK = Proof(Method.REGISTERED_POST, date(2026, 7, 10), tracking_no="XA1")
ARRIVED = Proof(
    Method.REGISTERED_POST,
    date(2026, 7, 13),
    receiver="李四（同住家属）",
    tracking_no="XA2",
    receipt="回7",
    entered_by="沈若溪",
    entered_on=date(2026, 7, 14),
)
NOTICED = Proof(
    Method.PUBLIC_NOTICE,
    date(2026, 8, 7),
    published_on=date(2026, 7, 8),
    entered_by="沈若溪",
    entered_on=date(2026, 7, 8),
)
IN_PERSON = Proof(Method.IN_PERSON, date(2026, 7, 8))
RECONSIDER = Term(
    TermName.RECONSIDERATION, 1, "复议法20", date(2026, 7, 13), date(2026, 9, 11), TermStatus.RUNNING, 6
)
SUE = Term(TermName.LITIGATION, 1, "行诉法46", date(2026, 7, 13), date(2027, 1, 13), TermStatus.RUNNING, 6)


def served(proof: Proof, returned: tuple[Proof, ...] = (), terms: tuple[Term, ...] = ()) -> Service:
    """The same letter, once it has arrived."""
    return replace(BLANK, method=proof.method, proof=proof, returned=returned, terms=terms)


def printed(found: Service) -> str:
    return service_record(found, agency="招远市财政局", title="政府信息予以公开答复书", calendar=CALENDAR)


def rows(found: Service) -> dict[str, str]:
    """The table of the form: what it asks, and what stands beside it."""
    (table,) = [block for block in read(printed(found)).blocks if block.role is Role.TABLE]
    assert (table.head_rows, table.head_columns) == (0, 1)
    return {row[0]: row[1] for row in table.rows}


def test_a_form_declares_what_its_text_uses_and_cites_an_article() -> None:
    form = FORMS["service_record"]
    tree = ENVIRONMENT.parse(source(form.template + SUFFIX))

    assert meta.find_undeclared_variables(tree) == form.fields
    assert (form.code, form.zh) == ("L40", "送达回证")
    assert form.article in ARTICLES


def test_before_delivery_the_form_names_the_letter_and_leaves_the_rest_to_be_written() -> None:
    form = rows(BLANK)

    assert read(printed(BLANK)).text(Role.TITLE) == "招远市财政局送达回证"
    assert list(form) == [
        "送达文书",
        "文号",
        "受送达人",
        "送达地址",
        "送达方式",
        "签收人",
        "签收时间",
        "凭证编号",
        "代收",
        "拒收及见证",
        "送达人",
        "备注",
        "填写依据",
    ]
    assert form["送达文书"] == "政府信息予以公开答复书（2026年7月8日）"
    assert form["文号"] == "招自然资公开告〔2026〕12号（ZYZY-2026-0001）"
    assert (form["受送达人"], form["送达地址"]) == ("张三", "招远市某路1号")
    assert form["送达方式"] == "□直接 □留置 □邮寄 □电子 □传真 □公告"
    assert [form[name] for name in ("签收人", "拒收及见证", "送达人", "备注")] == [""] * 4
    assert form["签收时间"].replace("＿", "") == "年月日时分"
    assert form["填写依据"].startswith("参照《中华人民共和国民事诉讼法》第八十七条")


def test_the_way_it_is_meant_to_go_is_told_before_it_has_gone() -> None:
    assert rows(replace(BLANK, method=Method.ORDINARY_POST))["送达方式"] == "平常信函送达"


def test_after_delivery_it_tells_what_was_recorded_and_the_last_days_of_the_remedies() -> None:
    form = rows(served(ARRIVED, returned=(BACK,), terms=(RECONSIDER, SUE)))

    assert form["送达方式"] == "邮寄送达"
    assert (form["签收人"], form["签收时间"]) == ("李四（同住家属）", "2026年7月13日")
    assert form["凭证编号"] == "邮件编号XA2；回执编号回7"
    assert {"代收", "拒收及见证", "填写依据"}.isdisjoint(form)
    assert form["备注"] == (
        "2026年7月10日邮寄送达被退回（邮件编号XA1）。"
        "申请复议期限至2026年9月11日届满（含当日）。"
        "提起诉讼期限至2027年1月13日届满（含当日，待放假安排公布后确定）。"
        "送达情况由沈若溪于2026年7月14日登记。"
    )


def test_what_was_published_counts_as_served_and_nobody_has_signed_for_it() -> None:
    form = rows(served(NOTICED))

    assert (form["送达方式"], form["送达地址"], form["签收人"]) == ("公告送达", "／", "／")
    assert form["签收时间"] == "2026年8月7日（视为送达）"
    assert form["凭证编号"] == "／"
    assert "2026年7月8日公告，满30日视为送达（参照《中华人民共和国民事诉讼法》第九十五条）。" in form["备注"]


def test_what_was_handed_over_is_signed_on_the_form() -> None:
    form = rows(served(IN_PERSON))

    assert (form["送达方式"], form["签收人"], form["签收时间"]) == ("直接送达", "", "2026年7月8日")
    assert "代收" in form


def test_who_signed_for_what_was_handed_over_need_not_sign_again() -> None:
    form = rows(served(replace(IN_PERSON, receiver="张三")))

    assert form["签收人"] == "张三"
    assert "代收" not in form


@pytest.mark.parametrize(
    "found",
    [
        BLANK,
        served(IN_PERSON),
        served(ARRIVED, returned=(BACK,), terms=(RECONSIDER, SUE)),
        served(NOTICED),
        replace(BLANK, to="内蒙古自治区某某某某某某某某某某某某有限责任公司" * 2, address="某路" * 20),
    ],
    ids=["blank", "handed over", "by post", "published", "long names"],
)
def test_the_form_is_one_page_on_which_all_can_be_read(found: Service) -> None:
    html = printed(found)
    press = Press(Fonts())

    pdf = pypdfium2.PdfDocument(press.pdf([read(html)], on=found.on))

    assert press.fonts.missing(html) == []
    try:
        assert len(pdf) == 1
        text = "".join(pdf[0].get_textpage().get_text_bounded().split())
    finally:
        pdf.close()
    for label, told in rows(found).items():
        assert label in text
        assert "".join(told.split()) in text


def test_what_people_wrote_is_text_whatever_it_is() -> None:
    wild = '<script>alert(1)</script>{{ 7*7 }}#read("x")'

    form = rows(replace(served(replace(ARRIVED, receiver=wild)), address=wild, to=wild))

    assert (form["签收人"], form["送达地址"], form["受送达人"]) == (wild, wild, wild)
