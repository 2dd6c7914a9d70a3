"""Service control policies as they bear on one account.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
"""

from collections.abc import Iterator
from typing import Any

from moto.organizations.models import organizations_backends

SCP = "SERVICE_CONTROL_POLICY"


def levels_above(account: str) -> Iterator[list[str]]:
    """The SCP documents at each level from the account up to the root.

    Nothing for the management account, which SCPs never bind, and for accounts outside any organization. A level
    without an attached policy is left out: moto does not attach FullAWSAccess, which AWS does.
    """
    for management, partitions in list(organizations_backends.items()):
        for backend in list(partitions.values()):
            if getattr(backend, "org", None) and account != management and _is_member(backend, account):
                yield from _levels(backend, account)


def organization_of(account: str) -> str | None:
    """The id of the organization that an account is in."""
    for partitions in list(organizations_backends.values()):
        for backend in list(partitions.values()):
            if getattr(backend, "org", None) and _is_member(backend, account):
                return backend.org.id
    return None


def _is_member(backend: Any, account: str) -> bool:
    return any(member.id == account for member in backend.accounts)


def _levels(backend: Any, node: str | None) -> Iterator[list[str]]:
    while node:
        documents = [policy.content for policy in backend.policies
                     if policy.type == SCP and any(target.id == node for target in policy.attachments)]
        if documents:
            yield documents
        parents = [] if node.startswith("r-") else backend.list_parents(ChildId=node)["Parents"]
        node = parents[0]["Id"] if parents else None
