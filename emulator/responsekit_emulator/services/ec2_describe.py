"""EC2: DescribeInstances by instance, with filters as documented, and fast; regions by opt-in."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import InvalidInstanceIdError, InvalidParameterCombination
from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.responses.availability_zones_and_regions import AvailabilityZonesAndRegions
from moto.ec2.responses.instances import InstanceResponse

from ..corrections import add, correction, wrap
from ..identity.conditions import glob
from .errors import Ec2Error
from .instance_xml import PENDING, date, document, items, reservation_xml, security_groups

API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
INSTANCE_ID = re.compile(r"i-([0-9a-f]{8}|[0-9a-f]{17})")
MAXIMUM_RESULTS = 1000


def _nics(instance: Any, attribute: str) -> list[str]:
    return [str(getattr(nic, attribute, None)) for nic in instance.nics.values()]


def _volumes(instance: Any, attribute: str) -> list[str]:
    return [str(getattr(device, attribute, None)) for _, device in instance.get_block_device_mapping]


# Every value that a filter may compare, by the filter's name.
FILTERS: dict[str, Callable[[Any], Any]] = {
    "instance-id": lambda i: i.id,
    "instance-state-name": lambda i: i.state,
    "instance-state-code": lambda i: i.state_code,
    "instance-type": lambda i: i.instance_type,
    "instance-lifecycle": lambda i: i.lifecycle or [],
    "image-id": lambda i: i.image_id,
    "key-name": lambda i: i.key_name or [],
    "launch-time": lambda i: date(i.launch_time),
    "client-token": lambda i: i.client_token or [],
    "owner-id": lambda i: i.owner_id,
    "requester-id": lambda i: i.owner_id,
    "availability-zone": lambda i: i._placement.zone,
    "placement-group-name": lambda i: i._placement.group_name or [],
    "tenancy": lambda i: i._placement.tenancy,
    "host-id": lambda i: i._placement.host_id or [],
    "architecture": lambda i: i.architecture,
    "platform": lambda i: i.platform or [],
    "hypervisor": lambda i: "xen",
    "virtualization-type": lambda i: i.virtualization_type,
    "root-device-name": lambda i: i.root_device_name,
    "root-device-type": lambda i: i.root_device_type,
    "monitoring-state": lambda i: i.monitoring_state,
    "source-dest-check": lambda i: str(i.source_dest_check).lower(),
    "state-reason-code": lambda i: i.state_reason.code or [],
    "vpc-id": lambda i: i.vpc_id,
    "subnet-id": lambda i: i.subnet_id,
    "private-ip-address": lambda i: i.private_ip,
    "ip-address": lambda i: i.public_ip or [],
    "private-dns-name": lambda i: i.private_dns_name,
    "dns-name": lambda i: i.public_dns_name or [],
    "group-id": lambda i: [group.id for group in security_groups(i)],
    "group-name": lambda i: [group.name for group in security_groups(i)],
    "instance.group-id": lambda i: [group.id for group in security_groups(i)],
    "instance.group-name": lambda i: [group.name for group in security_groups(i)],
    "iam-instance-profile.arn": lambda i: (i.iam_instance_profile or {}).get("Arn") or [],
    "iam-instance-profile.id": lambda i: (i.iam_instance_profile or {}).get("Id") or [],
    "metadata-options.http-tokens": lambda i: i.metadata_options.http_tokens,
    "metadata-options.http-endpoint": lambda i: i.metadata_options.http_endpoint,
    "spot-instance-request-id": lambda i: getattr(i, "spot_instance_request_id", None) or [],
    "network-interface.network-interface-id": lambda i: _nics(i, "id"),
    "network-interface.subnet-id": lambda i: [nic.subnet.id for nic in i.nics.values()],
    "network-interface.vpc-id": lambda i: [nic.subnet.vpc_id for nic in i.nics.values()],
    "network-interface.group-id": lambda i: [g.id for nic in i.nics.values() for g in nic.group_set],
    "network-interface.group-name": lambda i: [g.name for nic in i.nics.values() for g in nic.group_set],
    "network-interface.mac-address": lambda i: _nics(i, "mac_address"),
    "network-interface.status": lambda i: _nics(i, "status"),
    "network-interface.addresses.private-ip-address": lambda i: _nics(i, "private_ip_address"),
    "block-device-mapping.volume-id": lambda i: _volumes(i, "volume_id"),
    "block-device-mapping.device-name": lambda i: [name for name, _ in i.get_block_device_mapping],
    "tag-key": lambda i: list(i.ec2_backend.tags.get(i.id, {})),
    "tag-value": lambda i: list(i.ec2_backend.tags.get(i.id, {}).values()),
}


def _finder(name: str) -> Callable[[Any], Any]:
    if name.startswith("tag:"):
        key = name[4:]
        return lambda instance: [value for tag, value in instance.ec2_backend.tags.get(instance.id, {}).items()
                                 if tag == key]
    if name == "reservation-id":
        return lambda instance: instance.rk_reservation.id
    if name not in FILTERS:
        raise Ec2Error("InvalidParameterValue", f"The filter '{name}' is invalid")
    return FILTERS[name]


def passing(instances: Iterable[Any], filters: dict[str, list[str]]) -> list[Any]:
    """The instances that satisfy every filter. Ec2Error for a filter that does not exist."""
    found = list(instances)
    for name, wanted in filters.items():
        find = _finder(name)
        kept = []
        for instance in found:
            values = find(instance)
            texts = [str(value) for value in (values if isinstance(values, list) else [values])]
            if any(glob(pattern, text) for pattern in wanted for text in texts):
                kept.append(instance)
        found = kept
    return found


def index_of(backend: Any) -> dict[str, Any]:
    """Every instance of a backend by its id."""
    return backend.__dict__.setdefault("rk_instances", {})


def unknown_instances(names: list[str]) -> Exception:
    """EC2's answer to ids that do not exist, or cannot."""
    malformed = [name for name in names if not INSTANCE_ID.fullmatch(name)]
    if malformed:
        return Ec2Error("InvalidInstanceID.Malformed", f'Invalid id: "{malformed[0]}"')
    return InvalidInstanceIdError(names if len(names) > 1 else names[0])


