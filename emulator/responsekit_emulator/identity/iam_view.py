"""What IAM says of users, roles and keys: as it is now, or as it was at a moment (for slow propagation)."""

from dataclasses import dataclass
from typing import Any, Protocol

from moto.iam.models import IAMBackend, iam_backends

DENY_EVERYTHING = '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}'


@dataclass(frozen=True)
class KeyState:
    """A user's access key."""

    user: str
    secret: str
    active: bool


@dataclass(frozen=True)
class Grants:
    """The identity policies that apply, the permissions boundary if there is one, and the id of who has them."""

    documents: tuple[str, ...]
    boundary: str | None = None
    entity_id: str | None = None


@dataclass(frozen=True)
class RoleState:
    """A role, its policies and whom it trusts."""

    arn: str
    role_id: str
    grants: Grants
    trust: str
    service_linked: bool
    tags: tuple[tuple[str, str], ...] = ()


class IamView(Protocol):
    """Answers the questions that enforcement asks; None for what does not exist."""

    def key(self, key: str) -> KeyState | None: ...

    def user(self, name: str) -> Grants | None: ...

    def role(self, name: str) -> RoleState | None: ...


def document_of(policy: Any) -> str:
    """The default version of a managed policy."""
    return next(version.document for version in policy.versions if version.is_default)


def _documents(entity: Any) -> list[str]:
    managed = [document_of(policy) for policy in list(entity.managed_policies.values())]
    return [*list(entity.policies.values()), *managed]


def _tags(role: Any) -> tuple[tuple[str, str], ...]:
    return tuple((tag["Key"], tag["Value"]) for tag in role.tags or [])


def _boundary(backend: IAMBackend, arn: str | None) -> str | None:
    if not arn:
        return None
    policy = backend.managed_policies.get(arn)
    return document_of(policy) if policy else DENY_EVERYTHING


class LiveView:
    """Reads moto each time."""

    def __init__(self, account: str, partition: str) -> None:
        self._backend = iam_backends[account][partition]

    def key(self, key: str) -> KeyState | None:
        """The key, if it exists."""
        found = self._backend.access_keys.get(key)
        if found is None or found.user_name is None:
            return None
        return KeyState(found.user_name, found.secret_access_key, found.status == "Active")

    def user(self, name: str) -> Grants | None:
        """The user's own and its groups' policies."""
        user = self._backend.users.get(name)
        if user is None:
            return None
        documents = _documents(user)
        for group in list(self._backend.groups.values()):
            if user in group.users:
                documents += _documents(group)
        boundary = getattr(user, "rk_boundary_arn", None)
        return Grants(tuple(documents), _boundary(self._backend, boundary), user.id)

    def role(self, name: str) -> RoleState | None:
        """The role of that name; names are unique within an account whatever the path."""
        for role in list(self._backend.roles.values()):
            if role.name == name:
                grants = Grants(tuple(_documents(role)), _boundary(self._backend, role.permissions_boundary_arn))
                return RoleState(role.arn, role.id, grants, role.assume_role_policy_document,
                                 "/aws-service-role/" in role.arn, _tags(role))
        return None


class FrozenView:
    """A copy of everything that enforcement may ask."""

    def __init__(self, account: str, partition: str) -> None:
        live, backend = LiveView(account, partition), iam_backends[account][partition]
        self._keys = {key: live.key(key) for key in list(backend.access_keys)}
        self._users = {name: live.user(name) for name in list(backend.users)}
        self._roles = {role.name: live.role(role.name) for role in list(backend.roles.values())}

    def key(self, key: str) -> KeyState | None:
        """The key as it was."""
        return self._keys.get(key)

    def user(self, name: str) -> Grants | None:
        """The user as it was."""
        return self._users.get(name)

    def role(self, name: str) -> RoleState | None:
        """The role as it was."""
        return self._roles.get(name)
