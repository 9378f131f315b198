"""The structure of a text: what it extends, its blocks, and the choices and loops in them."""

from collections.abc import Iterable

from jinja2 import nodes

from letters.dialect.allowed import PARTS, named
from letters.dialect.marks import marks
from letters.dialect.values import VARIABLES, Values

LOOPS, LOOPS_IN_ALL = 2, 20


class Statements(Values):
    """Reads a whole text."""

    def text(self, tree: nodes.Template) -> None:
        """What the standard text extends, then imports and blocks, and nothing beside them."""
        extends = f'第一行应当是{{% extends "{self.allowed.parent}" %}}'
        if not tree.body:
            self.note(tree, extends)
            return
        first = tree.body[0]
        if not _extends(first, self.allowed.parent):
            self.note(first, extends)
        blocks = {each.name for each in tree.body if isinstance(each, nodes.Block)}
        seen: set[str] = set()
        for node in tree.body[isinstance(first, nodes.Extends) :]:
            if isinstance(node, nodes.Block):
                self._block(node, seen, blocks)
            elif isinstance(node, nodes.FromImport):
                self._imports(node)
            elif not isinstance(node, nodes.Output):
                self.refuse(node)
            elif not _blank(node):
                self.note(node, "写在区块之外的内容不会出现在文书中，请移入区块")

    def _block(self, node: nodes.Block, seen: set[str], others: set[str]) -> None:
        """A block of the shared texts, once, and not within another that is written anew."""
        if node.name not in self.allowed.blocks:
            self.note(node, f"没有区块“{node.name}”，可用：{named(self.allowed.blocks)}")
        elif around := self.allowed.blocks[node.name] & others:
            self.note(
                node,
                f"区块“{node.name}”在“{named(around)}”之内，“{named(around)}”已经改写，这里不会出现在文书中",
            )
        if node.name in seen:
            self.note(node, f"区块“{node.name}”写了两次")
        if node.scoped or node.required:
            self.note(node, f"区块只写名称：{{% block {node.name} %}}")
        seen.add(node.name)
        outside = set(self.macros)
        for each in node.body:
            if isinstance(each, nodes.FromImport):
                self._imports(each)
            else:
                self._statement(each)
        self.macros = outside

    def _imports(self, node: nodes.FromImport) -> None:
        """Shared macros, under their own names."""
        if not isinstance(node.template, nodes.Const) or node.template.value != PARTS:
            self.note(node, f'只能从"{PARTS}"引入')
            return
        if node.with_context:
            self.note(node, "引入时不能写with context")
        for name in node.names:
            if not isinstance(name, str):
                self.note(node, f"引入“{name[0]}”时不能改名")
            elif name not in self.allowed.macros:
                self.note(node, f"没有共用段落“{name}”，可用：{named(self.allowed.macros)}")
            else:
                self.macros.add(name)

    def _all(self, inside: Iterable[nodes.Node]) -> None:
        for node in inside:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        with self.deeper(node) as there:
            if not there:
                return
            if isinstance(node, nodes.Output):
                self._output(node)
            elif isinstance(node, nodes.If):
                self._choice(node)
            elif isinstance(node, nodes.For):
                self._loop(node)
            else:
                self.refuse(node)

    def _output(self, node: nodes.Output) -> None:
        for each in node.nodes:
            if isinstance(each, nodes.TemplateData):
                self.problems.extend(marks(each.data, each.lineno))
            elif isinstance(each, nodes.Call):
                self._call(each)
            else:
                self.value(each)

    def _choice(self, node: nodes.If) -> None:
        for each in (node, *node.elif_):
            self.condition(each.test)
            self._all(each.body)
        self._all(node.else_)

    def _loop(self, node: nodes.For) -> None:
        """Over what the letter says; an inner loop only over what the outer one holds."""
        if node.test or node.recursive or node.else_:
            self.note(node, "循环只写{% for 名称 in 变量 %}，不能带if、recursive或者else")
        if not isinstance(node.iter, VARIABLES):
            self.note(node, "只能循环一个变量的内容，如{% for item in items %}")
            return
        self.value(node.iter)
        self.counted += 1
        if self.counted == LOOPS_IN_ALL + 1:
            self.note(node, f"循环最多写{LOOPS_IN_ALL}处")
        if len(self.loops) == LOOPS:
            self.note(node, f"循环最多套{LOOPS}层")
            return
        if self.loops and _root(node.iter) not in self.loops:
            self.note(node, "内层循环只能遍历外层循环变量的内容")
        self.loops.append(self._loop_name(node.target))
        self._all(node.body)
        self.loops.pop()

    def _loop_name(self, target: nodes.Node) -> str:
        if not isinstance(target, nodes.Name):
            self.note(target, "循环只能用一个名称，如{% for item in items %}")
            return ""
        taken = {*self.allowed.fields, *self.allowed.macros, *self.loops, "loop"}
        if target.name in taken or target.name.startswith("_"):
            self.note(target, f"循环的名称“{target.name}”已有他用，请换一个")
        return target.name

    def _call(self, node: nodes.Call) -> None:
        """A shared macro, with as many plain values as it takes."""
        if not isinstance(node.node, nodes.Name):
            self.refuse(node)
            return
        name = node.node.name
        if name not in self.macros:
            known = f'，请先写{{% from "{PARTS}" import {name} %}}' if name in self.allowed.macros else ""
            self.note(node, f"没有引入共用段落“{name}”{known}")
            return
        takes = self.allowed.macros[name]
        if len(node.args) != len(takes) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.note(node, f"应写作{{{{ {name}({', '.join(takes)}) }}}}")
        for each in node.args:
            self.value(each)


def _extends(node: nodes.Node, parent: str) -> bool:
    return (
        isinstance(node, nodes.Extends)
        and isinstance(node.template, nodes.Const)
        and node.template.value == parent
    )


def _blank(node: nodes.Output) -> bool:
    return all(isinstance(each, nodes.TemplateData) and not each.data.strip() for each in node.nodes)


def _root(node: nodes.Node) -> str:
    """The variable that an expression begins with."""
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""
