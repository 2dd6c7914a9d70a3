"""Evaluates the Condition element of a policy statement.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

import datetime
import functools
import ipaddress
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

Context = Mapping[str, str | list[str]]
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "equals": operator.eq, "notequals": operator.ne, "lessthan": operator.lt, "lessthanequals": operator.le,
    "greaterthan": operator.gt, "greaterthanequals": operator.ge,
}
NEGATED = {"stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotlike", "arnnotequals",
           "notipaddress", "numericnotequals", "datenotequals"}


class UnknownOperator(Exception):
    """The policy uses an operator that this evaluator does not know."""


@functools.lru_cache(maxsize=20_000)
def _pattern(text: str, ignore_case: bool) -> re.Pattern[str]:
    expression = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in text)
    return re.compile(expression, re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def glob(pattern: str, text: str, ignore_case: bool = False) -> bool:
    """True if `text` matches `pattern`, where * is any text and ? any one character."""
    return _pattern(pattern, ignore_case).fullmatch(text) is not None


def arn_glob(pattern: str, text: str) -> bool:
    """True if an ARN matches a pattern. Each of the six parts is matched by itself, so that no * crosses a colon."""
    wanted, have = pattern.split(":", 5), text.split(":", 5)
    return len(wanted) == len(have) and all(glob(want, part) for want, part in zip(wanted, have))


def as_list(value: Any) -> list[Any]:
    """Policies write one value without brackets."""
    return value if isinstance(value, list) else [value]


def as_date(text: str) -> datetime.datetime:
    """A date in ISO 8601 or in seconds since 1970."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return datetime.datetime.fromtimestamp(float(text), datetime.timezone.utc)
    date = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return date if date.tzinfo else date.replace(tzinfo=datetime.timezone.utc)


def _string(name: str, have: str, want: str) -> bool | None:
    if name in ("stringequals", "stringnotequals"):
        return have == want
    if name in ("stringequalsignorecase", "stringnotequalsignorecase"):
        return have.lower() == want.lower()
    if name in ("stringlike", "stringnotlike"):
        return glob(want, have)
    if name in ("arnlike", "arnnotlike", "arnequals", "arnnotequals"):
        return arn_glob(want, have)
    return None


def matches(name: str, have: str, want: str) -> bool:
    """True if one value satisfies the operator; of a negated operator, its positive form."""
    text = _string(name, have, want)
    if text is not None:
        return text
    if name == "bool":
        return have.lower() == want.lower()
    try:
        if name in ("ipaddress", "notipaddress"):
            return ipaddress.ip_address(have) in ipaddress.ip_network(want, strict=False)
        positive = name.replace("notequals", "equals")
        if positive.startswith("date"):
            return COMPARISONS[positive[4:]](as_date(have), as_date(want))
        if positive.startswith("numeric"):
            return COMPARISONS[positive[7:]](float(have), float(want))
    except ValueError:
        return False  # a value that is no number, date or address matches nothing
    except KeyError:
        pass
    if name == "binaryequals":
        return have == want
    raise UnknownOperator(name)


def _one(full_name: str, key: str, wanted: list[str], context: Context) -> bool:
    quantifier, _, name = full_name.rpartition(":")
    name = name.lower()
    if_exists = name.endswith("ifexists")
    name = name.removesuffix("ifexists")
    have = context.get(key.lower())
    if name == "null":
        return (have is None) == (wanted[0].lower() == "true")
    negated = name in NEGATED
    quantifier = quantifier.lower()
    if have is None or (isinstance(have, list) and not have):
        return if_exists or quantifier == "forallvalues" or (negated and quantifier != "foranyvalue")
    values = [str(value) for value in as_list(have)]

    def satisfied(value: str) -> bool:
        return any(matches(name, value, want) for want in wanted) != negated

    if quantifier == "forallvalues" or (negated and not quantifier):
        return all(satisfied(value) for value in values)
    return any(satisfied(value) for value in values)


def hold(condition: Mapping[str, Mapping[str, Any]] | None, context: Context) -> bool:
    """True if every operator and every key of `condition` is satisfied by the request's `context`."""
    for name, keys in (condition or {}).items():
        for key, wanted in keys.items():
            texts = [str(value).lower() if isinstance(value, bool) else str(value) for value in as_list(wanted)]
            if not _one(name, key, texts, context):
                return False
    return True
