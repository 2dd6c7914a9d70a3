"""`requestParameters` as CloudTrail records them, service by service.

EC2 keeps the shape of its XML (`...Set` with `items`); newer EC2 operations nest everything in `<Operation>Request`
in the spelling of the wire; the others write the parameters in lower camel case.
"""

import datetime
import re
from typing import Any

from .shapes import lower_first, lowered, shapes_of

REMOVED = "<sensitiveDataRemoved>"
NESTED_EC2 = {
    "CreateLaunchTemplate", "CreateLaunchTemplateVersion", "ModifyLaunchTemplate", "DeleteLaunchTemplate",
    "DeleteLaunchTemplateVersions", "DescribeLaunchTemplates", "DescribeLaunchTemplateVersions", "CreateFleet",
    "ModifyFleet", "DeleteFleets", "DescribeFleets", "DescribeFleetInstances", "GetLaunchTemplateData",
}
HIDDEN_MEMBERS = {"secretstring", "sshpublickeybody", "certificatebody", "privatekey"}
REMOVED_MEMBERS = {"password", "newpassword", "oldpassword", "zipfile", "tokencode", "authenticationcode1",
                   "authenticationcode2"}


def request_parameters(service: str, action: str, parameters: dict[str, Any], raw: dict[str, Any] | None) -> Any:
    """The `requestParameters` of a call; None for a call without parameters."""
    if service == "ec2":
        return _ec2(action, parameters, raw or {})
    shape, _ = shapes_of(service, action)
    value = lowered(parameters, shape, HIDDEN_MEMBERS, REMOVED_MEMBERS)
    if service == "lambda" and "environment" in value:
        value["environment"] = {}  # variables are never recorded
    return value or None


# --- EC2 -------------------------------------------------------------------------------------------------------------
ITEM_NAMES = {
    "InstanceIds": ("instancesSet", "instanceId"),
    "GroupIds": ("securityGroupIdSet", "groupId"),
    "SecurityGroupIds": ("groupSet", "groupId"),
    "SecurityGroups": ("groupSet", "groupName"),
    "Resources": ("resourcesSet", "resourceId"),
    "RegionNames": ("regionSet", "regionName"),
    "ImageIds": ("imagesSet", "imageId"),
    "VolumeIds": ("volumeSet", "volumeId"),
    "VpcIds": ("vpcSet", "vpcId"),
    "SubnetIds": ("subnetSet", "subnetId"),
    "SnapshotIds": ("snapshotSet", "snapshotId"),
    "SpotInstanceRequestIds": ("spotInstanceRequestIdSet", "spotInstanceRequestId"),
    "Owners": ("ownersSet", "owner"),
}
PLAIN_LISTS = {"IpRanges", "Ipv6Ranges", "PrefixListIds", "BlockDeviceMappings"}
EMPTY_SETS = {
    "RunInstances": {"blockDeviceMapping": {}, "monitoring": {"enabled": False}, "disableApiTermination": False,
                     "disableApiStop": False},
    "DescribeInstances": {"filterSet": {}, "instancesSet": {}},
    "DescribeRegions": {"regionSet": {}},
    "DescribeSubnets": {"filterSet": {}, "subnetSet": {}},
    "DescribeVpcs": {"filterSet": {}, "vpcSet": {}},
    "DescribeImages": {"filterSet": {}, "imagesSet": {}, "ownersSet": {}, "executableBySet": {}},
    "DescribeSecurityGroups": {"filterSet": {}, "securityGroupSet": {}, "securityGroupIdSet": {}},
    "DescribeVolumes": {"filterSet": {}, "volumeSet": {}},
    "StopInstances": {"force": False},
}
OBJECT_SETS = {"Tags": "tagSet", "Filters": "filterSet", "TagSpecifications": "tagSpecificationSet",
               "NetworkInterfaces": "networkInterfaceSet", "IpPermissions": "ipPermissions",
               "UserIdGroupPairs": "groups", "BlockDeviceMappings": "blockDeviceMapping"}


