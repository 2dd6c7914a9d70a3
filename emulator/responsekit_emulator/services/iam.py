"""IAM: managed policies at no cost, quotas, service-linked roles, boundaries, service-specific credentials."""

import dataclasses
import functools
import json
import secrets
import string
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.iam import models
from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import IAMBackend as Backend
from moto.iam.responses import IamResponse as Response

from ..corrections import add, correction, wrap
from ..identity.sessions import SESSIONS
from .errors import AwsError

API = "https://docs.aws.amazon.com/IAM/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"

MANAGED = (
    "AWSCompromisedKeyQuarantine", "AWSCompromisedKeyQuarantineV2", "AWSCompromisedKeyQuarantineV3", "AWSDenyAll",
    "AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "ViewOnlyAccess", "SecurityAudit", "IAMFullAccess",
    "IAMReadOnlyAccess", "IAMUserChangePassword", "AmazonEC2FullAccess", "AmazonEC2ReadOnlyAccess",
    "AmazonECS_FullAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess", "AmazonSESFullAccess",
    "AmazonSSMManagedInstanceCore", "AutoScalingFullAccess", "AWSLambda_FullAccess", "AWSLambdaBasicExecutionRole",
    "AWSLambdaVPCAccessExecutionRole", "AWSLambdaSQSQueueExecutionRole", "AWSLambdaRole", "Billing",
    "AWSCloudFormationReadOnlyAccess", "AWSXRayDaemonWriteAccess",
    "AmazonECSTaskExecutionRolePolicy", "AmazonEC2ContainerServiceforEC2Role", "AWSCloudTrail_FullAccess",
)


def no_such(text: str) -> AwsError:
    """IAM's answer for something that does not exist."""
    return models.NotFoundException(text)


@correction(
    "iam.managed-policies",
    stock="knows no AWS managed policy, or loads all 1485 for each account (1 s and 27 MB)",
    aws="offers its managed policies in every account",
    page="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",
)
def managed_policies() -> None:
    """Those that matter in an incident; reading one costs nothing until it is used."""
    everything = json.loads(aws_managed_policies_data)
    chosen = {name: everything[name] for name in MANAGED if name in everything}

    @add(Backend)
    def _init_aws_policies(self: Any) -> list[Any]:
        return [models.AWSManagedPolicy.from_data(name, self.account_id, self.region_name, data)
                for name, data in chosen.items()]


@correction(
    "iam.user-ids",
    stock="makes user and group ids of 20 random lower-case characters",
    aws="begins a user's id with AIDA and a group's with AGPA",
    page=GUIDE + "reference_identifiers.html",
)
def user_ids() -> None:
    """The principalId of CloudTrail records is recognized by it."""
    alphabet = string.ascii_uppercase + "234567"

    def make(prefix: str) -> str:
        return prefix + "".join(secrets.choice(alphabet) for _ in range(17))

    for owner, prefix in ((models.User, "AIDA"), (models.Group, "AGPA")):
        original = owner.__init__

        @functools.wraps(original)
        def __init__(self: Any, *args: Any, _original: Any = original, _prefix: str = prefix, **kwargs: Any) -> None:
            _original(self, *args, **kwargs)
            self.id = make(_prefix)

        owner.__init__ = __init__


@correction(
    "iam.user-rename",
    stock="leaves a renamed user's keys, certificates and sessions with the old name, takes a name that is in use, and tells of the keys of other accounts",
    aws="keeps everything with the user, whose id stays, and refuses a name that is in use with EntityAlreadyExists",
    page=GUIDE + "id_users_manage.html",
)
def user_rename() -> None:
    """Whoever is renamed must be found by key and id, and go on with what they hold."""

    @wrap(Backend)
    def update_user(original: Any, self: Any, user_name: str, new_path: str | None = None, new_user_name: str | None = None) -> None:
        if new_user_name and new_user_name != user_name and new_user_name in self.users:
            raise AwsError("EntityAlreadyExists", f"User with name {new_user_name} already exists.")
        user = self.get_user(user_name)
        original(self, user_name, new_path, new_user_name)
        if not new_user_name:
            return
        certificates = getattr(user, "signing_certificates", {}) or {}
        for held in (*user.access_keys, *user.ssh_public_keys, *certificates.values()):
            held.user_name = new_user_name
        for key, session in list(SESSIONS.items()):
            if session.account == self.account_id and session.user_name == user_name:
                SESSIONS[key] = dataclasses.replace(session, user_name=new_user_name, user_arn=user.arn)

    @wrap(Backend)
    def get_access_key_last_used(original: Any, self: Any, access_key_id: str) -> Any:
        if any(key.access_key_id == access_key_id for user in self.users.values() for key in user.access_keys):
            return original(self, access_key_id)
        raise no_such(f"The Access Key with id {access_key_id} cannot be found.")


