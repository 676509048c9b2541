"""Derivations: plain arithmetic over facts, as the front matter writes them."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable

REFERENCE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[A-Za-z_][A-Za-z0-9_]*")
OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
LONGEST = 400
MUST = "must be sums and products of facts and numbers"


def references(expression: str) -> list[str]:
    """The facts that a derivation names, as `source.key`."""
    return REFERENCE.findall(expression)


def derived(expression: str, fact: Callable[[str], float]) -> float:
    """The value of a derivation. Raises ValueError with what must hold."""
    names: list[str] = []

    def keep(match: re.Match[str]) -> str:
        names.append(match[0])
        return f"_{len(names) - 1}"

    plain = REFERENCE.sub(keep, expression)
    if len(plain) > LONGEST:
        raise ValueError(f"must have at most {LONGEST} characters")
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
        return _value(tree, lambda name: fact(names[int(name[1:])]))
    except ZeroDivisionError:
        raise ValueError("must not divide by zero") from None
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(MUST) from None


def _value(node: ast.expr, fact: Callable[[str], float]) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](_value(node.left, fact), _value(node.right, fact))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, fact)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        if isinstance(node.value, bool):
            raise ValueError(MUST)
        return float(node.value)
    if isinstance(node, ast.Name) and re.fullmatch(r"_\d+", node.id):
        return fact(node.id)
    raise ValueError(MUST)
