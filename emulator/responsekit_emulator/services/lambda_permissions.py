"""Lambda: statements and URLs as AWS keeps them, per qualifier."""

import json
import re
import uuid
from typing import Any
from urllib.parse import unquote

from moto.awslambda import urls
from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import FunctionUrlConfig
from moto.awslambda.models import LambdaBackend as Backend
from moto.awslambda.responses import LambdaResponse as Response

from ..corrections import add, correction, wrap

API = "https://docs.aws.amazon.com/lambda/latest/api/"
GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
Statements = list[dict[str, Any]]


class NotFound(LambdaClientError):
    """What was asked for does not exist."""

    code = 404

    def __init__(self, text: str = "The resource you requested does not exist.") -> None:
        super().__init__("ResourceNotFoundException", text)


class Conflict(LambdaClientError):
    """It exists already."""

    code = 409

    def __init__(self, text: str) -> None:
        super().__init__("ResourceConflictException", text)


def qualified(backend: Any, name: str, qualifier: str | None) -> tuple[Any, str | None]:
    """The function and the qualifier, whichever way they were written: name, partial ARN, ARN, with or without."""
    text = unquote(name)
    match = re.fullmatch(r"(?:.*function:)?([\w-]+)(?::([\w$-]+))?", text)
    if match and match.group(2):
        qualifier = qualifier or match.group(2)
        text = text.rpartition(":")[0]
    function = backend.get_function(text)
    return function, None if qualifier in (None, "", "$LATEST") else qualifier


def store(backend: Any, what: str) -> dict[tuple[str, str | None], Any]:
    """Entries by function name and qualifier."""
    return backend.__dict__.setdefault(what, {})


# --- Statements -----------------------------------------------------------------------------------------------------
def principal_element(principal: str) -> Any:
    """The Principal element for a principal as AddPermission takes it."""
    if principal == "*":
        return "*"
    if re.fullmatch(r"\d{12}", principal):
        return {"AWS": f"arn:aws:iam::{principal}:root"}
    return {"AWS": principal} if principal.startswith("arn:") else {"Service": principal}


def statement_of(request: dict[str, Any], arn: str) -> dict[str, Any]:
    """The policy statement that a request adds."""
    condition: dict[str, dict[str, str]] = {}
    for member, operator, key in (
            ("SourceArn", "ArnLike", "AWS:SourceArn"),
            ("SourceAccount", "StringEquals", "AWS:SourceAccount"),
            ("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"),
            ("EventSourceToken", "StringEquals", "lambda:EventSourceToken"),
            ("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"),
            ("InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl")):
        if request.get(member) is not None:
            value = request[member]
            condition.setdefault(operator, {})[key] = str(value).lower() if isinstance(value, bool) else str(value)
    statement = {"Sid": request.get("StatementId") or str(uuid.uuid4()), "Effect": "Allow",
                 "Principal": principal_element(str(request.get("Principal", ""))),
                 "Action": request.get("Action"), "Resource": arn}
    return {**statement, "Condition": condition} if condition else statement


@correction(
    "lambda.permissions",
    stock="accepts a statement id twice, mixes the statements of all qualifiers, and keeps FunctionUrlAuthType outside "
          "of Condition",
    aws="refuses a second one with ResourceConflictException, keeps a policy per qualifier, and writes conditions",
    page=API + "API_AddPermission.html",
)
def permissions() -> None:
    """A public statement may sit on an alias; a look at the function alone misses it."""

    @add(Backend)
    def add_permission(self: Any, function_name: str, qualifier: str | None, raw: str) -> dict[str, Any]:
        function, qualifier = qualified(self, function_name, qualifier)
        kept: Statements = store(self, "rk_statements").setdefault((function.function_name, qualifier), [])
        arn = _unqualified(function.function_arn) + (f":{qualifier}" if qualifier else "")
        statement = statement_of(json.loads(raw), arn)
        if any(other["Sid"] == statement["Sid"] for other in kept):
            raise Conflict(f"The statement id ({statement['Sid']}) provided already exists. Please provide a new "
                           "statement id, or remove the existing statement.")
        kept.append(statement)
        return statement

    @add(Backend)
    def get_policy(self: Any, function_name: str, qualifier: str | None = None) -> str:
        function, qualifier = qualified(self, function_name, qualifier)
        kept: Statements = store(self, "rk_statements").get((function.function_name, qualifier), [])
        if not kept:
            raise NotFound()
        policy = {"Version": "2012-10-17", "Id": "default", "Statement": kept}
        revision = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(kept))
        return json.dumps({"Policy": json.dumps(policy), "RevisionId": str(revision)})

    @add(Response)
    def remove_permission(self: Any) -> Any:
        name, sid = unquote(self.path.split("/")[-3]), unquote(self.path.split("/")[-1])
        function, qualifier = qualified(self.backend, name, self.querystring.get("Qualifier", [None])[0])
        kept: Statements = store(self.backend, "rk_statements").get((function.function_name, qualifier), [])
        if not any(statement["Sid"] == sid for statement in kept):
            raise NotFound(f"Statement {sid} is not found in resource policy.")
        kept[:] = [statement for statement in kept if statement["Sid"] != sid]
        return 204, {"status": 204}, ""

    _forget_with_function("rk_statements")


