"""The journal: every AWS call that arrived, in order, with what became of it. Bounded; without secrets."""

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

MAXIMUM_ENTRIES = 200_000
MAXIMUM_BYTES = 256 * 1024 * 1024
SECRET_WORDS = ("secretaccesskey", "sessiontoken", "password", "privatekey", "secretstring", "secretbinary")
HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"


@dataclass
class Entry:
    """One call. The fields after `params` are kept for its CloudTrail record and are not part of the JSON."""

    seq: int
    t: float
    ms: float
    account: str
    region: str | None
    service: str | None
    action: str | None
    key: str | None
    principal: str | None
    status: int
    error: str | None
    message: str | None
    params: dict[str, Any]
    fault: str | None = None
    ip: str = ""
    agent: str = ""
    request_id: str = ""
    identity: Any = field(default=None, repr=False)
    raw: dict[str, Any] | None = field(default=None, repr=False)
    response: bytes | None = field(default=None, repr=False)
    response_left_out: bool = False
    invoked_by: str | None = None

    def as_json(self) -> dict[str, Any]:
        """What GET /rk/journal shows of the call."""
        return {
            "seq": self.seq, "t": self.t, "ms": self.ms, "account": self.account, "region": self.region,
            "service": self.service, "action": self.action, "key": self.key, "principal": self.principal,
            "status": self.status, "error": self.error, "message": self.message, "params": self.params,
            "fault": self.fault, "ip": self.ip, "agent": self.agent, "invokedBy": self.invoked_by,
        }

    @property
    def size(self) -> int:
        """Roughly the bytes that the entry holds on to."""
        return 500 + len(self.response or b"") + sum(len(str(value)) for value in self.params.values())


class Journal:
    """A ring of entries, bounded in number and in bytes; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[tuple[Entry, int]] = deque()
        self._bytes = 0
        self._next = 1
        self._pending = threading.local()

    @property
    def next(self) -> int:
        """The sequence number that a reader passes as `since` to see only what comes later."""
        with self._lock:
            return self._next - 1

    def append(self, **fields: Any) -> Entry:
        """Adds an entry under the next number, dropping the oldest ones where the ring is full."""
        with self._lock:
            entry = Entry(seq=self._next, **fields)
            size = entry.size
            self._next += 1
            self._entries.append((entry, size))
            self._bytes += size
            while len(self._entries) > MAXIMUM_ENTRIES or self._bytes > MAXIMUM_BYTES:
                self._bytes -= self._entries.popleft()[1]
            return entry

    def append_later(self, **fields: Any) -> None:
        """Keeps an entry until the call that this thread serves has its own: a service acts after it was asked to."""
        if not hasattr(self._pending, "fields"):
            self._pending.fields = []
        self._pending.fields.append(fields)

    def append_pending(self) -> list[Entry]:
        """Adds what this thread has kept for later."""
        kept, self._pending.fields = getattr(self._pending, "fields", []), []
        return [self.append(**fields) for fields in kept]

    def clear(self) -> None:
        """Drops every entry. The numbers go on, so that a reader's `since` stays valid."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def since(self, seq: int, **wanted: str) -> list[Entry]:
        """Entries after `seq` whose fields equal `wanted`."""
        with self._lock:
            recent = []
            for entry, _ in reversed(self._entries):
                if entry.seq <= seq:
                    break
                recent.append(entry)
        recent.reverse()
        return [entry for entry in recent if all(str(getattr(entry, name)) == text for name, text in wanted.items())]


def without_secrets(value: Any, name: str = "") -> Any:
    """A copy fit for the journal: secrets hidden, bytes and dates as text, so that it is plain JSON."""
    if any(word in name.lower() for word in SECRET_WORDS) and isinstance(value, (str, bytes)):
        return HIDDEN
    if isinstance(value, dict):
        return {str(key): without_secrets(item, str(key)) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_secrets(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return f"<{len(value)} bytes>"
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
