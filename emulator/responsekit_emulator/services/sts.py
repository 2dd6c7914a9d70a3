"""STS: credentials that work, belong to whoever asked, and expire."""

import hashlib
import json
import re
from typing import Any

from flask import request
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.iam.models import iam_backends
from moto.sts.models import AssumedRole, STSBackend
from moto.sts.responses import TokenResponse

from ..corrections import add, correction, wrap
from ..identity.iam_view import document_of
from ..identity.keys import account_of
from ..identity.principals import SESSION, Principal
from ..identity.sessions import FEDERATED, ROLE, SESSIONS, Session, open_session
from ..identity.sessions import USER as USER_SESSION
from .errors import AwsError

API = "https://docs.aws.amazon.com/STS/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
ROLE_ARN = re.compile(r"arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):role/([\w+=,.@/-]+)")
SESSION_NAME = re.compile(r"[\w+=,.@-]{2,64}")


def caller(response: Any) -> Principal:
    """Who makes the current call; the middleware has found it out."""
    return request.environ["rk.principal"]


def invalid(text: str) -> AwsError:
    """STS's answer to parameters it cannot use."""
    return AwsError("ValidationError", f"1 validation error detected: {text}")


def duration(response: Any, usual: int, least: int, most: int) -> int:
    """DurationSeconds, checked."""
    seconds = response._get_int_param("DurationSeconds", usual)
    if not least <= seconds <= most:
        raise invalid(f"Value '{seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value "
                      f"between {least} and {most}")
    return seconds


@correction(
    "sts.assume-role",
    stock="gives a session for any role, forgets source identity and managed session policies, checks no duration",
    aws="binds the session to the role's id, limits its duration (one hour when chained), keeps the source identity",
    page=API + "API_AssumeRole.html",
)
def assume_role_sessions() -> None:
    """A role that is deleted and made anew must not revive the old one's sessions."""
    _register_federated_sessions()

    @add(TokenResponse)
    def assume_role(self: Any) -> ActionResult:
        arn, name = str(self._get_param("RoleArn")), str(self._get_param("RoleSessionName"))
        match = ROLE_ARN.fullmatch(arn)
        if not match:
            raise invalid(f"{arn} is invalid")
        if not SESSION_NAME.fullmatch(name):
            raise invalid(f"Value '{name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy "
                          "regular expression pattern: [\\w+=,.@-]*, and have length between 2 and 64")
        partition, account, _ = match.groups()
        backend = iam_backends[account][partition]
        role = next((role for role in list(backend.roles.values()) if role.arn == arn), None)
        who = caller(self)
        chained = who.session is not None and who.session.kind == ROLE
        most = int(role.max_session_duration or 3600) if role else 43200
        seconds = duration(self, 3600, 900, max(most, 900))
        if chained and seconds > 3600:
            raise AwsError("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for "
                           "roles assumed by role chaining")
        session = open_session(ROLE, account, partition, seconds, **role_session_fields(arn, name),
                               **_asked_fields(self, account, partition, who))
        return ActionResult({
            "Credentials": session.credentials,
            "AssumedRoleUser": {"AssumedRoleId": session.user_id, "Arn": session.arn},
            "PackedPolicySize": 6,
            "SourceIdentity": session.source_identity,
        })


def _register_federated_sessions() -> None:
    """AssumeRoleWithSAML and AssumeRoleWithWebIdentity stay moto's own; their sessions are entered here."""
    original = AssumedRole.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        name = self.role_arn.rpartition("/")[2]
        SESSIONS[self.access_key_id] = Session(
            key=self.access_key_id, secret=self.secret_access_key, token=self.session_token, kind=ROLE,
            account=self.account_id, arn=self.arn, user_id=self.user_id, issued=utcnow(), expires=self.expiration,
            policies=(self.policy,) if self.policy else (), role_arn=self.role_arn, role_name=name,
            issuer_id=self.user_id.partition(":")[0])

    AssumedRole.__init__ = __init__


def role_session_fields(arn: str, name: str) -> dict[str, Any]:
    """What makes a session one of the role, whether or not the role exists."""
    partition, account, path = ROLE_ARN.fullmatch(arn).groups()
    role = next((role for role in list(iam_backends[account][partition].roles.values()) if role.arn == arn), None)
    role_name = path.rpartition("/")[2]
    role_id = role.id if role else "AROA" + hashlib.sha256(arn.encode()).hexdigest()[:17].upper()
    return {"arn": f"arn:{partition}:sts::{account}:assumed-role/{role_name}/{name}", "user_id": f"{role_id}:{name}",
            "role_arn": arn, "role_name": role_name, "issuer_id": role_id}


