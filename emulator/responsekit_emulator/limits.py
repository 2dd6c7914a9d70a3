"""Request limits as token buckets, with the rates that AWS publishes. Off unless switched on.

EC2: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
ECS: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from .calls import Call
from .switches import AccountSwitch

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
ECS_RATES = {
    "cluster-modify": (20, 1),
    "task-definition-modify": (20, 1),
    "task-definition-delete": (5, 1),
    "capacity-provider-modify": (10, 1),
    "service-modify": (50, 5),
    "cluster-resource-modify": (100, 40),
    "cluster-read": (50, 20),
    "resource-read": (100, 20),
}
EC2_OWN_RATES = {
    "TerminateInstances": (100, 5),
    "RunInstances": (5, 2),
    "CreateTags": (100, 10),
    "CreateSnapshot": (100, 5),
    "CreateSnapshots": (100, 5),
    "ModifyNetworkInterfaceAttribute": (100, 5),
}
EC2_RESOURCE_RATES = {"TerminateInstances": (1000, 20), "StopInstances": (1000, 20), "RunInstances": (1000, 2)}
UNFILTERED_READ, FILTERED_READ, OTHER_WRITE = (50, 10), (100, 20), (50, 5)


@dataclass
class Bucket:
    """Holds up to `size` tokens and gains `rate` of them each second."""

    size: float
    rate: float
    level: float
    filled: float

    def take(self, count: float, now: float) -> bool:
        """Takes `count` tokens if they are there. More than the bucket holds asks for a full one."""
        self.level = min(self.size, self.level + (now - self.filled) * self.rate)
        self.filled = now
        if self.level < min(count, self.size):
            return False
        self.level -= min(count, self.size)
        return True


def buckets_of(call: Call) -> list[tuple[str, tuple[float, float], float]]:
    """Name, (size, rate) and tokens of each bucket that the call draws on; empty where AWS publishes no rate."""
    action = call.action or ""
    if call.service == "ec2":
        parameters = call.parameters
        if action.startswith("Describe"):
            narrowed = any(parameters.get(name) for name in parameters if name.endswith("Ids") or name in
                           ("Filters", "MaxResults", "NextToken", "InstanceId"))
            rate = FILTERED_READ if narrowed else UNFILTERED_READ
            return [(f"{action}/{'narrow' if narrowed else 'open'}", rate, 1)]
        drawn = [(action, EC2_OWN_RATES.get(action, OTHER_WRITE), 1.0)]
        if action in EC2_RESOURCE_RATES:
            count = len(parameters.get("InstanceIds") or []) or int(parameters.get("MaxCount") or 1)
            drawn.append((f"{action}/resources", EC2_RESOURCE_RATES[action], count))
        return drawn
    if call.service == "ecs":
        category = next((name for name, actions in ECS_CATEGORIES.items() if action in actions), "resource-read")
        return [(category, ECS_RATES[category], 1)]
    if call.service == "sts":
        return [("sts", (600, 600), 1)]
    return []


class Limits:
    """The buckets of every account and region."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, ...], Bucket] = {}
        self.enabled = AccountSwitch()

    def reset(self) -> None:
        """Switches the limits off and fills every bucket."""
        with self._lock:
            self._buckets = {}
        self.enabled.reset()

    def admits(self, call: Call, account: str) -> bool:
        """True if the call may pass; then its tokens are taken."""
        if not self.enabled.on_for(account):
            return True
        now = self._clock()
        with self._lock:
            for name, (size, rate), count in buckets_of(call):
                place = (account, call.region or "", call.service or "", name)
                bucket = self._buckets.setdefault(place, Bucket(size, rate, size, now))
                if not bucket.take(count, now):
                    return False
        return True
