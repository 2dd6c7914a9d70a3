"""Slow IAM: a change counts for enforcement only after a while.

IAM is eventually consistent: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
(troubleshoot_general_eventual-consistency). Before each change a copy of the account's IAM is kept; enforcement
then looks at the oldest copy whose change has not arrived yet.
"""

import contextlib
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

from moto.utilities.utils import get_partition

from ..calls import Call
from ..state import STATE
from ..trail.names import is_read_only
from .iam_view import FrozenView, IamView, LiveView


class Propagation:
    """The copies, by account; each with the moment of the change that it precedes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._before: dict[tuple[str, str], list[tuple[float, FrozenView]]] = defaultdict(list)

    def reset(self) -> None:
        """Forgets every copy: all changes count at once."""
        with self._lock:
            self._before.clear()

    def note_change(self, account: str, partition: str) -> None:
        """Keeps a copy of the account's IAM, ahead of a change."""
        delay = STATE.iam_delay_ms.of(account) / 1000
        if not delay:
            return
        now = self._clock()
        with self._lock:
            kept = self._before[account, partition]
            kept[:] = [(at, view) for at, view in kept if at > now - delay]
            kept.append((now, FrozenView(account, partition)))

    def view(self, account: str, partition: str) -> IamView:
        """IAM as enforcement sees it at this moment."""
        delay = STATE.iam_delay_ms.of(account) / 1000
        if delay:
            horizon = self._clock() - delay
            with self._lock:
                for at, view in self._before.get((account, partition), []):
                    if at > horizon:
                        return view
        return LiveView(account, partition)


PROPAGATION = Propagation()


@contextlib.contextmanager
def around_write(call: Call, account: str) -> Iterator[None]:
    """Surrounds a call; one that may change IAM leaves a copy behind."""
    if call.service == "iam" and not is_read_only("iam", call.action):
        PROPAGATION.note_change(account, get_partition(call.region or "us-east-1"))
    yield


def install() -> None:
    """Copies go with a reset."""
    STATE.on_reset.append(PROPAGATION.reset)
