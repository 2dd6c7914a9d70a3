"""One CloudTrail record for each journaled call.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import datetime
import json
import uuid
from typing import Any

from ..journal import Entry
from .names import event_name, event_source, is_data_event, is_read_only, recorded_region
from .parameters import request_parameters
from .responses import MAXIMUM_BYTES, response_elements
from .user_identity import user_identity

# A caller who is not known, or not proved, leaves no record in the account.
UNAUTHENTICATED = {
    "AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch",
    "InvalidSignatureException", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
    "InvalidAccessKeyId", "ExpiredToken", "ExpiredTokenException", "RequestExpired",
}
DENIALS = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
FULL_ON_DENIAL = {"ec2", "guardduty"}
NAMESPACE = uuid.UUID("8f6b8a43-6c1d-4f5c-9f0e-2d1f6f0d7a11")


def record_of(entry: Entry) -> dict[str, Any] | None:
    """The record of a call; None for one that CloudTrail would not record as a management event."""
    if not entry.service or not entry.action or entry.status in (0, 501):
        return None
    if is_data_event(entry.service, entry.action) or entry.error in UNAUTHENTICATED:
        return None
    moment = datetime.datetime.fromtimestamp(entry.t, datetime.timezone.utc)
    record: dict[str, Any] = {
        "eventVersion": "1.11",
        "userIdentity": user_identity(entry.identity, entry.invoked_by),
        "eventTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": event_source(entry.service),
        "eventName": event_name(entry.service, entry.action),
        "awsRegion": recorded_region(entry.service, entry.region or "us-east-1"),
        "sourceIPAddress": entry.invoked_by or entry.ip,
        "userAgent": (entry.invoked_by or entry.agent)[:1024],
    }
    if entry.status >= 400:
        record["errorCode"] = _error_code(entry)
        if entry.message:
            record["errorMessage"] = entry.message[:1024]
    record["requestParameters"] = _parameters(entry)
    record["responseElements"] = _elements(entry)
    for name in ("requestParameters", "responseElements"):
        if len(json.dumps(record[name], default=str)) > MAXIMUM_BYTES:
            del record[name]
    if entry.response_left_out:
        record.pop("responseElements", None)
    record.update({
        "requestID": entry.request_id or str(uuid.uuid5(NAMESPACE, f"request-{entry.t}-{entry.seq}")),
        "eventID": str(uuid.uuid5(NAMESPACE, f"{entry.t}-{entry.seq}")),
        "readOnly": is_read_only(entry.service, entry.action),
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": entry.account,
        "eventCategory": "Management",
    })
    return json.loads(json.dumps(record, default=str))


def _error_code(entry: Entry) -> str:
    code = entry.error or "InternalFailure"
    if entry.service == "ec2":
        return f"{'Server' if entry.status == 500 else 'Client'}.{code}"
    return "AccessDenied" if code in DENIALS else code


def _parameters(entry: Entry) -> Any:
    if entry.error in DENIALS and entry.service not in FULL_ON_DENIAL:
        return None
    return request_parameters(entry.service or "", entry.action or "", entry.params, entry.raw)


def _elements(entry: Entry) -> Any:
    if entry.status >= 400 or entry.response is None:
        return None
    if is_read_only(entry.service, entry.action) and not (entry.action or "").startswith("AssumeRole"):
        return None
    return response_elements(entry.service or "", entry.action or "", entry.response)
