"""Texts put together at random: each is found good, or told what is wrong with it, and nothing breaks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from letters.own import check
from tests.letters.test_own import GOOD, KIND, with_matter

WORDS = """
{{ }} {% %} {# #} {%- -%} if else elif endif for in endfor block endblock extends from import raw endraw
( ) [ ] . | ~ + - * == not and or is none loop true 1.5 99 " ' < > & { } % \\ \\x \x00 \u2028
items you reasons matter body cite join length set macro include super() __class__ 甲 ，
<p> </p> <li> </li> </ol> &lt; "33"|cite numbered(items) until(answer_by)
"""
#: What texts are made of, and what could do harm.
TOKENS = [
    *WORDS.split(" "),
    '<ol class="letter-items">',
    '{% extends "_applicant.html.jinja" %}\n{% block matter %}',
    "\n",
    " ",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=40), st.booleans())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_is_written_is_good_or_told_what_is_wrong(tokens: list[str], inside: bool) -> None:
    text = with_matter(" ".join(tokens) + GOOD) if inside else "".join(tokens)

    for problem in check(KIND, text):
        assert 0 <= problem.line <= text.count("\n") + 1
        assert problem.message
