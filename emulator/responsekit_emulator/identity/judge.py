"""Judges calls against policy documents, without an emulator: one JSON object a line in, `allow`, `deny` or `nothing` a line out.

A line has `documents` (texts), `action`, `resource`, `context` (condition keys with their values) and, for a policy of
a resource, `principal`: an ARN, an account or a service. It runs as `python3 -m responsekit_emulator.identity.judge`,
and says what went wrong in a line that begins with `error:`.
"""

import json
import sys
from typing import Any

from .conditions import as_list
from .policies import decide, statements


def _is_named(element: Any, principal: str) -> bool:
    """True if a Principal element names the principal: itself, its account, or everybody."""
    if isinstance(element, str):
        return element == "*"
    named = [entry for entries in element.values() for entry in as_list(entries)]
    parts = principal.split(":")
    account = parts[4] if len(parts) > 4 else principal
    root = f"arn:{parts[1]}:iam::{account}:root" if len(parts) > 4 else ""
    return any(entry in ("*", principal, account, root) for entry in named)


def _applying(document: str, principal: str) -> str:
    """The document with only the statements that name the principal."""
    kept = []
    for statement in statements(document):
        if "NotPrincipal" in statement:
            named = not _is_named(statement["NotPrincipal"], principal)
        else:
            named = _is_named(statement.get("Principal", {}), principal)
        if named:
            kept.append(statement)
    return json.dumps({"Statement": kept})


def judge(case: dict[str, Any]) -> str:
    """What the documents say of the call."""
    context = {key.lower(): value for key, value in case.get("context", {}).items()}
    documents = case["documents"]
    if case.get("principal"):
        documents = [_applying(document, case["principal"]) for document in documents]
    return decide(documents, case["action"], [case["resource"]], context)


def main() -> None:
    """Answers line by line until the input ends."""
    for line in sys.stdin:
        try:
            answer = judge(json.loads(line))
        except Exception as error:  # the caller is told, and goes on asking
            answer = f"error: {type(error).__name__}: {error}"
        print(answer, flush=True)


if __name__ == "__main__":
    main()
