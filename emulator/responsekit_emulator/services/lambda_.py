"""Lambda: functions run in a process of ours, concurrency zero stops them, permissions are kept as in AWS."""

import threading
import urllib.error
import urllib.request
from typing import Any

from moto.awslambda.models import LambdaBackend as Backend
from moto.awslambda.responses import LambdaResponse as Response

from ..corrections import add, correction, wrap
from ..state import STATE
from .errors import AwsError

API = "https://docs.aws.amazon.com/lambda/latest/api/"
GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
INVOCATION_SECONDS = 900


class LambdaError(AwsError):
    """A Lambda error with its HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code_status = status


def call_function(name: str, payload: bytes) -> tuple[bytes, str | None]:
    """Runs the function at the address given with POST /rk/lambda; returns its answer and its error, if any."""
    address = STATE.functions.get(name) or STATE.functions.get("*")
    if not address:
        return b'{"errorMessage":"no address is registered for this function","errorType":"Emulator"}', "Unhandled"
    request = urllib.request.Request(address.replace("{name}", name), data=payload or b"{}", method="POST",
                                     headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=INVOCATION_SECONDS) as answer:
            return answer.read(), answer.headers.get("X-Amz-Function-Error")
    except urllib.error.HTTPError as error:
        return error.read(), "Unhandled"
    except OSError as error:
        return f'{{"errorMessage":"{error}","errorType":"Emulator"}}'.encode(), "Unhandled"


@correction(
    "lambda.invoke",
    stock="needs Docker to run a function, and runs it whatever its reserved concurrency",
    aws="runs the function, and answers TooManyRequestsException when its reserved concurrency is zero",
    page=API + "API_Invoke.html",
)
def invoke() -> None:
    """Concurrency zero is the first, reversible step against an attacker's function."""

    @add(Backend, "invoke")
    def run(self: Any, function_name: str, qualifier: str, body: Any, headers: Any, response_headers: Any) -> bytes:
        function = self.get_function(function_name, qualifier)
        if str(getattr(function, "reserved_concurrency", None)) == "0":
            raise AwsError("TooManyRequestsException", "Rate Exceeded.")
        kind = {name.lower(): value for name, value in dict(headers).items()}.get("x-amz-invocation-type")
        payload = body.encode() if isinstance(body, str) else body
        if kind == "DryRun":
            return b""
        if kind == "Event":
            threading.Thread(target=call_function, args=(function.function_name, payload), daemon=True).start()
            return b""
        answer, error = call_function(function.function_name, payload)
        if error:
            response_headers["x-amz-function-error"] = error
        response_headers["Content-Length"] = str(len(answer))
        return answer


@correction(
    "lambda.any-payload",
    stock="fails when a payload is not a JSON object",
    aws="takes any JSON as payload",
    page=API + "API_Invoke.html",
)
def any_payload() -> None:
    """moto looks for parameters inside the payload."""

    @wrap(Response)
    def _get_param(original: Any, self: Any, name: str, if_none: Any = None) -> Any:
        try:
            return original(self, name, if_none)
        except TypeError:
            return if_none
