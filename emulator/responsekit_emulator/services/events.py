"""EventBridge: patterns match as in AWS."""

import json
from typing import Any

from moto.events import models
from moto.events.models import EventPattern
from moto.events.responses import EventsHandler

from ..corrections import add, correction

GUIDE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/"
SEPARATOR = "\0"


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