@correction(
    "iam.default-version-again",
    stock="leaves a policy without a default version when the one that it has is set again",
    aws="keeps exactly one default version whatever is set",
    page=GUIDE + "access_policies_managed-versioning.html",
)
def default_version_again() -> None:
    """Setting what is set already must change nothing, as it leaves a record all the same."""

    @wrap(Backend)
    def set_default_policy_version(original: Any, self: Any, policy_arn: str, version_id: str) -> Any:
        answer = original(self, policy_arn, version_id)
        for version in self.get_policy(policy_arn).versions:
            version.is_default = version.version_id == version_id
        return answer


# --- Quotas ---------------------------------------------------------------------------------------------------------
INLINE_LIMITS = {"user": 2048, "role": 10240, "group": 5120}
ATTACHMENTS = 10


def stripped(document: str) -> int:
    """The length of a policy as IAM counts it: without white space."""
    return len("".join(document.split()))


@correction(
    "iam.quotas",
    stock="accepts inline policies of any size and any number of attachments",
    aws="limits inline policies to 2,048 (user), 10,240 (role) and 5,120 (group) characters in all, "
        "and attached managed policies to 10, with LimitExceeded",
    page=GUIDE + "reference_iam-quotas.html",
)
def quotas() -> None:
    """An attacker who fills them keeps a responder's deny policy out; so there must be a fallback."""

    def limit_inline(kind: str, find: str) -> None:
        @wrap(Backend, f"put_{kind}_policy")
        def put(original: Any, self: Any, name: str, policy_name: str, document: str) -> Any:
            entity = getattr(self, find)(name)
            others = sum(stripped(text) for key, text in entity.policies.items() if key != policy_name)
            most = INLINE_LIMITS[kind]
            if others + stripped(document) > most:
                raise AwsError("LimitExceeded", f"Maximum policy size of {most} bytes exceeded for {kind} {name}")
            return original(self, name, policy_name, document)

    limit_inline("user", "get_user")
    limit_inline("role", "get_role")
    limit_inline("group", "get_group")

    def limit_attached(kind: str, find: str) -> None:
        @wrap(Backend, f"attach_{kind}_policy")
        def attach(original: Any, self: Any, policy_arn: str, name: str) -> Any:
            entity = getattr(self, find)(name)
            if policy_arn not in entity.managed_policies and len(entity.managed_policies) >= ATTACHMENTS:
                title = "PoliciesPer" + kind.title()
                raise AwsError("LimitExceeded", f"Cannot exceed quota for {title}: {ATTACHMENTS}")
            return original(self, policy_arn, name)

    limit_attached("user", "get_user")
    limit_attached("role", "get_role")
    limit_attached("group", "get_group")


@correction(
    "iam.service-linked-roles",
    stock="lets anyone change the policies of a service-linked role",
    aws="refuses with UnmodifiableEntity: only the service may change it",
    page=GUIDE + "id_roles_create-service-linked-role.html",
)
def service_linked_roles() -> None:
    """Containment must not rely on writing to these roles."""
    operations = ("put_role_policy", "delete_role_policy", "attach_role_policy", "detach_role_policy",
                  "update_assume_role_policy", "put_role_permissions_boundary", "delete_role_permissions_boundary",
                  "delete_role", "update_role")

    for operation in operations:
        @wrap(Response, operation)
        def guarded(original: Any, self: Any) -> Any:
            name = self._get_param("RoleName")
            role = next((role for role in list(self.backend.roles.values()) if role.name == name), None)
            if role is not None and "/aws-service-role/" in role.arn:
                service = role.arn.split("/")[2]
                raise AwsError("UnmodifiableEntity", f"Cannot perform the operation on the protected role '{name}' - "
                               f"this role is only modifiable by AWS: {service}")
            return original(self)


