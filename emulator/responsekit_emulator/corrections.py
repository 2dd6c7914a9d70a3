"""The table of corrections: what stock moto does, what AWS does, and how to switch each one off.

A correction is a function without arguments that changes moto's classes at start-up. It is entered in the table
by the `correction` decorator, so that `--list` shows it and `--off NAME` (or RK_OFF) leaves it out.
"""

import fnmatch
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Correction:
    """One deviation of moto from AWS, and the function that removes it."""

    name: str
    stock: str
    aws: str
    page: str
    apply: Callable[[], None]


TABLE: dict[str, Correction] = {}
_APPLIED: set[str] = set()


def correction(name: str, *, stock: str, aws: str, page: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Enters the decorated function in the table.

    `stock` and `aws` each finish the sentence "moto ..." and "AWS ..."; `page` is the AWS page that says so.
    """

    def enter(apply: Callable[[], None]) -> Callable[[], None]:
        if name in TABLE:
            raise ValueError(f"two corrections are named {name}")
        TABLE[name] = Correction(name, stock, aws, page, apply)
        return apply

    return enter


def switched_off(name: str, off: Iterable[str]) -> bool:
    """True if `name`, its group (`ec2`) or a pattern (`ec2.*`) is in `off`."""
    group = name.split(".", 1)[0]
    return any(entry in (name, group) or fnmatch.fnmatch(name, entry) for entry in off)


def unknown_names(off: Iterable[str]) -> list[str]:
    """The entries of `off` that switch nothing off: most likely spelled wrongly."""
    return [entry for entry in off if not any(switched_off(name, [entry]) for name in TABLE)]


def apply_all(off: Iterable[str]) -> None:
    """Applies every correction that is not switched off, in the order of the table."""
    off = list(off)
    for entry in TABLE.values():
        if not switched_off(entry.name, off):
            entry.apply()
            _APPLIED.add(entry.name)


def is_on(name: str) -> bool:
    """True if the correction was applied: for what is corrected on a request's way rather than within moto."""
    return name in _APPLIED


def wrap(owner: Any, name: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Replaces `owner.name` by the decorated function, which receives the former one as its first argument."""

    def replace(function: Callable[..., Any]) -> Callable[..., Any]:
        attribute = name or function.__name__
        original = getattr(owner, attribute)

        @functools.wraps(function)
        def bound(*args: Any, **kwargs: Any) -> Any:
            return function(original, *args, **kwargs)

        setattr(owner, attribute, bound)
        return function

    return replace


def add(owner: Any, name: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Puts the decorated function on `owner`: an operation that moto lacks, or one replaced as a whole."""

    def put(function: Callable[..., Any]) -> Callable[..., Any]:
        setattr(owner, name or function.__name__, function)
        return function

    return put
