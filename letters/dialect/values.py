"""Variables, conditions, filters and calls of a text: what each may be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from letters.dialect.allowed import DEEPEST, PARTS, TOO_DEEP, Allowed, Problem, named, nearest
from workflow.law.statute import ARTICLES, articles_of

INSTEAD: dict[type[nodes.Node], str] = {
    nodes.Assign: "不能使用{% set %}",
    nodes.AssignBlock: "不能使用{% set %}",
    nodes.Include: "不能使用{% include %}",
    nodes.Import: f'不能使用{{% import %}}；共用段落请写{{% from "{PARTS}" import 名称 %}}',
    nodes.Macro: "不能使用{% macro %}",
    nodes.CallBlock: "不能使用{% call %}",
    nodes.FilterBlock: "不能使用{% filter %}",
    nodes.With: "不能使用{% with %}",
    nodes.Scope: "不能使用{% autoescape %}",
    nodes.Block: "区块不能写在另一个区块、判断或者循环之内",
    nodes.Extends: "{% extends %}只能写在第一行",
    nodes.FromImport: "{% from %}只能写在全文开头，或者区块的开头",
    nodes.Concat: "不能使用“~”，文字和变量直接连写即可",
    nodes.CondExpr: "{{ }}之内不能使用if，请改用{% if %}…{% endif %}",
    nodes.Call: "共用段落只能在{{ }}之内单独使用；不能调用其他名称",
    nodes.Tuple: "不能使用逗号隔开的多个值",
    nodes.List: "不能使用列表",
    nodes.Dict: "不能使用字典",
    nodes.BinExpr: "不能运算",
    nodes.UnaryExpr: "不能运算",
}
ELSE = "不能使用这种写法"
VARIABLES = (nodes.Name, nodes.Getattr, nodes.Getitem)
#: What a loop tells of itself.
LOOP = ("first", "index", "last", "length")
SEPARATOR = 20
#: The filters, and how they are used. None follows another: what they make grows no further.
FILTERS = {
    "cite": '引用条款应写作{{ "33"|cite }}、{{ "15/32"|cite }}',
    "join": f'连接应写作{{{{ items|join("；") }}}}，连接用的文字不超过{SEPARATOR}个字',
    "length": "计数应写作{{ items|length }}",
}


@dataclass
class Values:
    """Reads what stands in Jinja's brackets, and notes what it does not know."""

    allowed: Allowed
    problems: list[Problem] = field(default_factory=list)
    #: The macros that have been imported, and the names of the loops around.
    macros: set[str] = field(default_factory=set)
    loops: list[str] = field(default_factory=list)
    depth: int = 0
    #: The loops of the whole text.
    counted: int = 0

    def note(self, node: nodes.Node, message: str) -> None:
        """A problem, where the node stands."""
        self.problems.append(Problem(node.lineno, message))

    def refuse(self, node: nodes.Node) -> None:
        """What is not allowed here, by the kind of the node or whatever that is a kind of."""
        self.note(node, next((INSTEAD[kind] for kind in type(node).mro() if kind in INSTEAD), ELSE))

    @contextmanager
    def deeper(self, node: nodes.Node) -> Iterator[bool]:
        """One level down, unless that is too deep."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.note(node, TOO_DEEP)
        yield self.depth <= DEEPEST
        self.depth -= 1

    def condition(self, node: nodes.Node) -> None:
        """What stands between if and %}."""
        with self.deeper(node) as there:
            if not there:
                return
            if isinstance(node, (nodes.And, nodes.Or)):
                self.condition(node.left)
                self.condition(node.right)
            elif isinstance(node, nodes.Not):
                self.condition(node.node)
            elif isinstance(node, nodes.Compare):
                self._comparison(node)
            elif isinstance(node, nodes.Test):
                self._test(node)
            else:
                self.value(node)

    def _comparison(self, node: nodes.Compare) -> None:
        self.value(node.expr)
        for operand in node.ops:
            self.value(operand.expr)

    def _test(self, node: nodes.Test) -> None:
        if node.name != "none" or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.note(node, f"不能用“is {node.name}”判断，只能用“is none”")
        self.value(node.node)

    def value(self, node: nodes.Node) -> None:
        """A variable or what it holds, a text or a number, or one of the filters on them."""
        with self.deeper(node) as there:
            if not there:
                return
            if isinstance(node, nodes.Const):
                self._constant(node)
            elif isinstance(node, nodes.Name):
                self._name(node)
            elif isinstance(node, nodes.Getattr):
                self._part(node, node.node, node.attr)
            elif isinstance(node, nodes.Getitem):
                self._item(node)
            elif isinstance(node, nodes.Filter):
                self._filter(node)
            else:
                self.refuse(node)

    def _constant(self, node: nodes.Const) -> None:
        if not isinstance(node.value, (str, int)) and node.value is not None:
            self.note(node, "只能写文字或者整数")

    def _name(self, node: nodes.Name) -> None:
        known = {*self.allowed.fields, *self.loops}
        if node.name == "loop" and self.loops:
            self.note(node, f"loop只能取{named(f'loop.{each}' for each in LOOP)}")
        elif node.name not in known:
            self.note(node, f"没有变量“{node.name}”{nearest(node.name, known)}")

    def _part(self, node: nodes.Node, of: nodes.Node, name: str) -> None:
        if name.startswith("_"):
            self.note(node, f"不能使用以下划线开头的“{name}”")
        elif isinstance(of, nodes.Name) and of.name == "loop" and self.loops:
            if name not in LOOP:
                self.note(node, f"没有“loop.{name}”，可用：{named(LOOP)}")
        elif isinstance(of, VARIABLES):
            self.value(of)
        else:
            self.note(node, "只能取变量的内容")

    def _item(self, node: nodes.Getitem) -> None:
        index = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(index, bool) or not isinstance(index, (int, str)):
            self.note(node, "方括号之内只能写明序号或者名称")
        else:
            self._part(node, node.node, str(index))

    def _filter(self, node: nodes.Filter) -> None:
        args = [each.value if isinstance(each, nodes.Const) else None for each in node.args]
        if node.name not in FILTERS:
            self.note(node, f"没有过滤器“{node.name}”，可用：{named(FILTERS)}")
        elif node.kwargs or node.dyn_args or node.dyn_kwargs or not _fits(node.name, args):
            self.note(node, FILTERS[node.name])
        elif node.name == "cite":
            self._citation(node)
        elif isinstance(node.node, VARIABLES):
            self.value(node.node)
        else:
            self.note(node, f"“|{node.name}”之前只能是变量")

    def _citation(self, node: nodes.Filter) -> None:
        cited = node.node.value if isinstance(node.node, nodes.Const) else None
        if not isinstance(cited, str):
            self.note(node, FILTERS["cite"])
        elif unknown := [each for each in articles_of(cited) if each not in ARTICLES]:
            self.note(node, f"没有条款“{named(unknown)}”；其他条款请直接写出，如《条例》第二十八条")


def _fits(name: str, args: list[Any]) -> bool:
    """Whether a filter is given what it takes: a separator to join by, nothing to the others."""
    if name == "join":
        return len(args) <= 1 and all(isinstance(each, str) and len(each) <= SEPARATOR for each in args)
    return not args
