"""Authenticates and authorizes one call, and words the refusal as AWS does.

Order and meaning: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import time
from collections.abc import Iterator

from moto.core.utils import utcnow
from moto.iam.models import iam_backends

from ..calls import Call
from ..protocols import Answer, Protocol, error_answer
from ..state import STATE
from .conditions import Context
from .iam_view import Grants, IamView, RoleState
from .organizations import levels_above
from .policies import ALLOW, DENY, decide
from .principals import SESSION, USER, Principal
from .propagation import PROPAGATION
from .resources import resources_of
from .sessions import FEDERATED, ROLE, Session
from .sigv4 import signature_holds
from .trust import ACCOUNT, trusted_as

ALLOW_EVERYTHING = Grants(('{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',))
FREE = "sts:GetCallerIdentity"
UNSIGNED = ("AssumeRoleWithSAML", "AssumeRoleWithWebIdentity")
# Operations whose IAM action has another name than the API operation.
OTHER_NAMES = {
    "lambda:Invoke": "lambda:InvokeFunction",
    "lambda:InvokeAsync": "lambda:InvokeFunction",
    "lambda:InvokeWithResponseStream": "lambda:InvokeFunction",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:HeadObject": "s3:GetObject",
    "s3:CopyObject": "s3:PutObject",
    # Amazon S3 User Guide, "Multipart upload API and permissions".
    "s3:CreateMultipartUpload": "s3:PutObject",
    "s3:UploadPart": "s3:PutObject",
    "s3:UploadPartCopy": "s3:PutObject",
    "s3:CompleteMultipartUpload": "s3:PutObject",
    "s3:ListParts": "s3:ListMultipartUploadParts",
    "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
}
SERVICE_PREFIXES = {"monitoring": "cloudwatch", "email": "ses"}

INVALID, MISSING, EXPIRED, SIGNATURE, DENIED = "invalid", "missing", "expired", "signature", "denied"


class Refused(Exception):
    """The call must not pass."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message)
        self.kind, self.message = kind, message


def action_name(call: Call) -> str:
    """The IAM action of a call."""
    prefix = SERVICE_PREFIXES.get(call.service or "", call.service)
    name = f"{prefix}:{call.action}"
    return OTHER_NAMES.get(name, name)


def authorize(call: Call, principal: Principal) -> None:
    """Returns if the call may pass; raises Refused otherwise."""
    if principal.administrator or (call.key is None and call.action in UNSIGNED):
        return
    if call.key is None:
        raise Refused(MISSING)
    view = PROPAGATION.view(principal.account, principal.partition)
    _authenticate(call, principal, view)
    action = action_name(call)
    if action == FREE:
        return
    resources = resources_of(call, principal.account, principal.partition)
    context = context_of(call, principal)
    context["aws:resourceaccount"] = _owner(resources) or principal.account
    _add_role_tags(context, principal, view)
    grants, service_linked = grants_of(principal, view)
    who = f"User: {principal.arn} is not authorized to perform: {action}"
    if resources and resources != ["*"]:
        who += f" on resource: {resources[0]}"
    if not service_linked:
        for documents in levels_above(principal.account):
            if decide(documents, action, resources, context) != ALLOW:
                raise Refused(DENIED, who + " with an explicit deny in a service control policy")
    verdict = decide(grants.documents, action, resources, context)
    if verdict == DENY:
        raise Refused(DENIED, who + " with an explicit deny in an identity-based policy")
    for name, documents in _ceilings(principal, grants):
        ceiling = decide(documents, action, resources, context)
        if ceiling == DENY:
            raise Refused(DENIED, who + f" with an explicit deny in a {name}")
        if ceiling != ALLOW:
            raise Refused(DENIED, who + f" because no {name} allows the {action} action")
    if call.service == "sts" and call.action == "AssumeRole":
        _authorize_assume_role(call, principal, verdict, context, who)
    elif verdict != ALLOW:
        raise Refused(DENIED, who + f" because no identity-based policy allows the {action} action")


