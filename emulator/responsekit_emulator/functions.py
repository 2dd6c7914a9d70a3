"""The Lambda bridge: where functions run is told with POST /rk/lambda, and there they are called."""

import urllib.error
import urllib.request
from typing import Any, NamedTuple

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import lambda_backends

from .state import STATE

INVOCATION_SECONDS = 900


class FunctionName(NamedTuple):
    """A function, by account, region and name."""

    account: str
    region: str
    name: str

    @staticmethod
    def of(arn: str) -> "FunctionName":
        """The function of an ARN, without version or alias."""
        parts = arn.split(":")
        return FunctionName(parts[4], parts[3], parts[6])

    @property
    def arn(self) -> str:
        """Its ARN."""
        return f"arn:aws:lambda:{self.region}:{self.account}:function:{self.name}"

    @property
    def deployed(self) -> Any:
        """The function in moto; None if there is none."""
        try:
            return lambda_backends[self.account][self.region].get_function(self.name)
        except LambdaClientError:
            return None

    @property
    def address(self) -> str | None:
        """Where it runs: under its ARN, its name, its account, or with all others."""
        known = STATE.functions
        address = known.get(self.arn) or known.get(self.name) or known.get(self.account) or known.get("*")
        return address and (address.replace("{name}", self.name).replace("{region}", self.region)
                            .replace("{account}", self.account))


def settings_of(function: Any) -> dict[str, Any]:
    """What is set of a deployed function."""
    reserved = function.reserved_concurrency
    return {
        "arn": FunctionName.of(function.function_arn).arn, "name": function.function_name, "runtime": function.run_time,
        "handler": function.handler, "timeout": int(function.timeout), "memory": int(function.memory_size),
        "environment": dict(function.environment_vars or {}), "role": function.role,
        "reserved_concurrency": None if reserved is None else int(reserved), "code_sha256": function.code_sha_256,
    }


def call_function(function: FunctionName, payload: bytes) -> tuple[bytes, str | None]:
    """Runs the function once; returns its answer and its error, if any."""
    address = function.address
    if not address:
        return b'{"errorMessage":"no address is registered for this function","errorType":"Emulator"}', "Unhandled"
    request = urllib.request.Request(address, data=payload or b"{}", method="POST",
                                     headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=INVOCATION_SECONDS) as answer:
            return answer.read(), answer.headers.get("X-Amz-Function-Error")
    except urllib.error.HTTPError as error:
        return error.read(), "Unhandled"
    except OSError as error:
        return f'{{"errorMessage":"{error}","errorType":"Emulator"}}'.encode(), "Unhandled"
