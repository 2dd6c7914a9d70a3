"""S3: bucket policies mean what they say."""

from typing import Any

from flask import has_request_context, request
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from ..corrections import correction, wrap
from ..identity.authorization import context_of
from ..identity.policies import ALLOW, DENY, decide


@correction(
    "s3.bucket-policies",
    stock="takes a bucket policy's statements as if they had no conditions",
    aws="applies a statement only where its conditions hold",
    page="https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
)
def bucket_policies() -> None:
    """The bucket in which CDK stages assets denies everything that is not sent over TLS, which to moto is everything."""

    @wrap(FakeBucket)
    def get_permission(original: Any, self: Any, action: str, resource: str) -> PermissionResult:
        if self.policy is None or not has_request_context():
            return original(self, action, resource)
        context = context_of(request.environ["rk.call"], request.environ["rk.principal"])
        verdict = decide([self.policy.decode()], action, [resource], context)
        return {ALLOW: PermissionResult.PERMITTED, DENY: PermissionResult.DENIED}.get(verdict, PermissionResult.NEUTRAL)
