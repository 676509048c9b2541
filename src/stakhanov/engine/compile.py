"""The seam to the compiler: rules and programs, from the text that people read.

A rule is compiled from its own text with three changes that keep it in single precision: float literals
become single, the elementary functions become those of `kernels/single.py`, and rules that it calls are
compiled the same way. Nothing else of the engine knows the compiler, but the backends.
"""

from __future__ import annotations

import dis
import types
from collections.abc import Callable
from functools import cache
from typing import Any

import llvmlite.binding as llvm
import numba
import numpy as np

from stakhanov.engine.kernel_cache import cache_folder, forgiving, may_keep
from stakhanov.engine.kernels import arithmetic, single

#: Without these the vectoriser gives up: it counts pairs of arrays that must be told apart.
_LLVM_OPTIONS = (
    "-runtime-memory-check-threshold=4000",
    "-memory-check-merge-threshold=4000",
)
#: Fused multiply-add and unsigned zeros: bits stay the same for any block size, no infinity is assumed away.
_FAST = {"contract", "nsz"}
_ELEMENTARY = {
    getattr(arithmetic, name): getattr(single, name)
    for name in (
        "exp",
        "log",
        "sqrt",
        "reciprocal",
        "floor",
        "absolute",
        "maximum",
        "minimum",
        "select",
    )
}
_LOOPS = "stakhanov.engine.backends"
_OURS = (_LOOPS, "stakhanov.engine.kernels", "stakhanov.campaign.settle")
_KEEP = may_keep()


def _prepare() -> None:
    for option in _LLVM_OPTIONS:
        llvm.set_option("stakhanov", option)
    if _KEEP:
        numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    # The compiler prefers half of AVX-512 for fear of a lower clock; these loops gain more than they lose.
    features = llvm.get_host_cpu_features().flatten()
    numba.config.CPU_FEATURES = f"{features},-prefer-256-bit"  # type: ignore[attr-defined]


def vector_width() -> int:
    """Bits of the widest vectors that kernels are compiled for here."""
    features = llvm.get_host_cpu_features()
    widths = (("avx512f", 512), ("avx2", 256), ("sve", 128), ("neon", 128), ("sse2", 128))
    return next((bits for name, bits in widths if features.get(name)), 64)


def twin(function: Callable[..., Any]) -> Callable[..., Any]:
    """A rule for arrays of single precision: the compiled arithmetic without the compiler."""
    return _rebound(function, lambda made: made, narrow=False)


def program(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a loop over workers; it lets other threads run meanwhile."""
    return _rebound(function, _compiled_program, narrow=True)


@cache
def _rule(function: Callable[..., Any]) -> Callable[..., Any]:
    return _rebound(function, _compiled_rule, narrow=True)


@cache
def _twin(function: Callable[..., Any]) -> Callable[..., Any]:
    return twin(function)


def _compiled_rule(function: Callable[..., Any]) -> Callable[..., Any]:
    """A rule becomes part of the loop that calls it, a backend's loop part of its program.

    Both before they are made fast: the compiler would spoil them one by one.
    """
    loops = function.__module__.startswith(_LOOPS)
    made: Callable[..., Any] = numba.njit(
        fastmath=_FAST,
        error_model="numpy",
        inline="always" if loops else "never",
        forceinline=not loops,
    )(function)
    return made


def _compiled_program(function: Callable[..., Any]) -> Callable[..., Any]:
    made: Any = numba.njit(nogil=True, cache=_KEEP, fastmath=_FAST, error_model="numpy")(function)
    if _KEEP:
        forgiving(made._cache)
    return made  # type: ignore[no-any-return]


def _rebound(
    function: Callable[..., Any], finish: Callable[..., Any], *, narrow: bool
) -> Callable[..., Any]:
    """The function with its globals put through the seam."""
    assert isinstance(function, types.FunctionType)
    inner = _rule if narrow else _twin
    around = {
        name: _through(function.__globals__[name], inner, narrow) for name in _globals_of(function)
    }
    code = function.__code__
    if narrow:
        code = code.replace(
            co_consts=tuple(np.float32(c) if type(c) is float else c for c in code.co_consts)
        )
    made = types.FunctionType(
        code,
        {**around, "__builtins__": __builtins__, "__name__": function.__module__},
        function.__name__,
        function.__defaults__,
    )
    made.__qualname__ = function.__qualname__
    made.__module__ = function.__module__
    return finish(made)  # type: ignore[no-any-return]


def _globals_of(function: types.FunctionType) -> set[str]:
    """Names that the text loads from its module, also within comprehensions."""
    texts, loaded = [function.__code__], set()
    while texts:
        text = texts.pop()
        texts += [inner for inner in text.co_consts if isinstance(inner, types.CodeType)]
        loaded |= {
            step.argval for step in dis.get_instructions(text) if step.opname == "LOAD_GLOBAL"
        }
    return loaded & function.__globals__.keys()


def _through(value: Any, inner: Callable[..., Any], narrow: bool) -> Any:
    try:
        value = _ELEMENTARY.get(value, value)
    except TypeError:
        return value
    if isinstance(value, types.FunctionType) and value.__module__.startswith(_OURS):
        if narrow and value.__module__ == single.__name__ and value.__name__ in _SCALAR:
            return _SCALAR[value.__name__]
        return inner(value)
    if narrow and isinstance(value, float):
        return np.float32(value)
    return value


def _scalar_maximum(a, b):  # type: ignore[no-untyped-def]
    return a if a > b else b


def _scalar_minimum(a, b):  # type: ignore[no-untyped-def]
    return a if a < b else b


def _scalar_select(condition, a, b):  # type: ignore[no-untyped-def]
    return a if condition else b


_prepare()
_SCALAR = {
    "maximum": _compiled_rule(_scalar_maximum),
    "minimum": _compiled_rule(_scalar_minimum),
    "select": _compiled_rule(_scalar_select),
}
