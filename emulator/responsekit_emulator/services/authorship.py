"""Who made what, and when: what a resource says of its author, which no caller can write."""

from typing import Any

from flask import has_request_context, request
from moto.autoscaling.models import AutoScalingBackend as Scaling
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance
from moto.ecs.models import EC2ContainerServiceBackend as Ecs
from moto.ecs.models import Service, Task, TaskDefinition

from ..corrections import add, correction, wrap
from .scaling import note_activity
from .scheduling import count_tasks

AUTOSCALING = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/"
EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/"
ECS = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
MOST_ACTIVITIES = 100


def caller() -> str | None:
    """The ARN of whoever makes the present call; None where no call is being made."""
    principal = request.environ.get("rk.principal") if has_request_context() else None
    return principal.arn if principal else None


# --- Auto Scaling ---------------------------------------------------------------------------------------------------
@correction(
    "autoscaling.activities",
    stock="answers DescribeScalingActivities with nothing",
    aws="lists for six weeks which instances a group launched, attached, detached and terminated, newest first, and those "
        "of deleted groups on demand",
    page=AUTOSCALING + "API_DescribeScalingActivities.html",
)
def activities() -> None:
    """Membership proves nothing: whoever may attach an instance makes it a member."""

    @add(AutoScalingResponse)
    def describe_scaling_activities(self: Any) -> Any:
        backend = self.autoscaling_backend
        name, wanted = self._get_param("AutoScalingGroupName"), self._get_param("ActivityIds") or []
        deleted = str(self._get_param("IncludeDeletedGroups")).lower() == "true"
        found = [activity for activity in reversed(backend.__dict__.get("rk_activities", []))
                 if name in (None, activity.auto_scaling_group_name) and (not wanted or activity.activity_id in wanted)
                 and (deleted or backend.autoscaling_groups.get(activity.auto_scaling_group_name)
                      is activity.auto_scaling_group)]
        first = int(self._get_param("NextToken") or 0)
        last = first + min(int(self._get_param("MaxRecords") or MOST_ACTIVITIES), MOST_ACTIVITIES)
        answer: dict[str, Any] = {"Activities": found[first:last]}
        if last < len(found):
            answer["NextToken"] = str(last)
        return ActionResult(answer)

    @wrap(Scaling)
    def attach_instances(original: Any, self: Any, group_name: str, instance_ids: list[str]) -> None:
        original(self, group_name, instance_ids)
        for name in instance_ids:
            note_activity(self.autoscaling_groups[group_name], f"Attaching an existing EC2 instance: {name}",
                          "an instance was attached in response to a user request.")

    @wrap(Scaling)
    def detach_instances(original: Any, self: Any, group_name: str, instance_ids: list[str], decrement: bool) -> Any:
        answer = original(self, group_name, instance_ids, decrement)
        for name in instance_ids:
            note_activity(self.autoscaling_groups[group_name], f"Detaching EC2 instance: {name}",
                          "an instance was detached in response to a user request.")
        return answer


# --- EC2 ------------------------------------------------------------------------------------------------------------
@correction(
    "ec2.launch-time-starts-anew",
    stock="keeps the launch time when a stopped instance is started",
    aws="sets LaunchTime to the last start; the volumes and the primary network interface keep their attach times",
    page=EC2 + "APIReference/API_Instance.html",
)
def launch_time_starts_anew() -> None:
    """An old server that was started today looks as if it were launched today."""

    @wrap(Instance)
    def start(original: Any, self: Any) -> Any:
        stopped = self._state.name == "stopped"
        answer = original(self)
        if stopped:
            self.launch_time = utcnow()
        return answer


# --- ECS ------------------------------------------------------------------------------------------------------------
@correction(
    "ecs.idempotent-clusters",
    stock="puts a new, empty cluster in the place of the one that is there",
    aws="answers CreateCluster with the cluster of that name, if there is one, and what is in it",
    page=ECS + "API_CreateCluster.html",
)
def idempotent_clusters() -> None:
    """Who may only create clusters can so name any cluster in a record of creation."""

    @wrap(Ecs)
    def create_cluster(original: Any, self: Any, cluster_name: str, *args: Any, **kwargs: Any) -> Any:
        known = self.clusters.get(cluster_name)
        if known is not None and known.status == "ACTIVE":
            count_tasks(self, known)
            return known
        return original(self, cluster_name, *args, **kwargs)


@correction(
    "ecs.authors",
    stock="does not tell who made services and task definitions, nor when services, tasks and definitions came to be",
    aws="tells createdBy and createdAt of services, createdAt of tasks, registeredBy and registeredAt of definitions",
    page=ECS + "API_Service.html",
)
def authors() -> None:
    """What a cluster contains tells whose it is."""

    def stamp(kind: Any, moment: str, author: str | None) -> None:
        original = kind.__init__

        def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
            original(self, *args, **kwargs)
            setattr(self, moment, utcnow())
            if author is not None:
                setattr(self, author, caller())

        kind.__init__ = __init__

    stamp(Service, "created_at", "created_by")
    stamp(TaskDefinition, "registered_at", "registered_by")
    stamp(Task, "created_at", None)

