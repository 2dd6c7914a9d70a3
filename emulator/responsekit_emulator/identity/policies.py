"""Evaluates policy documents: does one of them allow, does one of them deny.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import functools
import json
import re
from collections.abc import Iterable
from typing import Any

from .conditions import Context, as_list, glob, hold

ALLOW, DENY, NOTHING = "allow", "deny", "nothing"
VARIABLE = re.compile(r"\$\{([^}]+)\}")


@functools.lru_cache(maxsize=5_000)
def statements(document: str) -> tuple[dict[str, Any], ...]:
    """The statements of a policy document."""
    return tuple(as_list(json.loads(document).get("Statement", [])))


def decide(documents: Iterable[str], action: str, resources: list[str] | None, context: Context) -> str:
    """`deny` if any statement denies any resource, `allow` if each resource is allowed, else `nothing`.

    `resources` is None where the emulator does not know which ones the call touches. Then a statement about certain
    resources is taken to allow and not to deny: the emulator is no judge of what it cannot see.
    """
    every = [statement for document in documents for statement in statements(document)]
    verdicts = [_decide(every, action, resource, context) for resource in (resources or [None])]
    if DENY in verdicts:
        return DENY
    return ALLOW if all(verdict == ALLOW for verdict in verdicts) else NOTHING


def _decide(every: list[dict[str, Any]], action: str, resource: str | None, context: Context) -> str:
    verdict = NOTHING
    for statement in every:
        if verdict == ALLOW and statement.get("Effect") == "Allow":
            continue
        if _applies(statement, action, resource, context):
            if statement.get("Effect") == "Deny":
                return DENY
            verdict = ALLOW
    return verdict


def names_action(statement: dict[str, Any], action: str) -> bool:
    """True if the Action or NotAction element covers `action`; case does not matter."""
    if "NotAction" in statement:
        return not any(glob(pattern, action, True) for pattern in as_list(statement["NotAction"]))
    return any(glob(pattern, action, True) for pattern in as_list(statement.get("Action", [])))


def _applies(statement: dict[str, Any], action: str, resource: str | None, context: Context) -> bool:
    if not names_action(statement, action):
        return False
    if not _names_resource(statement, resource, context):
        return False
    return hold(statement.get("Condition"), context)


def _names_resource(statement: dict[str, Any], resource: str | None, context: Context) -> bool:
    patterns = as_list(statement.get("Resource", statement.get("NotResource", "*")))
    patterns = [_filled(pattern, context) for pattern in patterns]
    if resource is None:
        if "NotResource" in statement or statement.get("Effect") == "Allow":
            return True
        return any(set(pattern) == {"*"} for pattern in patterns)
    named = any(glob(pattern, resource) for pattern in patterns)
    return not named if "NotResource" in statement else named


def _filled(pattern: str, context: Context) -> str:
    """Policy variables such as ${aws:username}; an unknown one matches nothing."""
    if "${" not in pattern:
        return pattern

    def value(match: re.Match[str]) -> str:
        if match.group(1) in ("*", "?", "$"):
            return match.group(1)
        have = context.get(match.group(1).lower())
        return have if isinstance(have, str) else "\0"

    return VARIABLE.sub(value, pattern)
