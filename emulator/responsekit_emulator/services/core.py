"""What holds for every service. The work is done on the request's way (middleware.py, calls.py); the switch is here."""

from ..corrections import correction


@correction(
    "core.enforcement",
    stock="ignores inactive keys, all conditions but one, NotResource, SCPs, boundaries, session policies and expiry, "
          "and Deny in trust policies",
    aws="honours all of them",
    page="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
)
def enforcement() -> None:
    """A containment that moto lets pass proves nothing. Switched on with POST /rk/auth."""


@correction(
    "core.missing-operations",
    stock="answers HTTP 500 or 404 in HTML for operations that it lacks, which SDKs retry for up to minutes",
    aws="knows its operations; the emulator says at once, with HTTP 501, which one it does not",
    page="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
)
def missing_operations() -> None:
    """A test that meets a gap must say so, not hang."""


@correction(
    "core.region-from-signature",
    stock="believes a `region/...` in the user agent before the region that the request is signed for",
    aws="takes the region from the credential scope",
    page="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html",
)
def region_from_signature() -> None:
    """Some SDKs write the region of something else there."""


@correction(
    "core.compressed-requests",
    stock="unpacks gzip request bodies twice, and fails",
    aws="accepts compressed requests",
    page="https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html",
)
def compressed_requests() -> None:
    """SDKs compress PutMetricData from 10 KB on."""


@correction(
    "core.request-ids",
    stock="writes `request-id` into EC2 answers, and other ids than in the header",
    aws="gives each answer one GUID, in header and body, which CloudTrail records as requestID",
    page="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
)
def request_ids() -> None:
    """Receipts name the request id of each call."""
