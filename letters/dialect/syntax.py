"""What Jinja's reader complains of, in the words of the office that writes a text."""

import re
from collections.abc import Callable

from jinja2 import TemplateSyntaxError

END = {"block": "endblock", "if": "endif", "for": "endfor", "elif": "endif", "else": "endif"}
#: What stands in a message of Jinja's, and what is told instead.
TOLD: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (
        r"Encountered unknown tag '(end\w+)'.* closed is '(\w+)'",
        lambda m: f"{{% {m[1]} %}}与前面没有结束的{{% {m[2]} %}}不配对",
    ),
    (
        r"Encountered unknown tag '(end\w+|else|elif)'",
        lambda m: f"{{% {m[1]} %}}前面没有与它配对的开始标记",
    ),
    (r"Encountered unknown tag '(\w+)'", lambda m: f"不认识{{% {m[1]} %}}"),
    (
        r"Unexpected end of template.* closed is '(\w+)'",
        lambda m: f"{{% {m[1]} %}}没有结束标记{{% {END.get(m[1], 'end' + m[1])} %}}",
    ),
    (r"Missing end of comment tag", lambda _: "注释{#没有以#}结束"),
    (r"Missing end of raw directive", lambda _: "不能使用{% raw %}"),
    (
        r"got 'end of template'|unexpected end of template",
        lambda _: "文本在{{或者{%之内就结束了，缺少}}或者%}",
    ),
    (
        r"expected token 'end of (?:print statement|statement block)', got '(.+)'",
        lambda m: f"“{m[1]}”不应写在这里",
    ),
    (r"expected token '(.+)', got '(.+)'", lambda m: f"“{_word(m[2])}”之前缺少“{_word(m[1])}”"),
    (r"Expected an expression, got", lambda _: "这里缺少变量或者文字"),
    (r"unexpected char (.+) at \d+", lambda m: f"{{{{ }}}}和{{% %}}之内不能写{m[1]}，标点应为半角"),
    (r"unexpected '(.+)'$", lambda m: f"“{_word(m[1])}”不应写在这里"),
    (r"[Nn]o filter named '(\w+)'", lambda m: f"没有过滤器“{m[1]}”"),
    (r"[Nn]o test named '(\w+)'", lambda m: f"不能用“is {m[1]}”判断"),
)
WORDS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
    "name": "名称",
    "in": "in",
}


def told(error: TemplateSyntaxError) -> str:
    """A fault of syntax, in Chinese."""
    for pattern, tell in TOLD:
        found = re.search(pattern, error.message or "")
        if found:
            return tell(found)
    return "这里的写法不完整，或者有多余的符号"


def _word(token: str) -> str:
    return WORDS.get(token, token)
