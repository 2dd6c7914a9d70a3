"""Reads an HTTP request as an AWS call: who calls which operation of which service where, with which parameters."""

import functools
import gzip
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.responses import BaseResponse
from moto.core.utils import get_service_model
from werkzeug.datastructures import Headers, MultiDict

from .corrections import is_on
from .protocols import Protocol

CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/(\d+)/([^/]+)/([^/]+)/aws4_request")

# The signing name is what a request carries; botocore files the service model under another name.
MODEL_NAMES = {
    "monitoring": "cloudwatch",
    "elasticloadbalancing": "elbv2",
    "email": "sesv2",
    "servicequotas": "service-quotas",
    "states": "stepfunctions",
    "tagging": "resourcegroupstaggingapi",
    "elasticfilesystem": "efs",
    "sso": "sso-admin",
    "eventbridge": "events",
}
REGION_OF_GLOBAL = "us-east-1"


@dataclass
class Call:
    """One request, before anything has been done with it."""

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    signed_body: bytes
    remote: str
    key: str | None = None
    region: str | None = None
    service: str | None = None
    action: str | None = None
    protocol: Protocol = Protocol.JSON
    flat: dict[str, Any] = field(default_factory=dict)
    path_parameters: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str | None:
        """The session token that comes with temporary credentials."""
        return self.headers.get("X-Amz-Security-Token")

    @property
    def user_agent(self) -> str:
        """The caller's user agent, whole."""
        return self.headers.get("User-Agent", "")

    @functools.cached_property
    def operation(self) -> OperationModel | None:
        """The operation's model, or None where botocore knows no such operation."""
        if not self.service or not self.action:
            return None
        try:
            return get_service_model(model_name(self.service)).operation_model(self.action)
        except Exception:  # botocore raises several unrelated types for an unknown service or operation
            return None

    @functools.cached_property
    def parameters(self) -> dict[str, Any]:
        """The parameters by the names and types of the service model; the raw ones where that fails."""
        if self.operation is None:
            return self.flat
        try:
            return self._parse()
        except Exception:  # hostile input must not keep the request from reaching moto, which answers for it
            return self.flat

    def _parse(self) -> dict[str, Any]:
        name = str(self.operation.service_model.metadata.get("protocol"))
        if self.protocol in (Protocol.QUERY, Protocol.EC2):
            name = self.protocol.value
        elif name in ("query", "ec2"):
            name = "json"
        values = MultiDict(self.flat if self.protocol in (Protocol.QUERY, Protocol.EC2) else parse_qsl(self.query))
        parser = PROTOCOL_PARSERS[name](self.operation)
        return parser.parse(
            {
                "method": self.method,
                "values": values,
                "headers": self.headers,
                "body": self.body,
                "url_path": self.path,
                "url_params": self.path_parameters,
            }
        )


def model_name(service: str) -> str:
    """The name under which botocore files the model of a service, from its signing name."""
    return MODEL_NAMES.get(service, service)


@dataclass(frozen=True)
class Route:
    """A REST operation and what a request must have to be one."""

    operation: str
    method: str
    path: re.Pattern[str]
    query: tuple[tuple[str, str], ...]
    required: frozenset[str]
    headers: frozenset[str]
    weight: tuple[int, int, int]

    def fits(self, method: str, path: str, arguments: dict[str, str], headers: Headers) -> re.Match[str] | None:
        """The match of the path, if all the rest is there too."""
        if method != self.method or any(arguments.get(name) != value for name, value in self.query):
            return None
        if not self.required <= arguments.keys() or any(name not in headers for name in self.headers):
            return None
        return self.path.match(path)


def route_of(operation: OperationModel) -> Route:
    """The route of an operation, from its model."""
    path, _, query = operation.http["requestUri"].partition("?")
    path = path.rstrip("/") or "/"
    fixed = tuple(pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "x-id")
    required: dict[str, set[str]] = {"querystring": set(), "header": set()}
    shape = operation.input_shape
    for member in shape.required_members if shape is not None else ():
        place = shape.members[member].serialization
        if place.get("location") in required:
            required[place["location"]].add(place["name"])
    demands = len(fixed) + len(required["querystring"]) + len(required["header"])
    return Route(operation.name, operation.http["method"], re.compile(BaseResponse.uri_to_regexp(path)), fixed,
                 frozenset(required["querystring"]), frozenset(required["header"]),
                 (-len(path), -demands, len(operation.name)))


@functools.cache
def rest_routes(service: str) -> list[Route]:
    """The routes of a service, those that demand most of a request first."""
    model = get_service_model(model_name(service))
    return sorted((route_of(model.operation_model(name)) for name in model.operation_names),
                  key=lambda route: route.weight)


def rest_operation(service: str, method: str, path: str, arguments: dict[str, str],
                   headers: Headers) -> tuple[str | None, dict[str, str]]:
    """The REST operation that a request addresses, and the parameters within its path."""
    try:
        routes = rest_routes(service)
    except Exception:  # an unknown service has no model
        return None, {}
    path = path.rstrip("/") or "/"
    for route in routes:
        match = route.fits(method, path, arguments, headers)
        if match:
            return route.operation, {key: unquote(value) for key, value in match.groupdict().items()}
    return None, {}


def read(method: str, raw_uri: str, headers: Headers, body: bytes, remote: str) -> Call:
    """Reads the call out of a request. Never fails: what cannot be understood stays None."""
    path, _, query = raw_uri.partition("?")
    call = Call(method, path or "/", query, headers, body, body, remote)
    if headers.get("Content-Encoding") == "gzip" and is_on("core.compressed-requests"):
        # moto 5.2.1 unpacks twice and fails; unpack here, once, and keep the signed bytes for the signature.
        try:
            call.body = gzip.decompress(body)
            del headers["Content-Encoding"]
            headers["X-Rk-Content-Encoding"] = "gzip"
        except OSError:
            pass
    scope = CREDENTIAL.search(headers.get("Authorization", "")) or CREDENTIAL.search(
        unquote(query).replace("X-Amz-Credential", "Credential")
    )
    if scope:
        call.key, _, call.region, call.service = scope.groups()
    _read_operation(call)
    return call


def _read_operation(call: Call) -> None:
    target = call.headers.get("X-Amz-Target")
    arguments = dict(parse_qsl(call.query, keep_blank_values=True))
    form = call.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
    if target:
        call.action = target.rpartition(".")[2]
        call.flat = _json_object(call.body)
    elif form and b"Action=" in call.body:
        _read_query(call, dict(parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)))
    elif "Action" in arguments:
        _read_query(call, arguments)
    elif call.service == "s3":
        call.protocol = Protocol.S3
        found = rest_operation("s3", call.method, unquote(call.path), arguments, call.headers)
        call.action, call.path_parameters = found[0] or f"{call.method} {call.path}", found[1]
        call.flat = arguments
    elif call.service:
        found = rest_operation(call.service, call.method, call.path, arguments, call.headers)
        call.action, call.path_parameters = found
        call.flat = {**call.path_parameters, **arguments, **_json_object(call.body)}


def _read_query(call: Call, arguments: dict[str, str]) -> None:
    call.action = arguments.pop("Action", None)
    arguments.pop("Version", None)
    call.flat = arguments
    if call.service is None and (call.action or "").startswith("AssumeRoleWith"):
        call.service, call.region = "sts", REGION_OF_GLOBAL  # these two calls are not signed
    call.protocol = Protocol.EC2 if call.service == "ec2" else Protocol.QUERY


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
