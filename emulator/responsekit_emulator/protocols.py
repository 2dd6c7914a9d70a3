"""Error answers in each AWS wire protocol, shaped so that the SDKs raise their typed exceptions."""

import json
import uuid
from enum import Enum
from xml.sax.saxutils import escape


class Protocol(Enum):
    """The wire protocols that matter here; both JSON flavours answer errors alike."""

    JSON = "json"
    QUERY = "query"
    EC2 = "ec2"
    S3 = "s3"


class Answer:
    """A finished HTTP answer that did not come from moto."""

    def __init__(self, status: int, body: bytes, content_type: str, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.body = body
        self.headers = {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            "x-amzn-RequestId": str(uuid.uuid4()),
            **(headers or {}),
        }


def json_answer(value: object, status: int = 200) -> Answer:
    """A plain JSON answer, as the control interface gives."""
    return Answer(status, json.dumps(value, default=str).encode(), "application/json")


def empty_answer(protocol: Protocol, action: str) -> Answer:
    """A success of `action` that says nothing at all."""
    if protocol is Protocol.JSON:
        return Answer(200, b"{}", "application/x-amz-json-1.1")
    result = f"<{action}Result/>" if protocol is Protocol.QUERY else ""
    return Answer(200, f"<{action}Response>{result}</{action}Response>".encode(), "text/xml")


def error_answer(protocol: Protocol, status: int, code: str, message: str) -> Answer:
    """An AWS error with `code`, as `protocol` spells it."""
    request_id = str(uuid.uuid4())
    if protocol is Protocol.JSON:
        body = json.dumps({"__type": code, "Type": "User", "message": message, "Message": message})
        return Answer(status, body.encode(), "application/x-amz-json-1.1", {"x-amzn-ErrorType": code})
    code, message = escape(code), escape(message)
    if protocol is Protocol.EC2:
        body = (
            f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
            f"<RequestID>{request_id}</RequestID></Response>"
        )
    elif protocol is Protocol.S3:
        body = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{request_id}</RequestId></Error>"
    else:
        body = (
            f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
            f"<RequestId>{request_id}</RequestId></ErrorResponse>"
        )
    document = '<?xml version="1.0" encoding="UTF-8"?>\n' + body
    return Answer(status, document.encode(), "text/xml")
