"""EC2 fleets and Spot fleets: when they were made, what they replace, and what is left when they end."""

import time
from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models.fleets import Fleet, FleetsBackend
from moto.ec2.models.instances import Instance
from moto.ec2.models.spot_requests import SpotFleetRequest, SpotInstanceRequest, SpotRequestBackend
from moto.ec2.responses.fleets import Fleets
from moto.ec2.responses.spot_fleets import SpotFleets
from moto.ec2.responses.spot_instances import SpotInstances

from ..corrections import add, correction, wrap
from .ec2 import ENDING, is_true
from .errors import Ec2Error

SECONDS_TO_MODIFY = 1.5
API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/"


@correction(
    "ec2.fleet-times",
    stock="does not tell when a fleet was made, and dates every Spot request from 2015",
    aws="tells CreateTime of fleets, Spot fleets and Spot requests",
    page=API + "API_FleetData.html",
)
def fleet_times() -> None:
    """Who replays the client token of somebody else's call names somebody else's fleet."""
    for kind in (Fleet, SpotFleetRequest, SpotInstanceRequest):
        _stamp(kind)
    SpotInstanceRequest.create_time = property(lambda self: self.__dict__["rk_created"])
    Fleet.create_time = SpotFleetRequest.create_time = property(lambda self: self.__dict__["rk_created"])


def _stamp(kind: Any) -> None:
    original = kind.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        self.__dict__["rk_created"] = utcnow()
        original(self, *args, **kwargs)

    kind.__init__ = __init__


@correction(
    "ec2.fleet-tokens",
    stock="makes another fleet or Spot request when a call is repeated with the same ClientToken",
    aws="answers with the one that it made the first time",
    page="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html",
)
def fleet_tokens() -> None:
    """SDK retries carry the same token; so may somebody else."""
    _once(Fleets, "create_fleet")
    _once(SpotFleets, "request_spot_fleet")
    _once(SpotInstances, "request_spot_instances")


def _once(owner: Any, name: str) -> None:
    @wrap(owner, name)
    def call(original: Any, self: Any) -> Any:
        token = self._get_param("ClientToken") or (self._get_param("SpotFleetRequestConfig") or {}).get("ClientToken")
        made = self.ec2_backend.__dict__.setdefault("rk_fleet_tokens", {})
        if not token:
            return original(self)
        if (name, token) not in made:
            made[name, token] = original(self)
        return made[name, token]


@correction(
    "ec2.fleet-ids",
    stock="answers with nothing, or fails, for fleets that it does not know",
    aws="says that there is no such fleet; in the answer of a deletion for each of them",
    page=API + "API_DeleteFleetError.html",
)
def fleet_ids() -> None:
    """A deletion succeeds as a call although it deleted nothing."""

    @wrap(FleetsBackend)
    def describe_fleets(original: Any, self: Any, fleet_ids: list[str] | None) -> Any:
        _demand(fleet_ids, self.fleets, "InvalidFleetId.NotFound", "fleet")
        found = original(self, fleet_ids)
        # EC2 API Reference, DescribeFleets: one of the type instant is shown only to whoever names it.
        return [fleet for fleet in found if fleet_ids or fleet.fleet_type != "instant"]

    @wrap(FleetsBackend)
    def describe_fleet_instances(original: Any, self: Any, fleet_id: str) -> Any:
        _demand([fleet_id], self.fleets, "InvalidFleetId.NotFound", "fleet")
        if self.fleets[fleet_id].fleet_type == "instant":
            raise Ec2Error("UnsupportedOperation", "DescribeFleetInstances does not support fleets of type instant.")
        return [item for item in original(self, fleet_id) if _instance(item).state not in ENDING]

    @wrap(SpotRequestBackend)
    def describe_spot_fleet_requests(original: Any, self: Any, ids: list[str]) -> Any:
        _demand(ids, self.spot_fleet_requests, "InvalidSpotFleetRequestId.NotFound", "spot fleet request")
        return original(self, ids)

    @wrap(SpotRequestBackend)
    def describe_spot_fleet_instances(original: Any, self: Any, name: str) -> Any:
        _demand([name], self.spot_fleet_requests, "InvalidSpotFleetRequestId.NotFound", "spot fleet request")
        return [request for request in original(self, name) if request.instance.state not in ENDING]


def _demand(wanted: Iterable[str] | None, known: dict[str, Any], code: str, what: str) -> None:
    for name in wanted or []:
        if name not in known:
            raise Ec2Error(code, f"The {what} ID '{name}' does not exist")


def _instance(item: Any) -> Any:
    """The instance of a Spot request, or of an entry of a fleet's On-Demand Instances."""
    return item["instance"] if isinstance(item, dict) else item.instance