@correction(
    "ec2.describe-instances",
    stock="pages by reservation, knows few filters and fails on others, searches all instances for each id, and takes "
          "3 to 4 ms to write one",
    aws="pages by instance, knows some 100 filters, and names an unknown one with InvalidParameterValue",
    page=API + "API_DescribeInstances.html",
)
def describe_instances_page() -> None:
    """Responders read thousands of instances, page by page, and then make a call for each."""
    _keep_index()

    @add(InstanceResponse)
    def describe_instances(self: Any) -> str:
        self.error_on_dryrun()
        ids, size = self._get_param("InstanceIds", []), self._get_param("MaxResults")
        if ids and size:
            raise InvalidParameterCombination(
                "The parameter instancesSet cannot be used with the parameter maxResults")
        backend = self.ec2_backend
        known = backend.get_multi_instances_by_id(list(dict.fromkeys(ids))) if ids else index_of(backend).values()
        launched = [instance for instance in list(known) if hasattr(instance, "rk_reservation")]
        found = passing(launched, self._filters_from_querystring())
        start = _start(found, self._get_param("NextToken"))
        page = found[start:start + _size(size)]
        more = start + len(page) < len(found)
        reservations: dict[str, tuple[Any, list[Any]]] = {}
        for instance in page:
            reservation = instance.rk_reservation
            reservations.setdefault(reservation.id, (reservation, []))[1].append(instance)
        content = items("reservationSet", (reservation_xml(reservation.id, reservation.owner_id, instances)
                                           for reservation, instances in reservations.values()))
        return document("DescribeInstances", content + (f"<nextToken>{page[-1].id}</nextToken>" if more else ""))

    @wrap(InstanceResponse)
    def run_instances(original: Any, self: Any) -> Any:
        reservation = original(self).result
        return document("RunInstances", reservation_xml(reservation.id, reservation.owner_id, reservation.instances,
                                                        PENDING))


