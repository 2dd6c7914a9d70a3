"""Role trust policies: may this principal assume the role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from typing import Any

from .conditions import Context, as_list, hold
from .policies import names_action, statements
from .principals import Principal

EXPLICIT, ACCOUNT, ANYONE = "explicit", "account", "anyone"


def trusted_as(trust: str, principal: Principal, action: str, context: Context) -> str | None:
    """How the trust policy admits the principal; None if it does not, or denies it.

    `account` means that the whole account is trusted, so that the principal's own policies must allow the call too.
    """
    found: set[str] = set()
    for statement in statements(trust):
        if not names_action(statement, action):
            continue
        how = _named(statement, principal)
        if how is None or not hold(statement.get("Condition"), context):
            continue
        if statement.get("Effect") == "Deny":
            return None
        found.add(how)
    return next((how for how in (EXPLICIT, ANYONE, ACCOUNT) if how in found), None)


def _named(statement: dict[str, Any], principal: Principal) -> str | None:
    if "NotPrincipal" in statement:
        return None if any(_matches(entry, principal) for entry in _entries(statement["NotPrincipal"])) else ANYONE
    ways = [_matches(entry, principal) for entry in _entries(statement.get("Principal", {}))]
    return next((how for how in (EXPLICIT, ANYONE, ACCOUNT) if how in ways), None)


def _entries(element: Any) -> list[str]:
    return as_list(element) if isinstance(element, str) else as_list(element.get("AWS", []))


def _matches(entry: str, principal: Principal) -> str | None:
    if entry == "*":
        return ANYONE
    if entry in (principal.arn, principal.role_arn, principal.user_id.split(":")[0]):
        return EXPLICIT
    if entry == principal.account or re.fullmatch(rf"arn:[^:]+:iam::{principal.account}:root", entry):
        return ACCOUNT
    return None
