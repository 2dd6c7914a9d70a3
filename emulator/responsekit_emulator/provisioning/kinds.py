"""The table of resource types, and what a module of this package needs to make one."""

import functools
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from moto.cloudformation.utils import random_suffix
from moto.settings import moto_server_port

from ..identity.sessions import ROLE, open_session
from ..services.sts import ROLE_ARN, role_session_fields
from ..state import STATE

SERVICE = "cloudformation.amazonaws.com"
SESSION_SECONDS = 3600
Properties = dict[str, Any]


@dataclass
class Made:
    """A resource that was made: what Ref and Fn::GetAtt give for it, and the properties that it was made from."""

    id: str
    attributes: dict[str, Any] = field(default_factory=dict)
    properties: Properties = field(default_factory=dict)


class Cloud:
    """The account and region that a stack is in, with clients that act for CloudFormation."""

    def __init__(self, account: str, region: str, role: str | None = None) -> None:
        self.account, self.region, self.role = account, region, role

    def client(self, service: str) -> Any:
        """A client with a session of the stack's role, or without one with the account's own rights."""
        generation = int(time.time() / (SESSION_SECONDS / 2)) if self.role else 0
        return _client(moto_server_port(), self.account, self.region, self.role, service, generation)

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a regional resource."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


@functools.lru_cache(maxsize=500)
def _client(port: str, account: str, region: str, role: str | None, service: str, generation: int) -> Any:
    key, secret, token = f"AKIAROOT{account}", "cloudformation", None
    if role and ROLE_ARN.fullmatch(role):
        partition, owner, _ = ROLE_ARN.fullmatch(role).groups()
        session = open_session(ROLE, owner, partition, SESSION_SECONDS, **role_session_fields(role, "AWSCloudFormation"))
        key, secret, token = session.key, session.secret, session.token
        STATE.sources[key] = {"ip": SERVICE, "agent": SERVICE, "invokedBy": SERVICE}
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
    return boto3.client(service, region_name=region, endpoint_url=f"http://127.0.0.1:{port}", config=config,
                        aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)


def forget_clients() -> None:
    """Their sessions end with a reset."""
    _client.cache_clear()


STATE.on_reset.append(forget_clients)


@dataclass
class Kind:
    """A resource type: which property names it, and how it is made, changed and deleted."""

    type: str
    name_property: str
    longest_name: int
    make: Callable[[Cloud, str, Properties], Made]
    change: Callable[[Cloud, Made, Properties], Made] | None = None
    unmake: Callable[[Cloud, Made, Properties], None] | None = None

    def name(self, properties: Properties, stack: str, logical_id: str) -> str:
        """The name given, or one as CloudFormation makes it up."""
        if self.name_property and properties.get(self.name_property):
            return str(properties[self.name_property])
        suffix = random_suffix()
        made_up = f"{stack}-{logical_id}"[: self.longest_name - len(suffix) - 1] + f"-{suffix}"
        return made_up.lower() if self.type == "AWS::S3::Bucket" else made_up

    def changing(self, function: Callable[[Cloud, Made, Properties], Made]) -> Callable[..., Any]:
        """Enters how it is changed. Without it, making it again is how."""
        self.change = function
        return function

    def unmaking(self, function: Callable[[Cloud, Made, Properties], None]) -> Callable[..., Any]:
        """Enters how it is deleted. Without it, it goes with what it belongs to."""
        self.unmake = function
        return function


KINDS: dict[str, Kind] = {}


def kind(type_name: str, name_property: str = "", longest_name: int = 64) -> Callable[..., Kind]:
    """Enters the decorated function, which makes a resource, in the table."""

    def enter(make: Callable[[Cloud, str, Properties], Made]) -> Kind:
        KINDS[type_name] = Kind(type_name, name_property, longest_name, make)
        return KINDS[type_name]

    return enter


def some(properties: Properties, *names: str, **renamed: str) -> Properties:
    """Those of the properties that are there; `new=old` under another name."""
    found = {name: properties[name] for name in names if properties.get(name) is not None}
    found.update({new: properties[old] for new, old in renamed.items() if properties.get(old) is not None})
    return found


def text(document: Any) -> str:
    """A document as APIs want it: JSON text."""
    return document if isinstance(document, str) else json.dumps(document)


def words(value: Any) -> str:
    """A property as an attribute of SNS or SQS: text."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value)
