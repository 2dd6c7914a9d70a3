"""Temporary credentials: what STS has handed out, to whom, until when, and under which session policy."""

import datetime
import uuid
from dataclasses import dataclass

from moto.core.utils import utcnow
from moto.iam.models import iam_backends

from ..state import STATE

ROLE, USER, FEDERATED = "role", "user", "federated"
SESSIONS: dict[str, "Session"] = {}


@dataclass(frozen=True)
class Session:
    """One set of temporary credentials."""

    key: str
    secret: str
    token: str
    kind: str
    account: str
    arn: str
    user_id: str
    issued: datetime.datetime
    expires: datetime.datetime
    policies: tuple[str, ...] = ()
    user_name: str | None = None
    user_arn: str | None = None
    role_arn: str | None = None
    role_name: str | None = None
    issuer_id: str | None = None
    source_identity: str | None = None
    mfa: bool = False
    tags: tuple[tuple[str, str], ...] = ()

    @property
    def credentials(self) -> dict[str, object]:
        """The `Credentials` element of an STS answer."""
        return {"AccessKeyId": self.key, "SecretAccessKey": self.secret, "SessionToken": self.token,
                "Expiration": self.expires}


def open_session(kind: str, account: str, partition: str, seconds: int, **fields: object) -> Session:
    """Makes credentials of `kind` in `account` that last `seconds`."""
    key = iam_backends[account][partition].create_temp_access_key()
    issued = utcnow()
    session = Session(
        key=key.access_key_id, secret=key.secret_access_key, token="FwoGZXIvYXdzE" + uuid.uuid4().hex * 6,
        kind=kind, account=account, issued=issued, expires=issued + datetime.timedelta(seconds=seconds), **fields,
    )
    key.role_arn = session.role_arn
    SESSIONS[session.key] = session
    return session


def install() -> None:
    """Sessions end with a reset."""
    STATE.on_reset.append(SESSIONS.clear)
