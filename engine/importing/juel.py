"""JUEL, the expression language of Camunda 7 (`${amount > 1000}`), as a tree: what FEEL says exactly, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from .tree import (
    MAX_DEPTH,
    MAX_TEXT,
    Arithmetic,
    Choice,
    Compare,
    Items,
    Literal,
    Logic,
    Member,
    Negative,
    Not,
    Path,
    Pattern,
    Tree,
    Writer,
    is_number,
    path,
)
from .untranslatable import Untranslatable

WRITER: Final = Writer(order_may_lack=True, gives_operands=False)

_WHOLE: Final = re.compile(r"\s*[$#]\{(.*)\}\s*", re.DOTALL)
_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<name>[^\W\d]\w*)
    | (?P<operator>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]])
    )""",
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = {
    "and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
    "div": "/", "mod": "%",
}  # fmt: skip
_COMPARED: Final = {"==": "=", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_LITERALS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}
_RUNTIME: Final = frozenset({"execution", "task", "externalTask", "caseExecution", "connector", "authenticatedUserId"})
_EMPTY: Final = (
    'if {0} = null then true else if {0} instance of string then {0} = "" else if {0} instance of list<Any> then count({0}) = 0'
    " else if {0} instance of context then {0} = {{}} else false"
)
_SIZE: Final = "if {0} instance of list<Any> then count({0}) else count(get entries({0}))"


def is_juel(text: str) -> bool:
    """Whether there is a `${…}` or `#{…}` in the text."""
    return "${" in text or "#{" in text


def read_juel(text: str, names: Mapping[str, str]) -> Tree:
    """The tree of one `${…}`; `names` says what a name is here (`initiator` → `case.startedBy`).

    Raises:
        Untranslatable: it is something else, or has something that FEEL does not say exactly.
    """
    whole = _WHOLE.fullmatch(text)
    if whole is None or is_juel(whole[1]):
        raise Untranslatable("mixed")
    if len(text) > MAX_TEXT:
        raise Untranslatable("too-large")
    parser = _Parser(_tokens(whole[1]), names)
    tree = parser.choice()
    parser.expect_end()
    return tree


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise Untranslatable("syntax", text[position : position + 20])
        kind = token.lastgroup or ""
        word = token[kind]
        found.append(("operator", _WORDS[word]) if kind == "name" and word in _WORDS else (kind, word))
        position = token.end()
    return found


