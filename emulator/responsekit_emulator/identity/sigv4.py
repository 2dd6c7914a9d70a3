"""Checks AWS Signature Version 4.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
import re
from urllib.parse import quote, unquote, unquote_plus

from ..calls import Call

SAFE = "-_.~"
FIELDS = re.compile(r"(Credential|SignedHeaders|Signature)=([^,\s]+)")


def signature_holds(call: Call, secret: str) -> bool:
    """True if the request was signed with `secret`."""
    if "X-Amz-Signature=" in call.query:
        return True  # presigned addresses: the key is checked, the signature is not
    fields = dict(FIELDS.findall(call.headers.get("Authorization", "")))
    try:
        _, day, region, service, _ = fields["Credential"].split("/")
        signed = fields["SignedHeaders"].split(";")
        given = fields["Signature"]
    except (KeyError, ValueError):
        return False
    payload = call.headers.get("X-Amz-Content-Sha256") or hashlib.sha256(call.signed_body).hexdigest()
    lines = [call.method, _path(call.path, service), _query(call.query)]
    lines += [f"{name}:{' '.join(_header(call, name).split())}" for name in signed]
    lines += ["", ";".join(signed), payload]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    date = call.headers.get("X-Amz-Date", "")
    text = "\n".join(["AWS4-HMAC-SHA256", date, f"{day}/{region}/{service}/aws4_request", digest])
    key = ("AWS4" + secret).encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.compare_digest(hmac.new(key, text.encode(), hashlib.sha256).hexdigest(), given)


def _header(call: Call, name: str) -> str:
    if name == "content-encoding":
        return call.headers.get("Content-Encoding") or call.headers.get("X-Rk-Content-Encoding", "")
    if name == "content-length":
        return str(len(call.signed_body))
    return ",".join(call.headers.getlist(name))


def _path(path: str, service: str) -> str:
    if service == "s3":
        return quote(unquote(path), safe="/" + SAFE)
    return "/".join(quote(part, safe=SAFE) for part in path.split("/"))


def _query(query: str) -> str:
    pairs = [part.partition("=") for part in query.split("&") if part]
    encoded = sorted((_canonical(name), _canonical(value)) for name, _, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded)


def _canonical(text: str) -> str:
    return quote(unquote_plus(text), safe=SAFE)
