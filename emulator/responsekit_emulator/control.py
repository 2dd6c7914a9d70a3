"""The control interface under /rk/: JSON, unauthenticated, reachable from this machine only."""

import base64
import json
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import moto
from moto.moto_api._internal.models import moto_api_backend

from . import __version__
from .functions import FunctionName, settings_of
from .identity.propagation import PROPAGATION
from .identity.service_access import service_may
from .identity.sessions import ROLE, open_session
from .limits import rates
from .limits.distance import DEFAULT_JITTER, DEFAULT_MS
from .protocols import Answer, json_answer
from .state import STATE
from .services.sts import ROLE_ARN, role_session_fields
from .trail.records import record_of

ROUTES: dict[tuple[str, str], Callable[[dict[str, str], Any], Any]] = {}
JOURNAL_FILTERS = ("account", "service", "action", "key", "region", "status", "error", "principal")


class BadRequest(Exception):
    """The request's body or query cannot be used; the text says why."""


def route(method: str, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enters a function of (query, body) in the table of routes."""

    def enter(function: Callable[..., Any]) -> Callable[..., Any]:
        ROUTES[method, path] = function
        return function

    return enter


def answer(method: str, path: str, query: str, body: bytes) -> Answer:
    """Answers one control request."""
    function = ROUTES.get((method, path))
    if function is None:
        known = sorted(f"{verb} {where}" for verb, where in ROUTES)
        return json_answer({"error": f"no such control operation: {method} {path}", "known": known}, 404)
    try:
        data = json.loads(body) if body else None
        return json_answer(function(dict(parse_qsl(query)), data))
    except (BadRequest, ValueError, TypeError, KeyError) as error:
        return json_answer({"error": f"{type(error).__name__}: {error}"}, 400)


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise BadRequest("the body must be a JSON object")
    return data


def _account(data: dict[str, Any]) -> str | None:
    account = data.get("account")
    if account is not None and not (isinstance(account, str) and len(account) == 12 and account.isdigit()):
        raise BadRequest(f"account is {account!r}; accepted: 12 digits as a string")
    return account


def _required_account(data: dict[str, Any]) -> str:
    account = _account(data)
    if account is None:
        raise BadRequest("account is missing: chance belongs to one account, so that it disturbs no other test")
    return account


@route("GET", "/rk/health")
def health(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Says that the emulator serves, and what it is."""
    return {"ready": True, "version": __version__, "moto": moto.__version__, "pid": os.getpid(),
            "next": STATE.journal.next}


@route("POST", "/rk/reset")
def reset(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Back to an empty cloud, with every switch off."""
    moto_api_backend.reset()
    STATE.reset()
    return {"reset": True}


@route("POST", "/rk/auth")
def enforce(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Switches IAM enforcement on or off, for one account or all."""
    data = _object(data)
    STATE.enforcement.set(bool(data["enabled"]), _account(data))
    return STATE.enforcement.as_json()


@route("GET", "/rk/auth")
def enforcement(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Where IAM enforcement is on."""
    return STATE.enforcement.as_json()


@route("POST", "/rk/limits")
def limit(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Switches the published request limits on or off, for one account or all."""
    data = _object(data)
    STATE.limits.enabled.set(bool(data["enabled"]), _account(data))
    return STATE.limits.enabled.as_json()


@route("GET", "/rk/limits")
def limits(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Where request limits are on, and what they are."""
    return {**STATE.limits.enabled.as_json(), "rates": rates.table()}


@route("POST", "/rk/latency")
def latency(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Has each call take a round trip's time, in one account or all, or no more."""
    data = _object(data)
    STATE.distance.set(bool(data["enabled"]), _account(data), float(data.get("ms", DEFAULT_MS)),
                       float(data.get("jitter", DEFAULT_JITTER)), int(data.get("seed", 0)))
    return STATE.distance.as_json()


@route("POST", "/rk/chance")
def begin_chance(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Has calls of one account fail by chance from now on, from a seed, or as a list that was read before says."""
    data = _object(data)
    account = _required_account(data)
    STATE.chance.set(account, {name: value for name, value in data.items() if name != "account"})
    return STATE.chance.injected(account)


@route("GET", "/rk/chance")
def injected(query: dict[str, str], data: Any) -> dict[str, Any]:
    """What has failed by chance in one account."""
    return STATE.chance.injected(_required_account(query))


@route("DELETE", "/rk/chance")
def end_chance(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Ends it in one account; says what has failed by chance."""
    return STATE.chance.stop(_required_account(query))


@route("POST", "/rk/trail")
def trail(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Has an organization's trail log in one account or all, or no more."""
    data = _object(data)
    STATE.trails.set(bool(data["enabled"]), _account(data))
    return STATE.trails.as_json()


@route("POST", "/rk/propagation")
def delay(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Sets how long IAM changes take to count, for one account or all."""
    data = _object(data)
    milliseconds = float(data["iam_ms"])
    if milliseconds < 0:
        raise BadRequest("iam_ms must not be negative")
    STATE.iam_delay_ms.set(milliseconds, _account(data))
    return STATE.iam_delay_ms.as_json()


@route("POST", "/rk/waits")
def shorten_waits(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Sets which share of their time the Wait states of state machines take, for one account or all."""
    data = _object(data)
    share = float(data["share"])
    if not 0 <= share <= 1:
        raise BadRequest("share must be a number from 0 to 1")
    STATE.wait_share.set(share, _account(data))
    return STATE.wait_share.as_json()


@route("GET", "/rk/faults")
def faults(query: dict[str, str], data: Any) -> list[dict[str, Any]]:
    """The fault rules, with how often each was seen and hit."""
    return STATE.faults.as_json()


@route("POST", "/rk/faults")
def add_faults(query: dict[str, str], data: Any) -> list[dict[str, Any]]:
    """Adds fault rules: one object, or a list of them."""
    STATE.faults.add(data if isinstance(data, list) else _object(data))
    return STATE.faults.as_json()


@route("DELETE", "/rk/faults")
def clear_faults(query: dict[str, str], data: Any) -> list[dict[str, Any]]:
    """Drops every fault rule."""
    STATE.faults.clear()
    return []


@route("GET", "/rk/journal")
def journal(query: dict[str, str], data: Any) -> dict[str, Any]:
    """The calls after `since` that match the given fields."""
    upto = STATE.journal.next
    wanted = {name: query[name] for name in JOURNAL_FILTERS if name in query}
    entries = STATE.journal.since(int(query.get("since", 0)), **wanted)
    return {"calls": [entry.as_json() for entry in entries if entry.seq <= upto], "next": upto}


@route("DELETE", "/rk/journal")
def clear_journal(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Drops the entries; the numbers go on."""
    STATE.journal.clear()
    return {"next": STATE.journal.next}


@route("GET", "/rk/records")
def records(query: dict[str, str], data: Any) -> dict[str, Any]:
    """The CloudTrail records of the calls after `since`; at most `limit`, then `next` points behind the last."""
    upto = STATE.journal.next
    limit = int(query.get("limit", 1_000_000))
    wanted = {"account": query["account"]} if "account" in query else {}
    found: list[dict[str, Any]] = []
    for entry in STATE.journal.since(int(query.get("since", 0)), **wanted):
        if entry.seq > upto:
            break
        record = record_of(entry)
        if record is not None:
            found.append(record)
        if len(found) >= limit:
            return {"records": found, "next": entry.seq}
    return {"records": found, "next": upto}


@route("POST", "/rk/source")
def source(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Sets the source address and user agent under which the calls of an access key are recorded."""
    data = _object(data)
    STATE.sources[str(data["key"])] = {name: str(data[name]) for name in ("ip", "agent") if data.get(name)}
    return STATE.sources


@route("POST", "/rk/service-session")
def service_session(query: dict[str, str], data: Any) -> dict[str, Any]:
    """Credentials of a role as a service that the role trusts gets them, such as Lambda for a function."""
    data = _object(data)
    arn, service = data["role"], data.get("service", "lambda.amazonaws.com")
    if not isinstance(arn, str) or not ROLE_ARN.fullmatch(arn):
        raise BadRequest(f"role is {arn!r}; accepted: the ARN of a role")
    account, name = arn.split(":")[4], arn.rpartition("/")[2]
    role = PROPAGATION.view(account, "aws").role(name)
    if role is None or role.arn != arn:
        raise BadRequest(f"there is no role {arn}")
    if not service_may(role.trust, service, "sts:AssumeRole", None, {}):
        raise BadRequest(f"the role {arn} does not trust {service}, which cannot assume it")
    session = open_session(ROLE, account, "aws", int(data.get("seconds", 43200)),
                           **role_session_fields(arn, data.get("name", "session")))
    return {"access_key_id": session.key, "secret_access_key": session.secret, "session_token": session.token}


@route("GET", "/rk/left-out")
def left_out(query: dict[str, str], data: Any) -> dict[str, Any]:
    """The resources of templates that the emulator cannot make."""
    account = query.get("account")
    return {"resources": [entry for entry in STATE.left_out if account in (None, entry["account"])]}


@route("GET", "/rk/function")
def deployed_function(query: dict[str, str], data: Any) -> dict[str, Any]:
    """What a process that runs a function must know: the function's settings, as deployed."""
    return settings_of(_function(query))


@route("GET", "/rk/function/code")
def code(query: dict[str, str], data: Any) -> dict[str, str]:
    """A function's package."""
    return {"zip": base64.b64encode(_function(query).code_bytes).decode()}


def _function(query: dict[str, str]) -> Any:
    found = FunctionName.of(query["arn"]).deployed
    if found is None:
        raise BadRequest(f"there is no function {query['arn']}")
    return found


@route("POST", "/rk/lambda")
def functions(query: dict[str, str], data: Any) -> dict[str, str]:
    """Says where functions run: ARN, name, account or `*` to the address of an invocation endpoint; null removes."""
    for name, address in _object(data).items():
        if address is None:
            STATE.functions.pop(name, None)
        elif isinstance(address, str) and address.startswith(("http://", "https://")):
            STATE.functions[name] = address
        else:
            raise BadRequest(f"the address of {name!r} must start with http:// or https://")
    return STATE.functions