def _authenticate(call: Call, principal: Principal, view: IamView) -> None:
    session = principal.session
    if principal.kind == USER:
        key = view.key(call.key or "")
        if key is None or not key.active:
            raise Refused(INVALID)
        secret = key.secret
    elif principal.kind == SESSION and session is not None:
        if call.token is not None and call.token != session.token or call.token is None and "Token=" not in call.query:
            raise Refused(INVALID)
        if session.expires < utcnow():
            raise Refused(EXPIRED)
        secret = session.secret
    else:
        raise Refused(INVALID)
    if not signature_holds(call, secret):
        raise Refused(SIGNATURE)


def grants_of(principal: Principal, view: IamView) -> tuple[Grants, bool]:
    """The policies behind the principal, and whether it is a service-linked role. Refuses one that is gone."""
    session = principal.session
    if session is not None and session.kind == ROLE:
        role = view.role(session.role_name or "")
        if role is None or role.role_id != session.issuer_id:
            return Grants(()), False  # the role is gone, or another one now bears its name
        return role.grants, role.service_linked
    if principal.user_name is None:
        return ALLOW_EVERYTHING, False  # a session of the root user
    grants = view.user(principal.user_name)
    if grants is None or grants.entity_id != principal.issuer_id:
        raise Refused(INVALID)  # the user is gone, or another one now bears its name
    return grants, False


def _ceilings(principal: Principal, grants: Grants) -> Iterator[tuple[str, list[str]]]:
    if grants.boundary:
        yield "permissions boundary", [grants.boundary]
    session = principal.session
    if session is not None and (session.policies or session.kind == FEDERATED):
        yield "session policy", list(session.policies)


def _authorize_assume_role(call: Call, principal: Principal, verdict: str, context: Context, who: str) -> None:
    role = role_to_assume(str(call.parameters.get("RoleArn", "")), principal)
    how = trusted_as(role.trust, principal, "sts:AssumeRole", context) if role else None
    same_account = role is not None and role.arn.split(":")[4] == principal.account
    trust_suffices = same_account and how not in (None, ACCOUNT)
    if how is None or (verdict != ALLOW and not trust_suffices):
        raise Refused(DENIED, who)


def role_to_assume(arn: str, principal: Principal) -> RoleState | None:
    """The role that `arn` names, in whichever account."""
    parts = arn.split(":")
    if len(parts) != 6 or not parts[5].startswith("role/"):
        return None
    role = PROPAGATION.view(parts[4], principal.partition).role(arn.rpartition("/")[2])
    return role if role is not None and role.arn == arn else None


def context_of(call: Call, principal: Principal) -> dict[str, str | list[str]]:
    """The global condition keys of a call, in lower case. Those that do not apply are absent, as in AWS.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    now = utcnow()
    source = STATE.sources.get(call.key or "", {})
    context: dict[str, str | list[str]] = {
        "aws:principalarn": principal.policy_arn,
        "aws:principalaccount": principal.account,
        "aws:principaltype": _principal_type(principal),
        "aws:userid": principal.user_id,
        "aws:requestedregion": call.region or "us-east-1",
        "aws:currenttime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:epochtime": str(int(time.time())),
        "aws:sourceip": source.get("ip", call.remote),
        "aws:useragent": source.get("agent", call.user_agent),
        "aws:securetransport": "true",  # plain HTTP on this machine stands for TLS
        "aws:viaawsservice": "false",
        "aws:principalisawsservice": "false",
    }
    if principal.user_name and not principal.role_arn:
        context["aws:username"] = principal.user_name
    if principal.session is not None:
        _add_session_keys(context, principal.session)
    _add_call_keys(context, call, principal.account, principal.partition)
    return context


def _owner(resources: list[str] | None) -> str:
    """The account in a resource's ARN; buckets have none there."""
    parts = resources[0].split(":") if resources else []
    return parts[4] if len(parts) > 5 else ""


def _principal_type(principal: Principal) -> str:
    session = principal.session
    if session is not None:
        return {ROLE: "AssumedRole", FEDERATED: "FederatedUser"}.get(session.kind, "User")
    return "User" if principal.kind == USER else "Account"


