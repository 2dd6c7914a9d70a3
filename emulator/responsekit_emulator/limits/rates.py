"""The token buckets that calls draw on: what AWS publishes, and what is assumed where it publishes nothing.

EC2: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
ECS: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
Lambda: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
STS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from dataclasses import dataclass
from typing import Any

from ..calls import Call
from ..trail.names import is_read_only


@dataclass(frozen=True)
class Rate:
    """A bucket: holds up to `burst` tokens and gains `per_second` of them. `published` is False for an assumption."""

    burst: float
    per_second: float
    published: bool = True


ECS_CATEGORIES = {
    "cluster-modify": ("CreateCluster", "DeleteCluster", "UpdateCluster", "UpdateClusterSettings",
                       "PutClusterCapacityProviders"),
    "task-definition-modify": ("RegisterTaskDefinition", "DeregisterTaskDefinition"),
    "task-definition-delete": ("DeleteTaskDefinitions",),
    "capacity-provider-modify": ("CreateCapacityProvider", "DeleteCapacityProvider", "UpdateCapacityProvider"),
    "service-modify": ("CreateService", "UpdateService", "DeleteService", "CreateTaskSet", "UpdateTaskSet",
                       "DeleteTaskSet", "UpdateServicePrimaryTaskSet", "StopServiceDeployment"),
    "cluster-resource-modify": ("RunTask", "StartTask", "StopTask", "RegisterContainerInstance",
                                "DeregisterContainerInstance", "UpdateContainerInstancesState"),
    "cluster-read": ("DescribeClusters", "ListClusters", "DescribeCapacityProviders"),
}
ECS = {
    "cluster-modify": Rate(20, 1),
    "task-definition-modify": Rate(20, 1),
    "task-definition-delete": Rate(5, 1),
    "capacity-provider-modify": Rate(10, 1),
    "service-modify": Rate(50, 5),
    "cluster-resource-modify": Rate(100, 40),
    "cluster-read": Rate(50, 20),
    "resource-read": Rate(100, 20),
}
EC2_OWN = {
    "TerminateInstances": Rate(100, 5),
    "RunInstances": Rate(5, 2),
    "CreateTags": Rate(100, 10),
    "CreateSnapshot": Rate(100, 5),
    "CreateSnapshots": Rate(100, 5),
    "ModifyNetworkInterfaceAttribute": Rate(100, 5),
}
EC2_RESOURCES = {"TerminateInstances": Rate(1000, 20), "StopInstances": Rate(1000, 20), "RunInstances": Rate(1000, 2)}
EC2_READ = {"open": Rate(50, 10), "narrow": Rate(100, 20)}
EC2_WRITE = Rate(50, 5)
LAMBDA = {"control": Rate(15, 15), "GetFunction": Rate(100, 100), "GetPolicy": Rate(15, 15)}
STS = {"sts": Rate(600, 600)}

# Nothing is published for these. IAM is one endpoint for the world and known to be slow to write; Auto Scaling is taken
# to be like EC2, which it calls. Per API for Auto Scaling; for IAM all reads share a bucket, and all writes another.
IAM = {"read": Rate(100, 20, published=False), "write": Rate(30, 5, published=False)}
AUTOSCALING = {"read": Rate(100, 20, published=False), "write": Rate(50, 5, published=False)}

Drawn = tuple[str, Rate, float]


def buckets_of(call: Call) -> list[Drawn]:
    """Name, rate and tokens of each bucket that the call draws on; empty where nothing is published nor assumed."""
    draws = DRAWS.get(call.service or "")
    return draws(call) if draws else []


def table() -> list[dict[str, Any]]:
    """Every bucket there is: by service and name, with burst and rate, and whether AWS publishes them."""
    rows = {
        "ec2": {**EC2_OWN, **{f"{name}/resources": rate for name, rate in EC2_RESOURCES.items()},
                **{f"Describe*/{name}": rate for name, rate in EC2_READ.items()}, "others": EC2_WRITE},
        "ecs": ECS, "lambda": LAMBDA, "sts": STS, "iam": IAM,
        "autoscaling": {f"{name} of each API": rate for name, rate in AUTOSCALING.items()},
    }
    return [{"service": service, "bucket": name, "burst": rate.burst, "per_second": rate.per_second,
             "published": rate.published}
            for service, buckets in rows.items() for name, rate in buckets.items()]


def _ec2(call: Call) -> list[Drawn]:
    action, parameters = call.action or "", call.parameters
    if action.startswith("Describe"):
        narrowed = any(parameters.get(name) for name in parameters if name.endswith("Ids") or name in
                       ("Filters", "MaxResults", "NextToken", "InstanceId"))
        kind = "narrow" if narrowed else "open"
        return [(f"{action}/{kind}", EC2_READ[kind], 1)]
    drawn: list[Drawn] = [(action, EC2_OWN.get(action, EC2_WRITE), 1)]
    if action in EC2_RESOURCES:
        count = len(parameters.get("InstanceIds") or []) or int(parameters.get("MaxCount") or 1)
        drawn.append((f"{action}/resources", EC2_RESOURCES[action], count))
    return drawn


def _ecs(call: Call) -> list[Drawn]:
    category = next((name for name, actions in ECS_CATEGORIES.items() if call.action in actions), "resource-read")
    return [(category, ECS[category], 1)]


def _lambda(call: Call) -> list[Drawn]:
    action = (call.action or "").rstrip("0123456789v_")
    if action in ("Invoke", "InvokeAsync", "InvokeWithResponseStream"):
        return []  # invocations are limited by concurrency, not by these
    name = action if action in LAMBDA else "control"
    return [(name, LAMBDA[name], 1)]


def _sts(call: Call) -> list[Drawn]:
    return [("sts", STS["sts"], 1)]


def _kind(call: Call) -> str:
    return "read" if is_read_only(call.service, call.action) else "write"


def _iam(call: Call) -> list[Drawn]:
    kind = _kind(call)
    return [(kind, IAM[kind], 1)]


def _autoscaling(call: Call) -> list[Drawn]:
    return [(call.action or "", AUTOSCALING[_kind(call)], 1)]


DRAWS = {"ec2": _ec2, "ecs": _ecs, "lambda": _lambda, "sts": _sts, "iam": _iam, "autoscaling": _autoscaling}
