"""EventBridge: events keep their account and origin, reach every kind of target, and are not lost where one fails."""

import datetime
import json
import re
import sys
import time
import uuid
from typing import Any

from jsonpath_ng.ext import parse as json_path
from moto.events import models, utils
from moto.events.models import EventPattern, Rule
from moto.sns import sns_backends
from moto.sqs import sqs_backends
from moto.stepfunctions.responses import get_backend

from ..corrections import add, correction, is_on
from ..functions import FunctionName
from ..identity.service_access import NotPermitted, demand_delivery
from .lambda_async import call_later

GUIDE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/"
WHOLE_EVENT = ('{"version": "0", "id": "<id>", "detail-type": "<detail-type>", "source": "<source>", '
               '"account": "<account>", "time": <time>, "region": "<region>", "resources": <resources>, '
               '"detail": <detail>}')
PLACEHOLDER = re.compile(r"<([A-Za-z0-9_.\-]+)>")
ALL_MANAGEMENT_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def transformed(transformer: dict[str, Any], event: dict[str, Any]) -> str:
    """The input that a target's InputTransformer makes of an event."""
    template = transformer["InputTemplate"]
    values: dict[str, Any] = {"aws.events.event.json": event, "aws.events.event": event, "aws.events.rule-name": "",
                              "aws.events.event.ingestion-time": event["time"]}
    for name, path in (transformer.get("InputPathsMap") or {}).items():
        found = json_path(path).find(event)
        values[name] = found[0].value if found else ""

    def fill(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        quoted = len(re.findall(r'(?<!\\)"', template[:match.start()])) % 2 == 1
        return value if quoted and isinstance(value, str) else json.dumps(value)

    return PLACEHOLDER.sub(fill, template)


def message_for(target: dict[str, Any], event: dict[str, Any]) -> str:
    """What a target receives of an event."""
    if target.get("Input"):
        return target["Input"]
    if target.get("InputPath"):
        found = json_path(target["InputPath"]).find(event)
        return json.dumps(found[0].value if found else None)
    if target.get("InputTransformer"):
        return transformed(target["InputTransformer"], event)
    return json.dumps(event)


def deliver(rule: Any, target: dict[str, Any], message: str, event: dict[str, Any], hops: int) -> None:
    """Hands an event to one target; raises what keeps it from there."""
    arn = models.parse_arn(target["Arn"])
    if is_on("events.permissions"):
        demand_delivery(rule, target)
    if arn.service == "sqs":
        group = target.get("SqsParameters", {}).get("MessageGroupId")
        sqs_backends[arn.account][arn.region].send_message(queue_name=arn.resource_id, message_body=message,
                                                           group_id=group)
    elif arn.service == "lambda":
        call_later(FunctionName.of(target["Arn"]), message.encode())
    elif arn.service == "sns":
        sns_backends[arn.account][arn.region].publish(message, arn=target["Arn"])
    elif arn.service == "states":
        get_backend(arn.account, arn.region).start_execution(target["Arn"], str(uuid.uuid4()), message)
    elif arn.service == "events" and arn.resource_type == "event-bus":
        if hops and is_on("events.one-hop"):
            return
        bus = models.events_backends[arn.account][arn.region].describe_event_bus(arn.resource_id)
        offer(bus, event, hops + 1)
    elif arn.service == "logs":
        rule._send_to_cw_log_group(arn.resource_id, {**event, "time": time.time()})


def offer(bus: Any, event: dict[str, Any], hops: int = 0) -> None:
    """Shows an event to the rules of a bus."""
    flat = EventPattern._flatten_dict(event)
    for rule in list(bus.rules.values()):
        if wants(rule, event) and _matches(rule.event_pattern, flat):
            send(rule, event, hops)


def wants(rule: Any, event: dict[str, Any]) -> bool:
    """Whether the state of a rule lets it see an event: reads only if it says so, on whichever bus."""
    state = rule.state or "ENABLED"
    if state == "DISABLED":
        return False
    if state == ALL_MANAGEMENT_EVENTS or not is_on("events.read-only"):
        return True
    via_trail = str(event.get("detail-type", "")).endswith(" via CloudTrail")
    return not (via_trail and isinstance(event.get("detail"), dict) and event["detail"].get("readOnly") is True)


def _matches(pattern: Any, flat: dict[str, Any]) -> bool:
    wanted = pattern.get_pattern()
    return not wanted or pattern._does_event_match(flat, wanted)


def send(rule: Any, event: dict[str, Any], hops: int) -> None:
    """Delivers an event to the targets of a rule; to a target's dead-letter queue where that fails."""
    for target in list(rule.targets):
        try:
            deliver(rule, target, message_for(target, event), event, hops)
        except Exception as error:  # a target that fails must not keep the others from their event
            print(f"delivery to {target['Arn']} failed: {error!r}", file=sys.stderr, flush=True)
            if is_on("events.dead-letters"):
                _keep_dead_letter(rule, target, event, error)


def _keep_dead_letter(rule: Any, target: dict[str, Any], event: dict[str, Any], error: Exception) -> None:
    queue = (target.get("DeadLetterConfig") or {}).get("Arn")
    if not queue:
        return
    arn = models.parse_arn(queue)
    code = "NO_PERMISSIONS" if isinstance(error, NotPermitted) else "NO_RESOURCE"
    attributes = {"RULE_ARN": rule.arn, "TARGET_ARN": target["Arn"], "ERROR_CODE": code, "ERROR_MESSAGE": str(error)}
    try:
        if is_on("events.permissions"):
            demand_delivery(rule, {"Arn": queue})
        sqs_backends[arn.account][arn.region].send_message(
            queue_name=arn.resource_id, message_body=json.dumps(event),
            message_attributes={name: {"DataType": "String", "StringValue": value}
                                for name, value in attributes.items()})
    except Exception as failure:  # as in AWS, an event that not even its dead-letter queue takes is lost
        print(f"dead-letter queue {queue} takes nothing: {failure!r}", file=sys.stderr, flush=True)


def timestamp(moment: Any) -> str:
    """A time as events write it."""
    if isinstance(moment, str):
        return moment
    utc = datetime.datetime.fromtimestamp(float(moment), datetime.timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


@correction(
    "events.delivery",
    stock="drops the event's account, loses its origin when forwarding, serves disabled rules, ignores target inputs, "
          "and fails on Lambda, Step Functions and SNS targets",
    aws="delivers the event whole, keeps its origin across buses, honours rule state and target input, and knows all "
        "these targets",
    page=GUIDE + "eb-targets.html",
)
def delivery() -> None:
    """The record's account decides whom ResponseKit contains."""
    utils.EventTemplateParser.DEFAULT_EVENT_INPUT_TEMPLATE = WHOLE_EVENT

    @add(Rule)
    def send_to_targets(self: Any, original_event: dict[str, Any], transform_input: bool = True) -> None:
        if not wants(self, original_event) or not self.event_pattern.matches_event(original_event):
            return
        event = {key: value for key, value in original_event.items() if key != "ingestion-time"}
        event["time"] = timestamp(event["time"])
        send(self, event, 0)


@correction(
    "events.one-hop",
    stock="forwards an event from bus to bus to bus",
    aws="does not forward to a third bus what a bus received from another",
    page=GUIDE + "eb-bus-to-bus.html",
)
def one_hop() -> None:
    """A chain of three buses would work here and be silent in AWS."""


@correction(
    "events.read-only",
    stock="knows no difference between the states in which a rule is enabled",
    aws="shows read-only management events only to rules in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, on "
        "the default bus and on others",
    page=GUIDE + "eb-service-event-cloudtrail-management.html",
)
def read_only() -> None:
    """AssumeRole and GetServiceQuota are reads: without the state, on both buses, nobody hears of them."""


@correction(
    "events.dead-letters",
    stock="loses events that a target does not take",
    aws="sends them to the target's dead-letter queue, with what went wrong",
    page=GUIDE + "eb-rule-dlq.html",
)
def dead_letters() -> None:
    """An alarm on that queue is how a responder learns that nothing arrives."""


@correction(
    "events.permissions",
    stock="delivers whatever the target's policy says",
    aws="asks the policy of the queue, topic, function or foreign bus, and the policies of the target's role",
    page=GUIDE + "eb-use-resource-based.html",
)
def permissions() -> None:
    """Checked where IAM is enforced. A forgotten permission must not go unnoticed until the attack."""