# --- Operations that moto lacks -------------------------------------------------------------------------------------
@correction(
    "iam.user-boundaries",
    stock="lacks permissions boundaries of users",
    aws="stores a boundary with PutUserPermissionsBoundary or CreateUser and shows it with GetUser",
    page=GUIDE + "access_policies_boundaries.html",
)
def user_boundaries() -> None:
    """The containment that no quota can keep out."""

    def boundary(user: Any) -> dict[str, str] | None:
        arn = getattr(user, "rk_boundary_arn", None)
        return {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn} if arn else None

    models.User.permissions_boundary = property(boundary)

    def checked(self: Any) -> str:
        arn = str(self._get_param("PermissionsBoundary"))
        if arn not in self.backend.managed_policies:
            raise no_such(f"Policy {arn} does not exist or is not attachable.")
        return arn

    @add(Response)
    def put_user_permissions_boundary(self: Any) -> Any:
        self.backend.get_user(self._get_param("UserName")).rk_boundary_arn = checked(self)
        return EmptyResult()

    @add(Response)
    def delete_user_permissions_boundary(self: Any) -> Any:
        user = self.backend.get_user(self._get_param("UserName"))
        if boundary(user) is None:
            raise no_such(f"The user with name {user.name} has no permissions boundary.")
        user.rk_boundary_arn = None
        return EmptyResult()

    @wrap(Response)
    def create_user(original: Any, self: Any) -> Any:
        arn = checked(self) if self._get_param("PermissionsBoundary") else None
        result = original(self)
        self.backend.get_user(self._get_param("UserName")).rk_boundary_arn = arn
        return result


@correction(
    "iam.service-specific-credentials",
    stock="lacks service-specific credentials",
    aws="keeps at most two per user and service, each with a status of its own",
    page=API + "API_CreateServiceSpecificCredential.html",
)
def service_specific_credentials() -> None:
    """They outlive every access key and are easily forgotten."""

    def store(self: Any) -> dict[str, dict[str, Any]]:
        return self.backend.__dict__.setdefault("rk_service_credentials", {})

    def one(self: Any) -> dict[str, Any]:
        name = self._get_param("ServiceSpecificCredentialId")
        if name not in store(self):
            raise AwsError("NoSuchEntity", f"Service Specific Credential {name} does not exist.")
        return store(self)[name]

    @add(Response)
    def create_service_specific_credential(self: Any) -> Any:
        user = self.backend.get_user(self._get_param("UserName"))
        service = self._get_param("ServiceName")
        owners = [(each["UserName"], each["ServiceName"]) for each in store(self).values()]
        if owners.count((user.name, service)) >= 2:
            raise AwsError("LimitExceeded", "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2")
        name = "ACCA" + secrets.token_hex(8).upper()
        store(self)[name] = {
            "CreateDate": utcnow(), "ServiceName": service, "ServiceUserName": f"{user.name}-at-{self.current_account}",
            "ServicePassword": secrets.token_urlsafe(32), "ServiceSpecificCredentialId": name, "UserName": user.name,
            "Status": "Active",
        }
        return ActionResult({"ServiceSpecificCredential": store(self)[name]})

    @add(Response)
    def list_service_specific_credentials(self: Any) -> Any:
        user, service = self._get_param("UserName"), self._get_param("ServiceName")
        if user:
            self.backend.get_user(user)
        found = [each for each in store(self).values()
                 if user in (None, each["UserName"]) and service in (None, each["ServiceName"])]
        return ActionResult({"ServiceSpecificCredentials": found, "IsTruncated": False})

    @add(Response)
    def update_service_specific_credential(self: Any) -> Any:
        one(self)["Status"] = self._get_param("Status")
        return EmptyResult()

    @add(Response)
    def delete_service_specific_credential(self: Any) -> Any:
        del store(self)[one(self)["ServiceSpecificCredentialId"]]
        return EmptyResult()