def _add_session_keys(context: dict[str, str | list[str]], session: Session) -> None:
    context["aws:tokenissuetime"] = session.issued.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    context["aws:multifactorauthpresent"] = "true" if session.mfa else "false"
    if session.source_identity:
        context["aws:sourceidentity"] = session.source_identity
    for key, value in session.tags:
        context[f"aws:principaltag/{key.lower()}"] = value


def _add_role_tags(context: dict[str, str | list[str]], principal: Principal, view: IamView) -> None:
    """The tags of the role itself. Those given to the session, which are there already, go before them.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    session = principal.session
    role = view.role(session.role_name or "") if session is not None and session.kind == ROLE else None
    for key, value in role.tags if role is not None and session is not None and role.role_id == session.issuer_id else ():
        context.setdefault(f"aws:principaltag/{key.lower()}", value)


def _add_call_keys(context: dict[str, str | list[str]], call: Call, account: str, partition: str) -> None:
    parameters = call.parameters
    if call.service == "sts":
        for name, key in (("ExternalId", "sts:externalid"), ("RoleSessionName", "sts:rolesessionname"),
                          ("SourceIdentity", "sts:sourceidentity")):
            if parameters.get(name):
                context[key] = str(parameters[name])
    if call.service == "iam":
        if parameters.get("PolicyArn"):
            context["iam:policyarn"] = str(parameters["PolicyArn"])
        if parameters.get("PermissionsBoundary"):
            context["iam:permissionsboundary"] = str(parameters["PermissionsBoundary"])
        elif boundary := _present_boundary(call, account, partition):
            context["iam:permissionsboundary"] = boundary
    if call.service == "lambda" and parameters.get("FunctionUrlAuthType"):
        context["lambda:functionurlauthtype"] = str(parameters["FunctionUrlAuthType"])


def _present_boundary(call: Call, account: str, partition: str) -> str | None:
    """The boundary of the user or role that a call is about; the key has it for calls that name none.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
    """
    backend = iam_backends[account][partition]
    if name := call.parameters.get("UserName"):
        entity = backend.users.get(str(name))
    else:
        entity = next((role for role in backend.roles.values() if role.name == call.parameters.get("RoleName")), None)
    boundary = getattr(entity, "permissions_boundary", None)
    return boundary["PermissionsBoundaryArn"] if boundary else None


def refusal(call: Call, refused: Refused) -> Answer:
    """The error that AWS gives in the call's protocol."""
    invalid = "The security token included in the request is invalid."
    expired = "The security token included in the request is expired"
    mismatch = "The request signature we calculated does not match the signature you provided."
    missing = ("MissingAuthenticationToken", 403, "Request is missing Authentication Token")
    not_validated = ("AuthFailure", 401, "AWS was not able to validate the provided access credentials")
    json = {
        INVALID: ("UnrecognizedClientException", 400, invalid),
        MISSING: ("MissingAuthenticationTokenException", 400, "Missing Authentication Token"),
        EXPIRED: ("ExpiredTokenException", 400, expired),
        SIGNATURE: ("InvalidSignatureException", 400, mismatch),
        DENIED: ("AccessDeniedException", 400, refused.message),
    }
    rest_json = {kind: (code, 403, text) for kind, (code, _, text) in json.items()}
    query = {
        INVALID: ("InvalidClientTokenId", 403, invalid),
        MISSING: missing,
        EXPIRED: ("ExpiredToken", 403, expired),
        SIGNATURE: ("SignatureDoesNotMatch", 403, mismatch),
        DENIED: ("AccessDenied", 403, refused.message),
    }
    ec2 = {
        INVALID: not_validated,
        MISSING: missing,
        EXPIRED: ("RequestExpired", 400, "Request has expired."),
        SIGNATURE: not_validated,
        DENIED: ("UnauthorizedOperation", 403, f"You are not authorized to perform this operation. {refused.message}"),
    }
    s3 = {**query, INVALID: ("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist.")}
    is_rest = call.protocol is Protocol.JSON and "X-Amz-Target" not in call.headers
    tables = {Protocol.EC2: ec2, Protocol.QUERY: query, Protocol.S3: s3, Protocol.JSON: rest_json if is_rest else json}
    code, status, message = tables[call.protocol][refused.kind]
    return error_answer(call.protocol, status, code, message)
