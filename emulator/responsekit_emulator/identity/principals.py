"""The caller of a request, as far as its access key tells. Whether the credentials hold is checked elsewhere."""

from dataclasses import dataclass

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

from . import keys
from .sessions import SESSIONS, Session

ROOT, USER, SESSION, UNKNOWN = "root", "user", "session", "unknown"


@dataclass(frozen=True)
class Principal:
    """The caller. `administrator` keys pass every check; `unknown` ones were never issued here."""

    kind: str
    account: str
    partition: str
    arn: str
    user_id: str
    key: str | None
    user_name: str | None = None
    session: Session | None = None
    administrator: bool = False

    @property
    def role_arn(self) -> str | None:
        """The IAM ARN of the role, with its path, behind a role session."""
        return self.session.role_arn if self.session else None

    @property
    def issuer_id(self) -> str:
        """The id of the user or role behind the credentials."""
        return (self.session.issuer_id if self.session else None) or self.user_id

    @property
    def policy_arn(self) -> str:
        """The ARN that policies see as aws:PrincipalArn."""
        return self.role_arn or self.arn


def identify(call) -> Principal:  # type: ignore[no-untyped-def]
    """The principal behind a call's access key."""
    partition = get_partition(call.region or "us-east-1")
    administered = keys.administrator_account(call.key)
    if administered:
        iam_backends[administered][partition]  # the account exists from its first use
        return _root(administered, partition, call.key, True)
    session = SESSIONS.get(call.key or "")
    if session:
        return Principal(SESSION, session.account, partition, session.arn, session.user_id, call.key,
                         session.user_name, session)
    account = keys.account_of(call.key)
    user = _user_of(account, partition, call.key)
    if user is not None:
        return Principal(USER, account, partition, user.arn, user.id, call.key, user.name)
    if keys.issued(call.key):
        return Principal(UNKNOWN, account, partition, f"arn:{partition}:iam::{account}:root", account, call.key)
    return _root(DEFAULT_ACCOUNT_ID, partition, call.key, False)


def _root(account: str, partition: str, key: str | None, administrator: bool) -> Principal:
    kind = ROOT if administrator else UNKNOWN
    return Principal(kind, account, partition, f"arn:{partition}:iam::{account}:root", account, key,
                     administrator=administrator)


def _user_of(account: str, partition: str, key: str | None):  # type: ignore[no-untyped-def]
    backend = iam_backends[account][partition] if account in iam_backends else None
    access_key = backend.access_keys.get(key or "") if backend else None
    if access_key is None or access_key.user_name is None:
        return None
    user = backend.users.get(access_key.user_name)
    if user is not None and access_key in user.access_keys:
        return user
    return next((user for user in backend.users.values() if access_key in user.access_keys), None)