class _Parser:
    """Recursive descent, by JUEL's order of operators."""

    def __init__(self, tokens: list[tuple[str, str]], names: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0
        self._names = names

    def expect_end(self) -> None:
        if self._position < len(self._tokens):
            raise Untranslatable("syntax", self._tokens[self._position][1])

    def _take(self, *operators: str) -> str:
        """The next token when it is one of these operators, else nothing."""
        if self._position < len(self._tokens):
            kind, word = self._tokens[self._position]
            if kind == "operator" and word in operators:
                self._position += 1
                return word
        return ""

    def _expect(self, operator: str) -> None:
        if not self._take(operator):
            self._fail()

    def _fail(self) -> None:
        rest = self._tokens[self._position :]
        raise Untranslatable("syntax", rest[0][1] if rest else "…")

    def _next(self) -> tuple[str, str]:
        if self._position >= len(self._tokens):
            self._fail()
        self._position += 1
        return self._tokens[self._position - 1]

    def choice(self) -> Tree:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Untranslatable("too-large")
        tree = self._or()
        if self._take("?"):
            then = self.choice()
            self._expect(":")
            tree = Choice(tree, then, self.choice())
        self._depth -= 1
        return tree

    def _or(self) -> Tree:
        operands = [self._and()]
        while self._take("||"):
            operands.append(self._and())
        return operands[0] if len(operands) == 1 else Logic("or", tuple(operands))

    def _and(self) -> Tree:
        operands = [self._equal()]
        while self._take("&&"):
            operands.append(self._equal())
        return operands[0] if len(operands) == 1 else Logic("and", tuple(operands))

    def _equal(self) -> Tree:
        tree = self._ordered()
        while operator := self._take("==", "!="):
            tree = Compare(_COMPARED[operator], tree, self._ordered())
        return tree

    def _ordered(self) -> Tree:
        tree = self._sum()
        while operator := self._take("<", ">", "<=", ">="):
            tree = Compare(_COMPARED[operator], tree, self._sum())
        return tree

    def _sum(self) -> Tree:
        tree = self._product()
        while operator := self._take("+", "-"):
            tree = _added(tree, self._product()) if operator == "+" else Arithmetic("-", tree, self._product())
        return tree

    def _product(self) -> Tree:
        tree = self._sign()
        while operator := self._take("*", "/", "%"):
            if operator == "%":
                raise Untranslatable("operator", operator)
            tree = Arithmetic(operator, tree, self._sign())
        return tree

    def _sign(self) -> Tree:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Untranslatable("too-large")
        tree = self._signed()
        self._depth -= 1
        return tree

    def _signed(self) -> Tree:
        if self._take("!"):
            return Not(self._sign())
        if self._take("-"):
            return Negative(self._sign())
        if self._position < len(self._tokens) and self._tokens[self._position] == ("name", "empty"):
            self._position += 1
            return Pattern(_EMPTY, (self._sign(),), "truth")
        return self._members(self._primary())

    def _primary(self) -> Tree:
        kind, word = self._next()
        if kind == "number":
            try:
                return Literal(Decimal(word))
            except InvalidOperation as error:
                raise Untranslatable("too-large") from error
        if kind == "text":
            return Literal(re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL))
        if word == "(":
            tree = self.choice()
            self._expect(")")
            return tree
        if kind != "name":
            self._position -= 1
            self._fail()
        if word in _LITERALS:
            return Literal(_LITERALS[word])
        if self._take("("):
            raise Untranslatable("call", f"{word}()")
        if word in _RUNTIME and word not in self._names:
            return self._variable(word)
        return _named(self._names[word]) if word in self._names else path((word,))

    def _variable(self, owner: str) -> Tree:
        """`execution.getVariable("amount")` is the name itself; all else of the runtime is refused."""
        rest = [word for _, word in self._tokens[self._position : self._position + 5]]
        if owner in ("execution", "task") and rest[:3] == [".", "getVariable", "("] and rest[4:] == [")"]:
            kind, word = self._tokens[self._position + 3]
            self._position += 5
            if kind == "text":
                return path((word[1:-1],))
        raise Untranslatable("runtime", owner)

    def _members(self, tree: Tree) -> Tree:
        while operator := self._take(".", "["):
            if operator == "[":
                tree = self._item(tree)
                continue
            kind, name = self._next()
            if kind != "name":
                self._position -= 1
                self._fail()
            tree = self._method(tree, name) if self._take("(") else member(tree, name)
        return tree

    def _item(self, tree: Tree) -> Tree:
        index = self.choice()
        self._expect("]")
        match index:
            case Literal(value=str() as name):
                return member(tree, name)
            case Literal(value=Decimal() as number) if number == number.to_integral_value() and 0 <= number < 1000:
                return Pattern("if {0} instance of list<Any> then {0}[" + str(int(number) + 1) + "] else null", (tree,))
        raise Untranslatable("operator", "[…]")

    def _method(self, tree: Tree, name: str) -> Tree:
        arguments = [] if self._take(")") else [self.choice()]
        while arguments and not self._take(")"):
            self._expect(",")
            arguments.append(self.choice())
        match name, arguments:
            case "equals", [Literal(value=str()) as other]:
                return Compare("=", tree, other)
            case "equals", [other] if isinstance(tree, Literal) and isinstance(tree.value, str):
                return Compare("=", tree, other)
            case "startsWith", [Literal(value=str()) as other]:
                return Pattern("starts with({0}, {1})", (tree, other), "truth")
            case "endsWith", [Literal(value=str()) as other]:
                return Pattern("ends with({0}, {1})", (tree, other), "truth")
            case "size", []:
                return Pattern(_SIZE, (tree,), "number")
        raise Untranslatable("call", f"{name}()")


def member(tree: Tree, name: str) -> Tree:
    """What `tree.name` is."""
    path((name,) if name != "case" else ("_",))
    return path((*tree.steps, name)) if isinstance(tree, Path) else Member(tree, name)


def _named(replacement: str) -> Tree:
    """What a name of the other tool is here; replacements are our own and need no check."""
    return Path(tuple(replacement.split("."))) if "-" not in replacement else Pattern(f"({replacement})", (), "number")


def _added(left: Tree, right: Tree) -> Tree:
    """JUEL's `+` adds numbers and nothing else, FEEL's joins texts too: so only where one is certainly a number."""
    if any(isinstance(side, Literal) and not isinstance(side.value, Decimal) for side in (left, right)):
        raise Untranslatable("operator", "+")
    if is_number(left) or is_number(right):
        return Arithmetic("+", left, right)
    return Pattern("sum({0})", (Items((left, right)),), "number")