def _unqualified(arn: str) -> str:
    return ":".join(arn.split(":")[:7])


def _forget_with_function(what: str) -> None:
    @wrap(Backend)
    def delete_function(original: Any, self: Any, function_name: str, qualifier: str | None = None) -> None:
        function, _ = qualified(self, function_name, None)
        original(self, function_name, qualifier)
        for place in list(store(self, what)):
            if place[0] == function.function_name and qualifier in (None, place[1]):
                del store(self, what)[place]


# --- URLs -----------------------------------------------------------------------------------------------------------
@correction(
    "lambda.urls",
    stock="keeps one URL per function, deletes it twice, and lacks ListFunctionUrlConfigs",
    aws="keeps one per qualifier, answers 404 when there is none, and lists them",
    page=GUIDE + "urls-configuration.html",
)
def function_urls() -> None:
    """Deleting the URL leaves the statements, and the other way round."""
    _change_urls()
    _show_urls()
    urls.url_paths[r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/urls/?$"] = Response.dispatch
    _forget_with_function("rk_urls")


Place = tuple[str, str | None]


def _addressed(response: Any) -> tuple[Any, Place]:
    """The function that a request for a URL names, and where its URL is kept."""
    name = response.path.rstrip("/").split("/")[-2]
    function, qualifier = qualified(response.backend, name, response.querystring.get("Qualifier", [None])[0])
    return function, (function.function_name, qualifier)


def _existing(response: Any) -> tuple[Any, Place]:
    """The URL that a request names."""
    _, place = _addressed(response)
    if place not in store(response.backend, "rk_urls"):
        raise NotFound()
    return store(response.backend, "rk_urls")[place], place


def _shown(url: Any, qualifier: str | None) -> dict[str, Any]:
    """A URL as the API shows it."""
    answer = {key: value for key, value in url.to_dict().items() if value is not None}
    answer["FunctionArn"] = _unqualified(answer["FunctionArn"]) + (f":{qualifier}" if qualifier else "")
    return {**answer, "InvokeMode": (url.config.get("InvokeMode") or "BUFFERED").upper(),
            "FunctionUrl": url.url.rstrip("/") + "/"}


def _change_urls() -> None:
    @add(Response)
    def create_function_url_config(self: Any) -> Any:
        function, place = _addressed(self)
        if place in store(self.backend, "rk_urls"):
            raise Conflict(f"Failed to create function url config for [functionArn = {function.function_arn}]. "
                           "Error message:  FunctionUrlConfig exists for this Lambda function")
        store(self.backend, "rk_urls")[place] = url = FunctionUrlConfig(function, json.loads(self.body))
        return 201, {"status": 201}, json.dumps(_shown(url, place[1]))

    @add(Response)
    def update_function_url_config(self: Any) -> Any:
        url, place = _existing(self)
        url.update(json.loads(self.body))
        return 200, {}, json.dumps(_shown(url, place[1]))

    @add(Response)
    def delete_function_url_config(self: Any) -> Any:
        del store(self.backend, "rk_urls")[_existing(self)[1]]
        return 204, {"status": 204}, ""


def _show_urls() -> None:
    @add(Response)
    def get_function_url_config(self: Any) -> Any:
        url, place = _existing(self)
        return 200, {}, json.dumps(_shown(url, place[1]))

    @add(Response)
    def list_function_url_configs(self: Any) -> Any:
        _, (name, _) = _addressed(self)
        found = [_shown(url, place[1]) for place, url in store(self.backend, "rk_urls").items() if place[0] == name]
        return 200, {}, json.dumps({"FunctionUrlConfigs": found})


@correction(
    "lambda.paging",
    stock="lists every function in one page",
    aws="pages: 50 functions unless MaxItems asks for fewer",
    page=API + "API_ListFunctions.html",
)
def paging() -> None:
    """An attacker's function may be on the second page."""

    @wrap(Response)
    def list_functions(original: Any, self: Any) -> Any:
        return _page(self, original(self), "Functions")

    @wrap(Response)
    def list_versions_by_function(original: Any, self: Any) -> Any:
        return _page(self, original(self), "Versions")


def _page(response: Any, body: str, key: str) -> str:
    entries = json.loads(body)[key]
    ask = response.querystring
    start, size = int(ask.get("Marker", ["0"])[0] or 0), min(int(ask.get("MaxItems", ["50"])[0]), 50)
    answer = {key: entries[start:start + size]}
    if start + size < len(entries):
        answer["NextMarker"] = str(start + size)
    return json.dumps(answer)
