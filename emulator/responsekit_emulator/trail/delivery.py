"""CloudTrail hands each record to EventBridge: to the default bus of its account and region, in an event of its own.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
"""

import queue
import sys
import threading
import traceback
import uuid
from typing import Any

from ..corrections import is_on
from ..journal import Entry
from ..state import STATE
from .names import is_data_event
from .records import record_of

DETAIL_TYPE = "AWS API Call via CloudTrail"


def event_of(record: dict[str, Any]) -> dict[str, Any]:
    """The event about a record."""
    return {
        "version": "0", "id": str(uuid.uuid4()), "detail-type": DETAIL_TYPE,
        "source": "aws." + record["eventSource"].partition(".")[0], "account": record["recipientAccountId"],
        "time": record["eventTime"], "region": record["awsRegion"], "resources": [], "detail": record,
    }


class Delivery:
    """One after the other, beside the calls themselves. Nothing is done where no rule waits."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Entry] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None
        self._guard = threading.Lock()

    def offer(self, entries: list[Entry]) -> None:
        """Takes the entries whose records a rule may want."""
        if not is_on("cloudtrail.events"):
            return
        wanted = [entry for entry in entries if entry.service and entry.action
                  and not is_data_event(entry.service, entry.action) and _has_rules(entry.account)]
        if not wanted:
            return
        with self._guard:
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, daemon=True)
                self._worker.start()
        for entry in wanted:
            self._waiting.put(entry)

    def _work(self) -> None:
        while True:
            entry = self._waiting.get()
            try:
                _deliver(entry)
            except Exception:  # one record must not keep the others
                traceback.print_exc(file=sys.stderr)


def _backends() -> Any:
    from moto.events.models import events_backends

    return events_backends


def _has_rules(account: str) -> bool:
    backends = _backends()
    return account in backends and any(
        backend.event_buses["default"].rules for backend in list(backends[account].values()))


def _deliver(entry: Entry) -> None:
    from ..services.event_targets import offer

    record = record_of(entry)
    if record is None:
        return
    account, region = record["recipientAccountId"], record["awsRegion"]
    if is_logged(account, region):
        offer(_backends()[account][region].event_buses["default"], event_of(record))


def is_logged(account: str, region: str) -> bool:
    """Whether a trail of the account or its organization logs in the region: without, EventBridge hears nothing."""
    from moto.cloudtrail.models import cloudtrail_backends

    if STATE.trails.on_for(account):
        return True
    if account not in cloudtrail_backends:
        return False
    return any(trail.status.is_logging and (trail.is_multi_region or trail.region_name == region)
               for backend in list(cloudtrail_backends[account].values()) for trail in list(backend.trails.values()))


DELIVERY = Delivery()