def _ec2(action: str, parameters: dict[str, Any], raw: dict[str, Any]) -> Any:
    if action in NESTED_EC2:
        return {f"{action}Request": _nested(raw)}
    if action == "ModifyInstanceAttribute":
        return _modify_instance_attribute(parameters)
    value = {}
    for name, item in parameters.items():
        if name == "DryRun":
            continue
        key, converted = _ec2_member(name, item)
        value[key] = converted
    if action == "RunInstances":
        value = _run_instances(parameters, value)
    return {**EMPTY_SETS.get(action, {}), **value} or None


def _ec2_member(name: str, item: Any) -> tuple[str, Any]:
    if name == "UserData":
        return "userData", REMOVED
    if isinstance(item, dict):
        return lower_first(name), dict(_ec2_member(inner, value) for inner, value in item.items())
    if not isinstance(item, list):
        return lower_first(name), _scalar(item)
    if name in ITEM_NAMES:
        outer, inner = ITEM_NAMES[name]
        return outer, {"items": [{inner: value} for value in item]}
    objects = [_ec2_item(name, entry) for entry in item]
    plain = name in PLAIN_LISTS or name.endswith("Set")
    return OBJECT_SETS.get(name, lower_first(name) + ("" if plain else "Set")), {"items": objects}


def _ec2_item(name: str, entry: Any) -> Any:
    if name == "TagSpecifications":
        tags = [{lower_first(key): value for key, value in tag.items()} for tag in entry.get("Tags", [])]
        return {"resourceType": entry.get("ResourceType"), "tags": tags}
    if name == "Filters":
        return {"name": entry.get("Name"), "valueSet": {"items": [{"value": v} for v in entry.get("Values", [])]}}
    if isinstance(entry, dict):
        return dict(_ec2_member(inner, value) for inner, value in entry.items())
    return {"value": entry}


def _scalar(value: Any) -> Any:
    return int(value.timestamp() * 1000) if isinstance(value, datetime.datetime) else value


def _run_instances(parameters: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    item = {lower_first(name): parameters[name] for name in ("ImageId", "MinCount", "MaxCount", "KeyName")
            if parameters.get(name) is not None}
    rest = {name: inner for name, inner in value.items() if name not in item}
    return {"instancesSet": {"items": [item]}, **rest}


def _modify_instance_attribute(parameters: dict[str, Any]) -> dict[str, Any]:
    """Both shapes: a member of its own, or Attribute and Value, whose value CloudTrail removes."""
    value: dict[str, Any] = {}
    for name, item in parameters.items():
        if name == "DryRun":
            continue
        if name == "Value":
            value["value"] = REMOVED
        elif name == "UserData":
            value["userData"] = REMOVED
        elif name == "Groups":
            value["groupSet"] = {"items": [{"groupId": group} for group in item]}
        else:
            value.update([_ec2_member(name, item)])
    return value


def _nested(raw: dict[str, Any]) -> dict[str, Any]:
    """The wire's own spelling as a tree; list entries carry their position as `tag`, a list of one is not a list."""
    tree: dict[str, Any] = {}
    for name, text in raw.items():
        if name == "DryRun":
            continue
        node = tree
        parts = name.split(".")
        for part in parts[:-1]:
            node = node.setdefault(part, {})
            if not isinstance(node, dict):
                break
        else:
            node[parts[-1]] = REMOVED if parts[-1] == "UserData" else _typed(text)
    return _listed(tree)


def _listed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(name.isdigit() for name in node):
        entries = []
        for name in sorted(node, key=int):
            entry = _listed(node[name])
            entries.append({**entry, "tag": int(name)} if isinstance(entry, dict) else {"content": entry,
                                                                                      "tag": int(name)})
        return entries[0] if len(entries) == 1 else entries
    return {name: _listed(item) for name, item in node.items()}


def _typed(text: Any) -> Any:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if isinstance(text, str) and re.fullmatch(r"-?\d{1,9}", text) else text
