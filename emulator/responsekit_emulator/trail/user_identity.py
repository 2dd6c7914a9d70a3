"""`userIdentity` of a record.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

import datetime
from typing import Any

from ..identity.principals import USER, Principal
from ..identity.sessions import FEDERATED, ROLE, Session


def user_identity(principal: Principal | None, invoked_by: str | None = None) -> dict[str, Any]:
    """The element for a caller; `invoked_by` is the service that made the call, if one did."""
    if principal is None:
        return {"type": "AWSService", "invokedBy": invoked_by or "AWS Internal"}
    identity = {name: value for name, value in _element(principal).items() if value is not None}
    if invoked_by:
        identity["invokedBy"] = invoked_by
    return identity


def _element(principal: Principal) -> dict[str, Any]:
    session = principal.session
    if session is None:
        return _user(principal) if principal.kind == USER else _root(principal)
    if session.kind == ROLE:
        return _assumed_role(principal, session)
    if session.kind == FEDERATED:
        return _federated(principal, session)
    element = _user(principal) if session.user_name else _root(principal)
    element["sessionContext"] = {"attributes": _attributes(session)}
    return element


def _root(principal: Principal) -> dict[str, Any]:
    return {"type": "Root", "principalId": principal.account, "arn": principal.arn, "accountId": principal.account,
            "accessKeyId": principal.key}


def _user(principal: Principal) -> dict[str, Any]:
    return {"type": "IAMUser", "principalId": principal.user_id, "arn": principal.arn,
            "accountId": principal.account, "accessKeyId": principal.key, "userName": principal.user_name}


def _attributes(session: Session) -> dict[str, str]:
    issued = session.issued.replace(tzinfo=datetime.timezone.utc)
    return {"creationDate": issued.strftime("%Y-%m-%dT%H:%M:%SZ"), "mfaAuthenticated": str(session.mfa).lower()}


def _assumed_role(principal: Principal, session: Session) -> dict[str, Any]:
    context: dict[str, Any] = {
        "sessionIssuer": {
            "type": "Role",
            "principalId": session.issuer_id,
            "arn": session.role_arn,
            "accountId": session.account,
            "userName": session.role_name,
        },
        "attributes": _attributes(session),
    }
    if session.source_identity:
        context["sourceIdentity"] = session.source_identity
    return {"type": "AssumedRole", "principalId": session.user_id, "arn": session.arn, "accountId": session.account,
            "accessKeyId": principal.key, "sessionContext": context}


def _federated(principal: Principal, session: Session) -> dict[str, Any]:
    issuer = {"type": "IAMUser", "principalId": session.issuer_id, "arn": session.user_arn,
              "accountId": session.account, "userName": session.user_name}
    if session.user_name is None:
        issuer = {"type": "Root", "principalId": session.account, "arn": session.user_arn,
                  "accountId": session.account}
    return {"type": "FederatedUser", "principalId": session.user_id, "arn": session.arn,
            "accountId": session.account, "accessKeyId": principal.key,
            "sessionContext": {"sessionIssuer": issuer, "attributes": _attributes(session)}}