def _asked_fields(response: Any, account: str, partition: str, who: Principal) -> dict[str, Any]:
    """What the caller of AssumeRole asks for, or passes on from its own session."""
    inherited = who.session.source_identity if who.session else None
    return {
        "policies": _session_policies(response, account, partition),
        "source_identity": inherited or response._get_param("SourceIdentity"),
        "tags": tuple((tag["Key"], tag["Value"]) for tag in response._get_param("Tags") or []),
        "mfa": bool(response._get_param("SerialNumber") and response._get_param("TokenCode")),
    }


def _session_policies(response: Any, account: str, partition: str) -> tuple[str, ...]:
    found = []
    inline = response._get_param("Policy")
    if inline:
        if len(inline) > 2048:
            raise invalid("Value at 'policy' failed to satisfy constraint: Member must have length less than or "
                          "equal to 2048")
        try:
            json.loads(inline)["Statement"]
        except (ValueError, KeyError, TypeError):
            raise AwsError("MalformedPolicyDocument", "Syntax errors in policy.") from None
        found.append(inline)
    for entry in response._get_param("PolicyArns") or []:
        policy = iam_backends[account][partition].managed_policies.get(entry.get("arn"))
        if policy is None:
            raise AwsError("MalformedPolicyDocument", f"Policy {entry.get('arn')} does not exist.")
        found.append(document_of(policy))
    return tuple(found)


@correction(
    "sts.session-token",
    stock="answers GetSessionToken and GetFederationToken with one constant key that belongs to nobody",
    aws="makes credentials with the caller's rights, or for a federated user also bounded by the policy passed",
    page=GUIDE + "id_credentials_temp_request.html",
)
def session_token() -> None:
    """They outlive the access key that made them: deactivating the key alone contains nothing."""

    @add(TokenResponse)
    def get_session_token(self: Any) -> ActionResult:
        who = caller(self)
        if who.kind == SESSION:
            raise AwsError("AccessDenied", "Cannot call GetSessionToken with session credentials")
        mfa = bool(self._get_param("SerialNumber") and self._get_param("TokenCode"))
        session = open_session(USER_SESSION, who.account, who.partition, duration(self, 43200, 900, 129600),
                               arn=who.arn, user_id=who.user_id, user_name=who.user_name, user_arn=who.arn, mfa=mfa,
                               issuer_id=who.user_id)
        return ActionResult({"Credentials": session.credentials})

    @add(TokenResponse)
    def get_federation_token(self: Any) -> ActionResult:
        who, name = caller(self), str(self._get_param("Name"))
        if who.kind == SESSION:
            raise AwsError("AccessDenied", "Cannot call GetFederationToken with session credentials")
        if not re.fullmatch(r"[\w+=,.@-]{2,32}", name):
            raise invalid(f"Value '{name}' at 'name' failed to satisfy constraint")
        user = f"{who.account}:{name}"
        arn = f"arn:{who.partition}:sts::{who.account}:federated-user/{name}"
        session = open_session(FEDERATED, who.account, who.partition, duration(self, 43200, 900, 129600), arn=arn,
                               user_id=user, user_name=who.user_name, user_arn=who.arn, issuer_id=who.user_id,
                               policies=_session_policies(self, who.account, who.partition))
        return ActionResult({"Credentials": session.credentials, "PackedPolicySize": 6,
                             "FederatedUser": {"FederatedUserId": user, "Arn": arn}})


@correction(
    "sts.caller-identity",
    stock="names a user `moto` for root and session keys",
    aws="names the root user, the user behind a session token, or the federated user",
    page=API + "API_GetCallerIdentity.html",
)
def caller_identity() -> None:
    """The SDKs' own check of who one is."""

    @add(TokenResponse)
    def get_caller_identity(self: Any) -> ActionResult:
        who = caller(self)
        return ActionResult({"UserId": who.user_id, "Account": who.account, "Arn": who.arn})

    @wrap(STSBackend)
    def get_access_key_info(original: Any, self: Any, access_key_id: str) -> dict[str, str]:
        return {"Account": account_of(access_key_id)}
