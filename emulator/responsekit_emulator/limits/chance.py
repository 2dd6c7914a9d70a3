"""What goes wrong by chance, from a seed: throttling, internal errors, connections that end before or after the effect.

Whether a call is hit follows from the seed, what the call is (service, operation, region), and how many such calls
came before it in the account. Other calls in between change nothing, so the same program meets the same faults again
though its tasks run in another order. What was injected can be read, and sent back as it was read: then exactly that
happens.
"""

import hashlib
import threading
from dataclasses import asdict, dataclass, field
from typing import Any

from ..calls import Call

# In the order in which the draw is divided among them.
KINDS = ("throttle", "http500", "drop", "lost", "late500")
MOST_INJECTED = 100_000


@dataclass(frozen=True)
class Injected:
    """One fault as it happened: the `nth` call of that operation in the region met `kind`."""

    service: str
    action: str
    region: str
    nth: int
    kind: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is {self.kind!r}; accepted: {', '.join(KINDS)}")


@dataclass
class Weather:
    """What one account meets: the share of its calls for each kind, or a list of faults to repeat."""

    seed: int = 0
    throttle: float = 0.0
    http500: float = 0.0
    drop: float = 0.0
    lost: float = 0.0
    late500: float = 0.0
    services: tuple[str, ...] = ()
    key: str | None = None
    but_keys: tuple[str, ...] = ()
    repeat: tuple[Injected, ...] | None = None
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    injected: list[Injected] = field(default_factory=list)

    def __post_init__(self) -> None:
        shares = [getattr(self, kind) for kind in KINDS]
        if any(share < 0 for share in shares) or sum(shares) > 1:
            raise ValueError(f"{', '.join(KINDS)} are shares of the calls: not below 0, and not more than 1 together")

    def concerns(self, call: Call) -> bool:
        """True if the call may be hit at all."""
        return ((not self.services or call.service in self.services) and self.key in (None, call.key)
                and call.key not in self.but_keys)

    def next_for(self, call: Call) -> str | None:
        """What the call meets, noted; None if nothing."""
        name = (call.service or "", call.action or "", call.region or "")
        nth = self.counts[name] = self.counts.get(name, 0) + 1
        kind = self._repeated(name, nth) if self.repeat is not None else self._drawn(name, nth)
        if kind is not None and len(self.injected) < MOST_INJECTED:
            self.injected.append(Injected(*name, nth, kind))
        return kind

    def _repeated(self, name: tuple[str, str, str], nth: int) -> str | None:
        return next((fault.kind for fault in self.repeat or () if (fault.service, fault.action, fault.region, fault.nth)
                     == (*name, nth)), None)

    def _drawn(self, name: tuple[str, str, str], nth: int) -> str | None:
        digest = hashlib.sha256("\n".join((str(self.seed), *name, str(nth))).encode()).digest()
        draw = int.from_bytes(digest[:8], "big") / 2**64
        for kind in KINDS:
            share = getattr(self, kind)
            if draw < share:
                return kind
            draw -= share
        return None

    def as_json(self) -> dict[str, Any]:
        """The seed and the faults injected so far, in the order in which they happened."""
        return {"seed": self.seed, "injected": [asdict(fault) for fault in self.injected]}


class Chance:
    """The weather of every account; calm unless set."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._accounts: dict[str, Weather] = {}

    def reset(self) -> None:
        """Calm everywhere."""
        with self._lock:
            self._accounts = {}

    def set(self, account: str, settings: dict[str, Any]) -> None:
        """Begins anew in one account. TypeError or ValueError for what is no setting."""
        for name in ("services", "but_keys"):
            if name in settings:
                settings[name] = tuple(settings[name])
        if settings.get("repeat") is not None:
            settings["repeat"] = tuple(Injected(**fault) for fault in settings["repeat"])
        unknown = set(settings) - {"seed", "services", "key", "but_keys", "repeat", *KINDS}
        if unknown:
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
        weather = Weather(**settings)
        with self._lock:
            self._accounts[account] = weather

    def stop(self, account: str) -> dict[str, Any]:
        """Calm in one account; returns what was injected."""
        with self._lock:
            return (self._accounts.pop(account, None) or Weather()).as_json()

    def injected(self, account: str) -> dict[str, Any]:
        """What was injected in one account so far."""
        with self._lock:
            return self._accounts.get(account, Weather()).as_json()

    def next_for(self, call: Call, account: str) -> str | None:
        """What the call meets; None if nothing."""
        with self._lock:
            weather = self._accounts.get(account)
            return weather.next_for(call) if weather is not None and weather.concerns(call) else None
