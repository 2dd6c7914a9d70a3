"""EventBridge: events keep their account and origin, reach every kind of target, and match as in AWS."""

import datetime
import json
import re
import sys
import threading
import time
import uuid
from typing import Any

from jsonpath_ng.ext import parse as json_path
from moto.events import models, utils
from moto.events.models import EventPattern, Rule
from moto.events.responses import EventsHandler
from moto.sns import sns_backends
from moto.sqs import sqs_backends
from moto.stepfunctions.responses import get_backend

from ..corrections import add, correction
from .lambda_ import call_function

GUIDE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/"
WHOLE_EVENT = ('{"version": "0", "id": "<id>", "detail-type": "<detail-type>", "source": "<source>", '
               '"account": "<account>", "time": <time>, "region": "<region>", "resources": <resources>, '
               '"detail": <detail>}')
PLACEHOLDER = re.compile(r"<([A-Za-z0-9_.\-]+)>")
SEPARATOR = "\0"


# --- Patterns -------------------------------------------------------------------------------------------------------
def flatten(node: Any, prefix: str, found: dict[str, Any]) -> dict[str, Any]:
    """Every value by its path; objects in arrays count for the path without the array."""
    if isinstance(node, dict):
        for key, value in node.items():
            flatten(value, f"{prefix}{SEPARATOR}{key}" if prefix else key, found)
    elif isinstance(node, list):
        for value in node:
            if isinstance(value, (dict, list)):
                flatten(value, prefix, found)
            else:
                found[prefix] = [*_values(found, prefix), value]
    elif prefix in found:
        found[prefix] = [*_values(found, prefix), node]
    else:
        found[prefix] = node
    return found


def _values(found: dict[str, Any], prefix: str) -> list[Any]:
    known = found.get(prefix, [])
    return known if isinstance(known, list) else [known]


@correction(
    "events.patterns",
    stock="never matches objects within arrays, takes true for 1, and answers TestEventPattern with nothing",
    aws="matches a field of any array element, tells true from 1, and answers TestEventPattern",
    page=GUIDE + "eb-event-patterns.html",
)
def patterns() -> None:
    """CloudTrail's `responseElements.instancesSet.items.instanceId` lies in an array."""
    EventPattern._flatten_dict = staticmethod(lambda node: flatten(node, "", {}))

    @add(EventPattern)
    def _does_event_match(self: Any, event: Any, pattern: Any, prefix: str = "") -> bool:
        if not isinstance(pattern, dict):
            return False
        for key, wanted in pattern.items():
            if key == "$or":
                if not any(self._does_event_match(event, branch, prefix) for branch in wanted):
                    return False
                continue
            path = f"{prefix}{SEPARATOR}{key}" if prefix else key
            if isinstance(wanted, dict):
                matched = self._does_event_match(event, wanted, path)
            else:
                value = event.get(path, models.UNDEFINED)
                matched = isinstance(wanted, list) and self._does_item_match_filters(value, wanted)
            if not matched:
                return False
        return True

    @add(EventPattern)
    def _does_item_match_filters(self: Any, item: Any, filters: list[Any]) -> bool:
        values = item if isinstance(item, list) else [item]
        for wanted in filters:
            if isinstance(wanted, dict):
                if self._does_item_match_named_filter(item, wanted):
                    return True
            elif item is not models.UNDEFINED and any(
                    value == wanted and isinstance(value, bool) == isinstance(wanted, bool) for value in values):
                return True
        return False

    @add(EventsHandler)
    def test_event_pattern(self: Any) -> str:
        pattern = EventPattern.load(self._get_param("EventPattern"))
        return json.dumps({"Result": pattern.matches_event(json.loads(self._get_param("Event")))})


# --- Delivery -------------------------------------------------------------------------------------------------------
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


def deliver(rule: Any, target: dict[str, Any], message: str, event: dict[str, Any]) -> None:
    """Hands an event to one target."""
    arn = models.parse_arn(target["Arn"])
    if arn.service == "sqs":
        group = target.get("SqsParameters", {}).get("MessageGroupId")
        sqs_backends[arn.account][arn.region].send_message(queue_name=arn.resource_id, message_body=message,
                                                           group_id=group)
    elif arn.service == "lambda":
        name = arn.resource_id.split(":")[0]
        threading.Thread(target=call_function, args=(name, message.encode()), daemon=True).start()
    elif arn.service == "sns":
        sns_backends[arn.account][arn.region].publish(message, arn=target["Arn"])
    elif arn.service == "states":
        get_backend(arn.account, arn.region).start_execution(target["Arn"], str(uuid.uuid4()), message)
    elif arn.service == "events" and arn.resource_type == "event-bus":
        bus = models.events_backends[arn.account][arn.region].describe_event_bus(arn.resource_id)
        for other in list(bus.rules.values()):
            other.send_to_targets({**event, "ingestion-time": time.time()})
    elif arn.service == "logs":
        rule._send_to_cw_log_group(arn.resource_id, {**event, "time": time.time()})


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
        if (self.state or "ENABLED") == "DISABLED" or not self.event_pattern.matches_event(original_event):
            return
        event = {key: value for key, value in original_event.items() if key != "ingestion-time"}
        event["time"] = _timestamp(event["time"])
        for target in self.targets:
            try:
                deliver(self, target, message_for(target, event), event)
            except Exception as error:  # a target that fails must not keep the others from their event
                print(f"delivery to {target['Arn']} failed: {error!r}", file=sys.stderr, flush=True)


def _timestamp(moment: Any) -> str:
    if isinstance(moment, str):
        return moment
    utc = datetime.datetime.fromtimestamp(float(moment), datetime.timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")
