"""Lambda: provisioned concurrency."""

import json
from typing import Any

from moto.awslambda import urls
from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.responses import LambdaResponse as Response

from ..corrections import add, correction, wrap
from .lambda_permissions import NotFound, _forget_with_function, qualified, store

API = "https://docs.aws.amazon.com/lambda/latest/api/"
KEPT = "rk_provisioned"


class InvalidParameter(LambdaClientError):
    """A value that cannot be."""

    def __init__(self, text: str) -> None:
        super().__init__("InvalidParameterValueException", text)


@correction(
    "lambda.provisioned-concurrency",
    stock="lacks provisioned concurrency",
    aws="keeps it per alias and version, and refuses a reserved concurrency below the sum of it",
    page=API + "API_PutProvisionedConcurrencyConfig.html",
)
def provisioned_concurrency() -> None:
    """It is there at once here, whereas AWS takes minutes to make it ready."""
    urls.url_paths[r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/provisioned-concurrency/?$"] = Response.dispatch
    _change()
    _read()
    _reserve()
    _forget_with_function(KEPT)


def _addressed(response: Any) -> tuple[Any, str | None]:
    """The function that a request names, and the qualifier."""
    name = response.path.rstrip("/").split("/")[-2]
    return qualified(response.backend, name, response.querystring.get("Qualifier", [None])[0])


def _shown(count: int) -> dict[str, Any]:
    return {"RequestedProvisionedConcurrentExecutions": count, "AvailableProvisionedConcurrentExecutions": count,
            "AllocatedProvisionedConcurrentExecutions": count, "Status": "READY", "LastModified": "2025-11-02T00:00:00+0000"}


def _change() -> None:
    @add(Response)
    def put_provisioned_concurrency_config(self: Any) -> Any:
        function, qualifier = _addressed(self)
        if qualifier is None:
            raise InvalidParameter("Provisioned Concurrency Configs cannot be applied to unpublished function versions.")
        count = int(json.loads(self.body)["ProvisionedConcurrentExecutions"])
        reserved = getattr(function, "reserved_concurrency", None)
        kept = store(self.backend, KEPT)
        others = sum(each for place, each in kept.items() if place[0] == function.function_name and place[1] != qualifier)
        if reserved is not None and others + count > int(reserved):
            raise InvalidParameter(f"Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function {function.function_name}")
        kept[function.function_name, qualifier] = count
        return 202, {"status": 202}, json.dumps(_shown(count))

    @add(Response)
    def delete_provisioned_concurrency_config(self: Any) -> Any:
        function, qualifier = _addressed(self)
        store(self.backend, KEPT).pop((function.function_name, qualifier), None)
        return 204, {"status": 204}, ""


def _read() -> None:
    @add(Response)
    def get_provisioned_concurrency_config(self: Any) -> Any:
        function, qualifier = _addressed(self)
        if self.querystring.get("List"):
            found = [{"FunctionArn": f"{function.function_arn}:{place[1]}", **_shown(count)}
                     for place, count in store(self.backend, KEPT).items() if place[0] == function.function_name]
            return 200, {}, json.dumps({"ProvisionedConcurrencyConfigs": found})
        count = store(self.backend, KEPT).get((function.function_name, qualifier))
        if count is None:
            raise NotFound("No Provisioned Concurrency Config found for this function")
        return 200, {}, json.dumps(_shown(count))

    # The list is asked for at the same place (Lambda API Reference, ListProvisionedConcurrencyConfigs).
    Response.list_provisioned_concurrency_configs = Response.get_provisioned_concurrency_config


def _reserve() -> None:
    @wrap(Response)
    def put_function_concurrency(original: Any, self: Any) -> Any:
        function, _ = _addressed(self)
        wanted = json.loads(self.body).get("ReservedConcurrentExecutions")
        provisioned = sum(count for place, count in store(self.backend, KEPT).items() if place[0] == function.function_name)
        if wanted is not None and int(wanted) < provisioned:
            raise InvalidParameter("ReservedConcurrentExecutions  should not be lower than function's total provisioned concurrency [" + str(provisioned) + "]")
        return original(self)
