"""Faults on request: throttling, errors, latency, dropped connections. First matching rule wins."""

import random
import threading
from dataclasses import asdict, dataclass
from typing import Any

from .calls import Call

KINDS = ("throttle", "error", "latency", "drop", "lost", "http500", "late500", "empty")

# The call takes effect; what AWS answers does not arrive, or is an internal error.
AFTER_EFFECT = ("lost", "late500")

# What each service answers when it throttles; the SDKs retry on these codes.
THROTTLING = {
    "ec2": ("RequestLimitExceeded", 503, "Request limit exceeded."),
    "iam": ("Throttling", 400, "Rate exceeded"),
    "sts": ("Throttling", 400, "Rate exceeded"),
    "autoscaling": ("Throttling", 400, "Rate exceeded"),
    "cloudformation": ("Throttling", 400, "Rate exceeded"),
    "dynamodb": ("ProvisionedThroughputExceededException", 400, "Rate exceeded"),
    "lambda": ("TooManyRequestsException", 429, "Rate Exceeded."),
    "organizations": ("TooManyRequestsException", 400, "Rate exceeded"),
    "s3": ("SlowDown", 503, "Please reduce your request rate."),
}


def throttling_error(service: str | None) -> tuple[str, int, str]:
    """Code, HTTP status and text with which `service` refuses a call that comes too soon."""
    return THROTTLING.get(service or "", ("ThrottlingException", 400, "Rate exceeded"))


@dataclass
class Fault:
    """One rule. Unset fields match everything; `skip` calls pass first, then at most `times` are hit."""

    kind: str
    service: str | None = None
    action: str | None = None
    account: str | None = None
    region: str | None = None
    key: str | None = None
    match: str | None = None
    code: str | None = None
    status: int | None = None
    message: str | None = None
    delay_ms: float = 0
    times: int | None = None
    skip: int = 0
    rate: float = 1.0
    seen: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is {self.kind!r}; accepted: {', '.join(KINDS)}")
        if self.kind == "latency" and not self.delay_ms:
            self.delay_ms = 100

    def concerns(self, call: Call, account: str) -> bool:
        """True if the rule is about this call, whether or not it is its turn."""
        wanted = (
            (self.service, call.service),
            (self.action, call.action),
            (self.account, account),
            (self.region, call.region),
            (self.key, call.key),
        )
        if any(rule not in (None, "*", actual) for rule, actual in wanted):
            return False
        return not self.match or self.match.encode() in call.body or self.match in call.path

    def error(self, service: str | None) -> tuple[str, int, str]:
        """Code, status and message of the answer that this rule gives."""
        if self.kind == "throttle":
            code, status, message = throttling_error(service)
        elif self.kind in ("http500", "late500"):
            code, status, message = "InternalFailure", 500, "An internal error occurred."
        else:
            code, status, message = "InternalFailure", 400, "Injected error."
        return self.code or code, self.status or status, self.message or message


class Faults:
    """All rules; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Fault] = []
        self._random = random.Random(7)

    def add(self, rules: dict[str, Any] | list[dict[str, Any]]) -> None:
        """Adds rules after the existing ones. TypeError or ValueError for a field or kind that does not exist."""
        made = [Fault(**rule) for rule in (rules if isinstance(rules, list) else [rules])]
        with self._lock:
            self._rules.extend(made)

    def clear(self) -> None:
        """Forgets every rule."""
        with self._lock:
            self._rules = []

    def as_json(self) -> list[dict[str, Any]]:
        """The rules with how often each was seen and hit."""
        with self._lock:
            return [asdict(rule) for rule in self._rules]

    def next_for(self, call: Call, account: str) -> Fault | None:
        """The rule that hits this call, counted; None if it goes through."""
        if not self._rules:
            return None
        with self._lock:
            for rule in self._rules:
                if not rule.concerns(call, account):
                    continue
                rule.seen += 1
                used_up = rule.times is not None and rule.hits >= rule.times
                if rule.seen <= rule.skip or used_up or self._random.random() >= rule.rate:
                    continue
                rule.hits += 1
                return rule
        return None
