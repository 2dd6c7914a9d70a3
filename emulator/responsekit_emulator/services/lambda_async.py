"""Lambda: asynchronous invocations are repeated, and go to a queue or topic when that does not help."""

import datetime
import json
import sys
import threading
import time
import uuid
from typing import Any

from moto.sns import sns_backends
from moto.sqs import sqs_backends
from moto.utilities.arns import parse_arn

from ..corrections import correction, is_on
from ..functions import FunctionName, call_function
from ..identity.service_access import ACTIONS, demand_role
from ..state import STATE

RETRIES = 2
PAUSES = (0.2, 0.4)  # for AWS's one and two minutes
LAMBDA = "lambda.amazonaws.com"


@correction(
    "lambda.asynchronous",
    stock="invokes once, and forgets what failed",
    aws="repeats an asynchronous invocation twice, or as often as is set, and sends what failed to the destination or "
        "dead-letter queue of the function",
    page="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
)
def asynchronous() -> None:
    """An event that triage cannot take must end where an alarm is."""


def call_later(function: FunctionName, payload: bytes) -> None:
    """Invokes asynchronously, as an event does."""
    threading.Thread(target=_call, args=(function, payload), daemon=True).start()


def _call(function: FunctionName, payload: bytes) -> None:
    if not is_on("lambda.asynchronous"):
        call_function(function, payload)
        return
    known = function.deployed
    config = known.event_invoke_config[-1].config if known and known.event_invoke_config else {}
    attempts = 1 + int(config.get("MaximumRetryAttempts", RETRIES))
    answer, error, stopped = b"", None, False
    for attempt in range(attempts):
        stopped = str(getattr(function.deployed, "reserved_concurrency", None)) == "0"
        if stopped:
            break
        answer, error = call_function(function, payload)
        if error is None:
            return
        if attempt + 1 < attempts:
            time.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
    condition = "EventAgeExceeded" if stopped else "RetriesExhausted"
    try:
        _give_up(function, known, config, payload, answer, condition, 0 if stopped else attempts)
    except Exception as failure:  # as in AWS, what not even the destination takes is lost
        print(f"the failed invocation of {function.arn} is lost: {failure!r}", file=sys.stderr, flush=True)


def _give_up(function: FunctionName, known: Any, config: dict[str, Any], payload: bytes, answer: bytes, condition: str,
             attempts: int) -> None:
    destination = ((config.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if destination:
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        _send(known, destination, json.dumps({
            "version": "1.0", "timestamp": now,
            "requestContext": {"requestId": str(uuid.uuid4()), "functionArn": f"{function.arn}:$LATEST",
                               "condition": condition, "approximateInvokeCount": attempts},
            "requestPayload": _json(payload),
            "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
            "responsePayload": _json(answer)}))
    queue = (getattr(known, "dead_letter_config", None) or {}).get("TargetArn")
    if queue:
        _send(known, queue, payload.decode())


def _send(known: Any, target: str, message: str) -> None:
    arn = parse_arn(target)
    if STATE.enforcement.on_for(arn.account):
        demand_role(known.role, LAMBDA, ACTIONS[arn.service], target, {})
    if arn.service == "sqs":
        sqs_backends[arn.account][arn.region].send_message(queue_name=arn.resource_id, message_body=message)
    elif arn.service == "sns":
        sns_backends[arn.account][arn.region].publish(message, arn=target)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content or b"null")
    except ValueError:
        return content.decode("utf-8", "replace")
