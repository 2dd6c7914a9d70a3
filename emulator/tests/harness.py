"""Emulators for tests: forked from this process, which has imported moto once, so that each is up in an instant."""

import atexit
import functools
import json
import os
import random
import signal
import sys
import unittest
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from responsekit_emulator.__main__ import prepare_environment

prepare_environment(0)

import boto3  # noqa: E402 - moto reads the environment when it is imported
from botocore.config import Config  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402
from responsekit_emulator import application, services  # noqa: E402
from responsekit_emulator.http_server import Server  # noqa: E402

services.load()
REGION = "us-east-1"
ALLOW_ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
DENY_ALL = {"Effect": "Deny", "Action": "*", "Resource": "*"}


def policy(*statements: dict[str, Any]) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


class Emulator:
    """An emulator in a process of its own."""

    def __init__(self, off: list[str] | None = None) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self._serve(off or [], writing)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            port = pipe.readline().strip()
        if not port:
            raise RuntimeError("the emulator did not start")
        self.url = f"http://127.0.0.1:{port}"
        atexit.register(self.stop)

    @staticmethod
    def _serve(off: list[str], writing: int) -> None:
        try:
            server = Server(("127.0.0.1", 0), application.build(off), True)
            port = server.server_address[1]
            os.environ["MOTO_PORT"] = str(port)
            signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
            if not os.environ.get("RK_TEST_LOG"):
                sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for the life of the process
            os.write(writing, f"{port}\n".encode())
            os.close(writing)
            server.serve_forever()
        finally:
            os._exit(1)

    def stop(self) -> None:
        """Ends the process."""
        if self.pid:
            os.kill(self.pid, signal.SIGTERM)
            os.waitpid(self.pid, 0)
            self.pid = 0

    def control(self, method: str, path: str, data: Any = None) -> Any:
        """One call of the control interface."""
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, data=body, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())


class Account:
    """One account of an emulator, and clients in it."""

    def __init__(self, emulator: Emulator, number: str | None = None) -> None:
        self.emulator = emulator
        self.number = number or f"{random.randrange(10**11, 10**12)}"
        self.root = {"AccessKeyId": f"AKIAROOT{self.number}", "SecretAccessKey": "any"}

    def client(self, service: str, key: dict[str, Any] | None = None, region: str = REGION) -> Any:
        """A client with the given credentials, or the administrator's; it does not retry."""
        return _client(self.emulator.url, service, region, *_credentials(key or self.root))

    def control(self, method: str, path: str, **data: Any) -> Any:
        """A control call about this account."""
        if method == "GET":
            mark = "&" if "?" in path else "?"
            return self.emulator.control(method, f"{path}{mark}account={self.number}")
        return self.emulator.control(method, path, {**data, "account": self.number})

    def enforce(self) -> None:
        """Switches IAM enforcement on for this account."""
        self.control("POST", "/rk/auth", enabled=True)

    def user(self, name: str = "bob", *statements: dict[str, Any], path: str = "/") -> dict[str, Any]:
        """Makes a user who may do anything, or what `statements` say; returns an access key."""
        iam = self.client("iam")
        iam.create_user(UserName=name, Path=path)
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(*(statements or (ALLOW_ALL,))))
        return iam.create_access_key(UserName=name)["AccessKey"]

    def role(self, name: str = "role", *statements: dict[str, Any], trust: Any = None, path: str = "/") -> str:
        """Makes a role that its account trusts, who may do anything or what `statements` say; returns its ARN."""
        iam = self.client("iam")
        principal = {"AWS": f"arn:aws:iam::{self.number}:root"} if trust is None else trust
        document = policy({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})
        arn = iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=document)["Role"]["Arn"]
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=policy(*(statements or (ALLOW_ALL,))))
        return arn

    def assume(self, key: dict[str, Any] | None, arn: str, **more: Any) -> dict[str, Any]:
        """Credentials of a role session."""
        sts = self.client("sts", key)
        return sts.assume_role(RoleArn=arn, RoleSessionName=more.pop("name", "session"), **more)["Credentials"]

    def subnet(self) -> str:
        """A subnet of the default VPC."""
        return self.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]


def _credentials(key: dict[str, Any]) -> tuple[str, str, str | None]:
    return key["AccessKeyId"], key["SecretAccessKey"], key.get("SessionToken")


@functools.lru_cache(maxsize=500)
def _client(url: str, service: str, region: str, key: str, secret: str, token: str | None) -> Any:
    config = Config(retries={"max_attempts": 0}, read_timeout=60)
    return boto3.client(service, region_name=region, endpoint_url=url, aws_access_key_id=key,
                        aws_secret_access_key=secret, aws_session_token=token, config=config)


def code_of(call: Callable[[], Any]) -> str:
    """The error code of a call, or OK."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "OK"


def covers(*names: str) -> Callable[[Any], Any]:
    """Says that a test fails without the named corrections."""

    def mark(test: Any) -> Any:
        test.covers = names
        return test

    return mark


@functools.cache
def corrected() -> Emulator:
    """The emulator with every correction; one for all tests."""
    return Emulator()


class EmulatorTest(unittest.TestCase):
    """A test in an account of its own."""

    emulator: Emulator | None = None

    def setUp(self) -> None:
        self.aws = Account(self.emulator or corrected())

    def assertCode(self, code: str, call: Callable[[], Any]) -> None:  # noqa: N802 - as unittest names its own
        """Asserts that a call ends with an error code, or OK."""
        self.assertEqual(code, code_of(call))
