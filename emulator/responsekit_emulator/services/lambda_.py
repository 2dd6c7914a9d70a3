"""Lambda: functions run in a process of ours, concurrency zero stops them, permissions are kept as in AWS."""

from typing import Any

from moto.awslambda.models import LambdaBackend as Backend
from moto.awslambda.responses import LambdaResponse as Response

from ..corrections import add, correction, wrap
from ..functions import FunctionName, call_function
from .errors import AwsError
from .lambda_async import call_later

API = "https://docs.aws.amazon.com/lambda/latest/api/"
GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"


class LambdaError(AwsError):
    """A Lambda error with its HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code_status = status


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
            call_later(FunctionName.of(function.function_arn), payload)
            return b""
        answer, error = call_function(FunctionName.of(function.function_arn), payload)
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