@correction(
    "ec2.fleet-endings",
    stock="replaces nothing that ends, launches again through the Spot requests of a deleted fleet, deletes an instant "
          "fleet without its instances, forgets a Spot fleet once it is cancelled, and fails on ids that it does not know",
    aws="keeps the capacity of a fleet of the type maintain until it is deleted, cancels its Spot requests then, refuses to "
        "delete an instant fleet that leaves instances, shows cancelled Spot fleets, and reports each id by itself",
    page=GUIDE + "delete-fleet.html",
)
def fleet_endings() -> None:
    """Whoever ends the instances before the fleet gets new ones."""

    @wrap(Instance)
    def terminate(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        fleets = [*self.ec2_backend.fleets.values(), *self.ec2_backend.spot_fleet_requests.values()]
        kept = [fleet for fleet in fleets if fleet.state == "active" and getattr(fleet, "fleet_type", "maintain") == "maintain"]
        direct = [fleet for fleet in kept if any(item["instance"] is self for item in getattr(fleet, "on_demand_instances", []))]
        asked = [(fleet, request) for fleet in kept for request in fleet.spot_requests if request.instance is self]
        result = original(self, *args, **kwargs)
        for fleet in direct:
            fleet.create_on_demand_requests(1)
        for fleet, request in asked:
            if request.instance is self:
                fleet.create_spot_requests(1)
            else:  # the request has launched again by itself
                fleet.spot_requests.append(request)
        return result

    @wrap(SpotInstanceRequest)
    def launch_instance(original: Any, self: Any) -> Any:
        # The Spot requests of fleets that launch once do not launch again.
        owner = self.ec2_backend.fleets.get(self.spot_fleet_id)
        if owner is not None and owner.fleet_type != "maintain":
            self.type = "one-time"
        return original(self)

    @add(Fleets)
    def delete_fleets(self: Any) -> ActionResult:
        ends = is_true(self._get_param("TerminateInstances"))
        done, failed = [], []
        for name in self._get_param("FleetIds", []):
            fleet = self.ec2_backend.fleets.get(name)
            if fleet is None:
                failed.append({"FleetId": name, "Error": {"Code": "fleetIdDoesNotExist", "Message": f"The fleet ID '{name}' does not exist"}})
            elif time.monotonic() < fleet.__dict__.get("rk_busy_until", 0):
                failed.append({"FleetId": name, "Error": {"Code": "fleetNotInDeletableState", "Message": f"The fleet '{name}' is being modified"}})
            elif fleet.fleet_type == "instant" and not ends:
                raise Ec2Error("InvalidParameterValue", "NoTerminateInstances option is not supported for instant fleet")
            else:
                before, fleet.state = fleet.state, "deleted_terminating" if ends else "deleted_running"
                _end(self.ec2_backend, fleet.spot_requests, [_instance(item) for item in [*fleet.spot_requests, *fleet.on_demand_instances]] if ends else [])
                done.append({"FleetId": name, "PreviousFleetState": before, "CurrentFleetState": fleet.state})
        return ActionResult({"SuccessfulFleetDeletions": done, "UnsuccessfulFleetDeletions": failed})

    @add(SpotFleets)
    def cancel_spot_fleet_requests(self: Any) -> ActionResult:
        ends = is_true(self._get_param("TerminateInstances"))
        done, failed = [], []
        for name in self._get_param("SpotFleetRequestIds", []):
            fleet = self.ec2_backend.spot_fleet_requests.get(name)
            if fleet is None:
                failed.append({"SpotFleetRequestId": name, "Error": {
                    "Code": "fleetRequestIdDoesNotExist", "Message": f"The spot fleet request ID '{name}' does not exist"}})
                continue
            before, fleet.state = fleet.state, "cancelled_terminating" if ends else "cancelled_running"
            _end(self.ec2_backend, fleet.spot_requests, [request.instance for request in fleet.spot_requests] if ends else [])
            done.append({"SpotFleetRequestId": name, "PreviousSpotFleetRequestState": before, "CurrentSpotFleetRequestState": fleet.state})
        return ActionResult({"SuccessfulFleetRequests": done, "UnsuccessfulFleetRequests": failed})


@correction(
    "ec2.modify-fleet",
    stock="lacks ModifyFleet",
    aws="gives a fleet of the type maintain another capacity, and is modifying it for a while",
    page=API + "API_ModifyFleet.html",
)
def modify_fleet() -> None:
    """While it is being modified a fleet cannot be deleted: who raises it again and again puts the deletion off."""

    @add(Fleets)
    def modify_fleet(self: Any) -> ActionResult:
        name = self._get_param("FleetId")
        _demand([name], self.ec2_backend.fleets, "InvalidFleetId.NotFound", "fleet")
        fleet = self.ec2_backend.fleets[name]
        if fleet.fleet_type != "maintain" or fleet.state != "active":
            raise Ec2Error("InvalidParameterValue", "Only an active fleet of type maintain can be modified.")
        wanted = int(self._get_param("TargetCapacitySpecification")["TotalTargetCapacity"])
        members = [item for item in [*fleet.spot_requests, *fleet.on_demand_instances] if _instance(item).state not in ENDING]
        fleet.target_capacity_specification["TotalTargetCapacity"] = fleet.target_capacity = wanted
        if wanted > len(members):
            fleet.create_on_demand_requests(wanted - len(members))
        elif self._get_param("ExcessCapacityTerminationPolicy") != "no-termination":
            excess = members[wanted:]
            fleet.spot_requests = [item for item in fleet.spot_requests if item not in excess]
            fleet.on_demand_instances = [item for item in fleet.on_demand_instances if item not in excess]
            _end(self.ec2_backend, [item for item in excess if not isinstance(item, dict)], [_instance(item) for item in excess])
        fleet.__dict__["rk_busy_until"] = time.monotonic() + SECONDS_TO_MODIFY
        return ActionResult({"Return": True})


def _end(backend: Any, requests: list[Any], instances: list[Any]) -> None:
    for request in requests:
        request.state = "cancelled"
    live = [instance.id for instance in instances if instance.state not in ENDING]
    if live:
        backend.terminate_instances(live)
