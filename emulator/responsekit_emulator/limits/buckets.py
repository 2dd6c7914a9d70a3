"""Request limits as token buckets, for each account, region and API. Off unless switched on."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ..calls import Call
from ..switches import AccountSwitch
from .rates import Rate, buckets_of


@dataclass
class Bucket:
    """How full a bucket was when it was last drawn on."""

    rate: Rate
    level: float
    filled: float

    def refill(self, now: float) -> None:
        """Adds what has run in by now."""
        self.level = min(self.rate.burst, self.level + (now - self.filled) * self.rate.per_second)
        self.filled = now

    def needs(self, count: float) -> float:
        """The tokens that `count` asks for. More than the bucket holds asks for a full one."""
        return min(count, self.rate.burst)


class Limits:
    """The buckets of every account and region."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, ...], Bucket] = {}
        self.enabled = AccountSwitch()

    def reset(self) -> None:
        """Switches the limits off and fills every bucket."""
        with self._lock:
            self._buckets = {}
        self.enabled.reset()

    def admits(self, call: Call, account: str) -> bool:
        """True if the call may pass. Then its tokens are taken; one that may not pass takes none."""
        if not self.enabled.on_for(account):
            return True
        now = self._clock()
        with self._lock:
            drawn = []
            for name, rate, count in buckets_of(call):
                place = (account, call.region or "", call.service or "", name)
                bucket = self._buckets.setdefault(place, Bucket(rate, rate.burst, now))
                bucket.refill(now)
                drawn.append((bucket, bucket.needs(count)))
            if any(bucket.level < needed for bucket, needed in drawn):
                return False
            for bucket, needed in drawn:
                bucket.level -= needed
        return True