def _keep_index() -> None:
    initialize = Instance.__init__

    def __init__(self: Any, backend: Any, *args: Any, **kwargs: Any) -> None:
        initialize(self, backend, *args, **kwargs)
        index_of(backend)[self.id] = self

    Instance.__init__ = __init__

    @wrap(InstanceBackend)
    def run_instances(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        reservation = original(self, *args, **kwargs)
        for instance in reservation.instances:
            instance.rk_reservation = reservation
        return reservation

    @add(InstanceBackend)
    def get_instance(self: Any, instance_id: str) -> Any:
        instance = index_of(self).get(instance_id)
        if instance is None:
            raise unknown_instances([instance_id])
        return instance

    @add(InstanceBackend)
    def get_instance_by_id(self: Any, instance_id: str) -> Any:
        return index_of(self).get(instance_id)

    @add(InstanceBackend)
    def get_multi_instances_by_id(self: Any, instance_ids: list[str], filters: Any = None) -> list[Any]:
        known = index_of(self)
        missing = [name for name in instance_ids if name not in known]
        if missing:
            raise unknown_instances(missing)
        return [known[name] for name in instance_ids if known[name].applies(filters)]


def _size(asked: Any) -> int:
    size = int(asked or MAXIMUM_RESULTS)
    if not 5 <= size <= MAXIMUM_RESULTS:
        raise Ec2Error("InvalidParameterValue", f"Value ( {size} ) for parameter maxResults is invalid. "
                       f"Expecting a value between 5 and {MAXIMUM_RESULTS}.")
    return size


def _start(found: list[Any], token: str | None) -> int:
    """The position behind the instance that the token names. Instances never leave the index, so it stays there."""
    if not token:
        return 0
    for position, instance in enumerate(found):
        if instance.id == token:
            return position + 1
    raise Ec2Error("InvalidNextToken", "The token is not valid for this request.")


# https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
ALWAYS_ON = {
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-south-1", "ap-northeast-1", "ap-northeast-2",
    "ap-northeast-3", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-west-1", "eu-west-2",
    "eu-west-3", "eu-north-1", "sa-east-1",
}


@correction(
    "ec2.regions",
    stock="lists every region as if opted in, and ignores AllRegions and the filters",
    aws="lists the regions enabled for the account, and others only with AllRegions",
    page=API + "API_DescribeRegions.html",
)
def regions() -> None:
    """Attackers like regions that nobody watches; responders must ask which ones are on."""

    @wrap(AvailabilityZonesAndRegions)
    def describe_regions(original: Any, self: Any) -> Any:
        every = original(self).result["Regions"]
        named, everywhere = self._get_param("RegionNames", []), self._get_param("AllRegions")
        unknown = set(named) - {region.name for region in every}
        if unknown:
            raise Ec2Error("InvalidParameterValue", f"Invalid region provided: {sorted(unknown)}")
        found = []
        for region in every:
            always = region.name in ALWAYS_ON or not region.name.startswith(("us-", "eu-", "ap-", "ca-", "sa-", "af-",
                                                                             "me-", "il-", "mx-"))
            status = "opt-in-not-required" if always else "not-opted-in"
            if always or named or str(everywhere).lower() == "true":
                found.append({"RegionName": region.name, "Endpoint": f"ec2.{region.name}.amazonaws.com",
                              "OptInStatus": status})
        return ActionResult({"Regions": [region for region in found if self._rk_region_passes(region)]})

    @add(AvailabilityZonesAndRegions)
    def _rk_region_passes(self: Any, region: dict[str, str]) -> bool:
        fields = {"region-name": "RegionName", "endpoint": "Endpoint", "opt-in-status": "OptInStatus"}
        for name, wanted in self._filters_from_querystring().items():
            if name not in fields:
                raise Ec2Error("InvalidParameterValue", f"The filter '{name}' is invalid")
            if not any(glob(pattern, region[fields[name]]) for pattern in wanted):
                return False
        return True
