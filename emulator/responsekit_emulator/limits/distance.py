"""How long a call is on its way: a round trip of so many milliseconds, give or take. Off unless switched on."""

import random
import threading
from typing import Any

from ..switches import AccountValue

DEFAULT_MS, DEFAULT_JITTER = 40.0, 0.25


class Distance:
    """The round trip of each account's calls."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """No delay for anybody."""
        self._settings = AccountValue(None)
        self._random = random.Random(7)

    def set(self, enabled: bool, account: str | None, ms: float, jitter: float, seed: int) -> None:
        """Each call takes `ms` milliseconds longer, times a number from 1 - `jitter` to 1 + `jitter`."""
        if ms < 0 or not 0 <= jitter <= 1:
            raise ValueError("ms must not be negative, and jitter a number from 0 to 1")
        with self._lock:
            self._random = random.Random(seed)
        self._settings.set({"ms": ms, "jitter": jitter, "seed": seed} if enabled else None, account)

    def seconds(self, account: str) -> float:
        """How long the next call of `account` is on its way."""
        setting = self._settings.of(account)
        if setting is None:
            return 0.0
        with self._lock:
            drawn = self._random.uniform(-1, 1)
        return setting["ms"] * (1 + setting["jitter"] * drawn) / 1000

    def as_json(self) -> dict[str, Any]:
        """The settings of all and of single accounts; null where there is no delay."""
        return self._settings.as_json()
