"""The way of a request: control interface, faults, limits, authorization, moto, journal."""

import io
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import EnvironHeaders, Headers

from . import calls, control
from .calls import Call
from .corrections import is_on
from .faults import AFTER_EFFECT, Fault, throttling_error
from .http_server import DropConnection
from .identity import propagation
from .identity.authorization import Refused, authorize, refusal
from .identity.principals import Principal, identify
from .journal import without_secrets
from .protocols import Answer, empty_answer, error_answer
from .state import STATE
from .trail.delivery import DELIVERY
from .trail.names import is_read_only
from .trail.responses import error_in
from .turns import taking_turns

KEPT_RESPONSE_BYTES = 400 * 1024
REQUEST_ID = re.compile(rb"(<[rR]equestI[dD]>)[^<]*(</[rR]equestI[dD]>)")
Start = Callable[..., Any]


@dataclass
class Journey:
    """What is known of a call when its journal entry is written."""

    call: Call
    principal: Principal
    started: float
    fault: Fault | None = None


class Application:
    """A WSGI application around moto's."""

    def __init__(self, moto_application: Callable[..., Any]) -> None:
        self._moto = moto_application

    def __call__(self, environment: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environment["PATH_INFO"]
        if path.startswith("/rk/"):
            body = environment["rk.body"]
            return _send(control.answer(environment["REQUEST_METHOD"], path, environment["QUERY_STRING"], body), start)
        if path.startswith("/moto-api"):
            return self._moto(environment, start)
        answer = self._aws(environment)
        return _send(answer, start)

    def _aws(self, environment: dict[str, Any]) -> Answer:
        headers = Headers(EnvironHeaders(environment))
        call = calls.read(environment["REQUEST_METHOD"], environment["RAW_URI"], headers, environment["rk.body"],
                          environment["REMOTE_ADDR"])
        journey = Journey(call, identify(call), time.time())
        account = journey.principal.account
        time.sleep(STATE.distance.seconds(account))
        journey.fault = STATE.faults.next_for(call, account) or _by_chance(call, account)
        answer = self._faulty(journey) or self._limited(journey) or self._refused(journey)
        if answer is None:
            with taking_turns(call, account), propagation.around_write(call, account):
                answer = self._served(environment, journey)
        self._write(journey, answer)
        return self._after_effect(journey, answer)

    def _faulty(self, journey: Journey) -> Answer | None:
        fault = journey.fault
        if fault is None:
            return None
        if fault.delay_ms:
            time.sleep(fault.delay_ms / 1000)
        if fault.kind == "latency" or fault.kind in AFTER_EFFECT:
            return None
        if fault.kind == "drop":
            self._write(journey, None)
            raise DropConnection
        if fault.kind == "empty":
            return empty_answer(journey.call.protocol, journey.call.action or "")
        code, status, message = fault.error(journey.call.service)
        return error_answer(journey.call.protocol, status, code, message)

    def _after_effect(self, journey: Journey, answer: Answer) -> Answer:
        fault = journey.fault
        if fault is None or fault.kind not in AFTER_EFFECT:
            return answer
        if fault.kind == "lost":
            raise DropConnection
        code, status, message = fault.error(journey.call.service)
        return error_answer(journey.call.protocol, status, code, message)

    def _limited(self, journey: Journey) -> Answer | None:
        if STATE.limits.admits(journey.call, journey.principal.account):
            return None
        code, status, message = throttling_error(journey.call.service)
        return error_answer(journey.call.protocol, status, code, message)

    def _refused(self, journey: Journey) -> Answer | None:
        if not STATE.enforcement.on_for(journey.principal.account) or not is_on("core.enforcement"):
            return None
        try:
            authorize(journey.call, journey.principal)
        except Refused as refused:
            return refusal(journey.call, refused)
        return None

    def _served(self, environment: dict[str, Any], journey: Journey) -> Answer:
        call = journey.call
        environment.pop("HTTP_CONTENT_ENCODING", None) if call.body is not call.signed_body else None
        environment["wsgi.input"] = io.BytesIO(call.body)
        environment["CONTENT_LENGTH"] = str(len(call.body))
        environment["rk.principal"], environment["rk.call"] = journey.principal, call
        if is_on("core.region-from-signature"):
            environment["HTTP_USER_AGENT"] = environment.get("HTTP_USER_AGENT", "").replace("region/", "region#")
        seen: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            seen["status"], seen["headers"] = int(status[:3]), headers

        try:
            body = b"".join(self._moto(environment, start))
        except NotImplementedError as error:
            return lacking(call, str(error)) if is_on("core.missing-operations") else stock_failure(error)
        except Exception as error:  # a fault of moto: name it in the answer, and do not let the SDK retry
            traceback.print_exc(file=sys.stderr)
            return error_answer(call.protocol, 501, "EmulatorFailure", f"{type(error).__name__}: {error}"[:500])
        no_route = seen["status"] in (404, 405) and body[:9].lower() == b"<!doctype" and call.service != "s3"
        if no_route and is_on("core.missing-operations"):
            return lacking(call, "moto has no such route")
        answer = Answer(seen["status"], body, "text/plain")
        finish = _with_request_id if is_on("core.request-ids") else _as_is
        return finish(answer, seen["headers"])

    def _write(self, journey: Journey, answer: Answer | None) -> None:
        call, principal = journey.call, journey.principal
        status = answer.status if answer else 0
        error, message = error_in(answer.body) if answer and status >= 400 else (None, None)
        source = STATE.sources.get(call.key or "", {})
        writes = call.service == "sts" or not is_read_only(call.service, call.action)
        wanted = writes and 200 <= status < 400
        keep = wanted and len(answer.body) <= KEPT_RESPONSE_BYTES
        request_id = answer.headers.get("x-amzn-RequestId", "") if answer else ""
        entry = STATE.journal.append(
            t=journey.started, ms=round((time.time() - journey.started) * 1000, 1), account=principal.account,
            region=call.region, service=call.service, action=call.action, key=call.key, principal=principal.arn,
            status=status, error=error, message=message, params=without_secrets(call.parameters),
            fault=journey.fault.kind if journey.fault else None, ip=source.get("ip", call.remote),
            agent=source.get("agent", call.user_agent), request_id=request_id, identity=principal,
            raw=call.flat if call.service == "ec2" else None, response=answer.body if keep else None,
            response_left_out=wanted and not keep, invoked_by=source.get("invokedBy"),
        )
        DELIVERY.offer([entry, *STATE.journal.append_pending()])


def _by_chance(call: Call, account: str) -> Fault | None:
    kind = STATE.chance.next_for(call, account)
    return None if kind is None else Fault(kind)


def stock_failure(error: Exception) -> Answer:
    """What stock moto answers when it fails."""
    return Answer(500, f"<!doctype html><title>500</title>{type(error).__name__}".encode(), "text/html")


def _as_is(answer: Answer, headers: list[tuple[str, str]]) -> Answer:
    answer.headers = dict(headers)
    return answer


def lacking(call: Call, why: str) -> Answer:
    """The answer for an operation that moto lacks. moto's own, HTTP 500, makes SDKs retry for minutes."""
    return error_answer(call.protocol, 501, "NotImplemented",
                        f"The emulator lacks {call.service}:{call.action} ({why}).")


def _with_request_id(answer: Answer, headers: list[tuple[str, str]]) -> Answer:
    """moto's answer under a request id as AWS makes them: a GUID, the same in header and body."""
    request_id = answer.headers["x-amzn-RequestId"]
    answer.headers = {name: value for name, value in headers
                      if name.lower() not in ("x-amzn-requestid", "x-amz-request-id")}
    answer.headers["x-amzn-RequestId"] = answer.headers["x-amz-request-id"] = request_id
    if answer.body[:1] == b"{" and answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.headers["Content-Type"] = "application/json"
    if answer.body[-4096:].find(b"equest") >= 0 and answer.body.lstrip()[:1] == b"<":
        answer.body = REQUEST_ID.sub(rb"\g<1>" + request_id.encode() + rb"\g<2>", answer.body)
        answer.headers["Content-Length"] = str(len(answer.body))
    return answer


def _send(answer: Answer, start: Start) -> list[bytes]:
    start(f"{answer.status} {'OK' if answer.status < 400 else 'Error'}", list(answer.headers.items()))
    return [answer.body]

