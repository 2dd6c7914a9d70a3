"""CloudTrail: LookupEvents, from the journal."""

import json
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse as Response

from ..corrections import add, correction
from ..state import STATE
from ..trail.records import record_of

API = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/"


@correction(
    "cloudtrail.lookup-events",
    stock="lacks LookupEvents, and records nothing",
    aws="finds the management events of the last 90 days in a region, newest first, by one attribute",
    page=API + "API_LookupEvents.html",
)
def lookup_events() -> None:
    """Responders look up what else a principal did."""

    @add(Response, "lookup_events")
    def lookup(self: Any) -> str:
        wanted = {entry["AttributeKey"]: entry["AttributeValue"] for entry in self._get_param("LookupAttributes") or []}
        start, end = self._get_param("StartTime"), self._get_param("EndTime")
        found = []
        for entry in reversed(STATE.journal.since(0, account=self.current_account)):
            if (start and entry.t < float(start)) or (end and entry.t > float(end)):
                continue
            if not wanted.get("EventName", entry.action or "").startswith(entry.action or ""):
                continue  # making a record is dear; Lambda's event names add a version
            record = record_of(entry)
            if record is not None and record["awsRegion"] == self.region and _matches(record, wanted):
                found.append(_event(record, entry.t))
        first = int(self._get_param("NextToken") or 0)
        last = first + int(self._get_param("MaxResults") or 50)
        answer: dict[str, Any] = {"Events": found[first:last]}
        if last < len(found):
            answer["NextToken"] = str(last)
        return json.dumps(answer)


def _user_name(record: dict[str, Any]) -> str:
    identity = record["userIdentity"]
    return identity.get("userName") or str(identity.get("principalId", "")).rpartition(":")[2]


def _matches(record: dict[str, Any], wanted: dict[str, str]) -> bool:
    fields = {
        "EventId": record["eventID"], "EventName": record["eventName"], "EventSource": record["eventSource"],
        "ReadOnly": str(record["readOnly"]).lower(), "AccessKeyId": record["userIdentity"].get("accessKeyId"),
        "Username": _user_name(record),
    }
    for name, value in wanted.items():
        if name == "ResourceName":
            if json.dumps(value) not in json.dumps(record.get("requestParameters")):
                return False
        elif fields.get(name) != value:
            return False
    return True


def _event(record: dict[str, Any], moment: float) -> dict[str, Any]:
    return {
        "EventId": record["eventID"], "EventName": record["eventName"], "ReadOnly": str(record["readOnly"]).lower(),
        "AccessKeyId": record["userIdentity"].get("accessKeyId"), "EventTime": moment,
        "EventSource": record["eventSource"], "Username": _user_name(record), "Resources": [],
        "CloudTrailEvent": json.dumps(record),
    }


@correction(
    "cloudtrail.events",
    stock="tells EventBridge nothing",
    aws="sends each management event that a trail logs to the default bus of its account and region",
    page="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
)
def events() -> None:
    """This is how an attacker's call reaches triage. The work is done in trail/delivery.py."""
