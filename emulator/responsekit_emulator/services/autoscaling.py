"""Auto Scaling: protection, hooks, suspended processes, warm pools, deletion protection, validation."""

import time
import uuid
from typing import Any

from moto.autoscaling.models import AutoScalingBackend as Backend
from moto.autoscaling.models import FakeAutoScalingGroup as Group
from moto.autoscaling.models import LifecycleHook, TerminateInstanceActivity
from moto.autoscaling.responses import AutoScalingResponse as Response
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2.responses.instances import InstanceResponse

from ..corrections import add, correction, wrap
from .errors import AwsError
from .scaling import (
    PENDING_DELETE,
    begin_termination,
    converge,
    expire,
    expire_all,
    fill_warm_pool,
    finish_termination,
    is_suspended,
    release_hook,
    waiting,
    warm_states,
)

GUIDE = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/"
API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/"


def invalid(text: str) -> AwsError:
    """Auto Scaling's answer to what it cannot do."""
    return AwsError("ValidationError", text)


def group_named(backend: Any, name: str | None) -> Any:
    """The group, or AWS's error for a name that does not exist."""
    group = backend.autoscaling_groups.get(name)
    if group is None:
        raise invalid(f"AutoScalingGroup name not found - AutoScalingGroup '{name}' not found")
    return group


@correction(
    "autoscaling.scaling",
    stock="lets EC2 termination protection stop scale-in halfway, ignores suspended processes and lifecycle hooks",
    aws="terminates members despite EC2 termination protection, but not scale-in protected ones, not while Terminate "
        "is suspended, and not before termination hooks have let them go",
    page=GUIDE + "ec2-auto-scaling-instance-protection.html",
)
def scaling() -> None:
    """Scaling to zero beats un-protecting thousands of instances; what hinders it must hinder it here too."""

    @add(Group)
    def set_desired_capacity(self: Any, new_capacity: int | None) -> None:
        self.desired_capacity = self.min_size if new_capacity is None else new_capacity
        converge(self)

    @wrap(Backend)
    def resume_processes(original: Any, self: Any, name: str, processes: list[str]) -> None:
        group = group_named(self, name)
        original(self, name, processes)
        converge(group)

    @wrap(Backend)
    def suspend_processes(original: Any, self: Any, name: str, processes: list[str]) -> None:
        group_named(self, name)
        original(self, name, processes)

    @wrap(Backend)
    def set_instance_protection(original: Any, self: Any, name: str, ids: list[str], protected: bool) -> None:
        group = group_named(self, name)
        if len(ids) > 50:
            raise invalid("The number of instance IDs must be at most 50.")
        known = {state.instance.id for state in group.instance_states}
        for unknown in set(ids) - known:
            raise invalid(f"The instance {unknown} is not part of Auto Scaling group {name}.")
        original(self, name, ids, protected)
        converge(group)

    _react_to_lost_members()
    _end_single_members()


def _react_to_lost_members() -> None:
    @add(Backend)
    def notify_terminate_instances(self: Any, instance_ids: list[str]) -> None:
        ended = set(instance_ids)
        for group in list(self.autoscaling_groups.values()):
            states = [state for state in group.instance_states if state.instance.id not in ended]
            pool = warm_states(group)
            pool[:] = [state for state in pool if state.instance.id not in ended]
            if len(states) != len(group.instance_states):
                group.instance_states = states
                if not is_suspended(group, "HealthCheck", "ReplaceUnhealthy"):
                    converge(group)


def _end_single_members() -> None:
    @add(Backend)
    def terminate_instance(self: Any, instance_id: str, should_decrement: bool) -> Any:
        for group in list(self.autoscaling_groups.values()):
            for state in [*group.instance_states, *warm_states(group)]:
                if state.instance.id == instance_id:
                    former = group.desired_capacity
                    if should_decrement:
                        if former - 1 < (group.min_size or 0):
                            raise invalid(f"Currently, desiredSize equals minSize ({former}). Terminating instance "
                                          "without replacement will violate group's min size constraint.")
                        group.desired_capacity = former - 1
                    if state in warm_states(group):
                        warm_states(group).remove(state)
                        finish_termination(group, state)
                    else:
                        begin_termination(group, state, state.lifecycle_state.endswith("Retained"))
                    converge(group)
                    return TerminateInstanceActivity(state.instance, former)
        raise invalid(f"Instance Id not found - No managed instance found for instance ID: {instance_id}")


@correction(
    "autoscaling.lifecycle-hooks",
    stock="records lifecycle hooks, invents their role and queue, and cannot complete an action",
    aws="holds terminating members in Terminating:Wait until the action is completed, the hook deleted, or time is up",
    page=GUIDE + "lifecycle-hooks.html",
)
def lifecycle_hooks() -> None:
    """A hook of two days keeps miners running through a scale-in."""
    original_init = LifecycleHook.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        original_init(self, *args, **kwargs)
        self.role_arn = self.notification_target_arn = None

    LifecycleHook.__init__ = __init__

    @wrap(Response)
    def put_lifecycle_hook(original: Any, self: Any) -> Any:
        group_named(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
        result = original(self)
        key = f"{self._get_param('AutoScalingGroupName')}_{self._get_param('LifecycleHookName')}"
        hook = self.autoscaling_backend.lifecycle_hooks[key]
        hook.role_arn = self._get_param("RoleARN")
        hook.notification_target_arn = self._get_param("NotificationTargetARN")
        hook.notification_metadata = self._get_param("NotificationMetadata")
        hook.global_timeout = min(100 * int(hook.heartbeat_timeout), 172800)
        return result

    @wrap(Backend)
    def delete_lifecycle_hook(original: Any, self: Any, as_name: str, name: str) -> None:
        group = group_named(self, as_name)
        if f"{as_name}_{name}" not in self.lifecycle_hooks:
            raise invalid(f"No Lifecycle Hook found with name {name}")
        original(self, as_name, name)
        converge(group)

    _answer_hooks()

    @wrap(Response)
    def setup_class(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        expire_all(self.current_account, self.region)

    @wrap(InstanceResponse)
    def describe_instances(original: Any, self: Any) -> Any:
        expire_all(self.current_account, self.region)
        return original(self)


def _answer_hooks() -> None:
    @add(Response)
    def complete_lifecycle_action(self: Any) -> Any:
        group, states = _held(self)
        for state in states:
            release_hook(group, state, self._get_param("LifecycleHookName"),
                         self._get_param("LifecycleActionResult"))
        converge(group)
        return EmptyResult()

    @add(Response)
    def record_lifecycle_action_heartbeat(self: Any) -> Any:
        group, states = _held(self)
        name = self._get_param("LifecycleHookName")
        hook = self.autoscaling_backend.lifecycle_hooks[f"{group.name}_{name}"]
        for state in states:
            state.rk_hooks[name] = time.monotonic() + hook.heartbeat_timeout
        return EmptyResult()


def _held(response: Any) -> tuple[Any, list[Any]]:
    """The group and the members that the request's hook holds."""
    backend, ask = response.autoscaling_backend, response._get_param
    group = group_named(backend, ask("AutoScalingGroupName"))
    if f"{group.name}_{ask('LifecycleHookName')}" not in backend.lifecycle_hooks:
        raise invalid(f"No Lifecycle Hook found with name {ask('LifecycleHookName')}")
    states = [state for state in waiting(group) if ask("LifecycleHookName") in state.rk_hooks
              and ask("InstanceId") in (None, state.instance.id)]
    if not states:
        raise invalid(f"No active Lifecycle Action found with instance ID {ask('InstanceId')}")
    return group, states


@correction(
    "autoscaling.delete-group",
    stock="deletes a group with members and leaves them running as orphans; ignores ForceDelete",
    aws="refuses with ResourceInUse while there are members, unless forced; then it terminates them without hooks",
    page=API + "API_DeleteAutoScalingGroup.html",
)
def delete_group() -> None:
    """The group must be empty, or ForceDelete asked for by name."""

    @add(Response)
    def delete_auto_scaling_group(self: Any) -> Any:
        backend = self.autoscaling_backend
        group = group_named(backend, self._get_param("AutoScalingGroupName"))
        force = str(self._get_param("ForceDelete")).lower() == "true"
        _check_deletion_protection(group, force)
        expire(group)
        if (group.instance_states or warm_states(group)) and not force:
            raise AwsError("ResourceInUse", "You cannot delete an AutoScalingGroup while there are instances or "
                           "pending Spot instance request(s) still in the group.")
        group.max_size = group.min_size = group.desired_capacity = 0
        group.warm_pool = None
        for state in [*group.instance_states, *warm_states(group)]:
            finish_termination(group, state)
        warm_states(group).clear()
        backend.autoscaling_groups.pop(group.name, None)
        for registry in (backend.lifecycle_hooks, backend.scheduled_actions, backend.policies):
            for key, entry in list(registry.items()):
                if getattr(entry, "auto_scaling_group_name", None) == group.name:
                    del registry[key]
        return EmptyResult()


def _check_deletion_protection(group: Any, force: bool) -> None:
    level = getattr(group, "deletion_protection", None)
    if level == "prevent-all-deletion" or (level == "prevent-force-deletion" and force):
        raise invalid(f"You cannot delete Auto Scaling group {group.name} while its deletion protection is {level}.")


@correction(
    "autoscaling.kept-settings",
    stock="drops DeletionProtection and InstanceLifecyclePolicy",
    aws="keeps both, shows them, and lets deletion protection refuse DeleteAutoScalingGroup with ValidationError",
    page=GUIDE + "resource-deletion-protection.html",
)
def kept_settings() -> None:
    """Both are ways to slow a responder down."""

    def keep(response: Any) -> None:
        group = response.autoscaling_backend.autoscaling_groups.get(response._get_param("AutoScalingGroupName"))
        for parameter, attribute in (("DeletionProtection", "deletion_protection"),
                                     ("InstanceLifecyclePolicy", "instance_lifecycle_policy")):
            value = response._get_param(parameter)
            if group is not None and value is not None:
                setattr(group, attribute, value)

    @wrap(Response)
    def create_auto_scaling_group(original: Any, self: Any) -> Any:
        result = original(self)
        keep(self)
        return result

    @wrap(Response)
    def update_auto_scaling_group(original: Any, self: Any) -> Any:
        result = original(self)
        keep(self)
        return result


@correction(
    "autoscaling.bounds",
    stock="accepts a minimum above the maximum, a desired capacity outside both, and a second group of one name",
    aws="refuses each with ValidationError or AlreadyExists; new bounds alone pull the desired capacity within them",
    page=API + "API_UpdateAutoScalingGroup.html",
)
def bounds() -> None:
    """Setting the maximum first, then the minimum, fails in AWS: one call must set all three."""

    @wrap(Response)
    def create_auto_scaling_group(original: Any, self: Any) -> Any:
        name = self._get_param("AutoScalingGroupName")
        if name in self.autoscaling_backend.autoscaling_groups:
            raise AwsError("AlreadyExists", "AutoScalingGroup by this name already exists - A group with the name "
                           f"{name} already exists")
        _check(self._get_int_param("MinSize", 0), self._get_int_param("MaxSize", 0),
               self._get_int_param("DesiredCapacity"))
        return original(self)

    @wrap(Group)
    def update(original: Any, self: Any, **fields: Any) -> Any:
        low = self.min_size if fields.get("min_size") is None else fields["min_size"]
        high = self.max_size if fields.get("max_size") is None else fields["max_size"]
        _check(low, high, fields.get("desired_capacity"))
        if fields.get("desired_capacity") is None and not low <= (self.desired_capacity or 0) <= high:
            fields["desired_capacity"] = min(max(self.desired_capacity or 0, low), high)
        return original(self, **fields)

    @wrap(Response)
    def set_desired_capacity(original: Any, self: Any) -> Any:
        group = group_named(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
        wanted = self._get_int_param("DesiredCapacity")
        if not group.min_size <= wanted <= group.max_size:
            side, value = ("above max", group.max_size) if wanted > group.max_size else ("below min", group.min_size)
            raise invalid(f"New SetDesiredCapacity value {wanted} is {side} value {value} for the AutoScalingGroup.")
        return original(self)


def _check(low: int, high: int, desired: int | None) -> None:
    if low > high:
        raise invalid(f"Max bound, {high}, must be greater than or equal to min bound, {low}")
    if desired is not None and not low <= desired <= high:
        raise invalid(f"Desired capacity:{desired} must be between the specified min size:{low} and max size:{high}")


@correction(
    "autoscaling.warm-pool",
    stock="records a warm pool without instances",
    aws="keeps prepared instances in it, stopped unless told otherwise; deleting waits for their hooks unless forced",
    page=GUIDE + "ec2-auto-scaling-warm-pools.html",
)
def warm_pool() -> None:
    """A pool survives a scale-in to zero and refills the group."""

    @wrap(Backend)
    def put_warm_pool(original: Any, self: Any, group_name: str, *args: Any, **kwargs: Any) -> None:
        group = group_named(self, group_name)
        original(self, group_name, *args, **kwargs)
        fill_warm_pool(group)

    @add(Response)
    def describe_warm_pool(self: Any) -> Any:
        group = group_named(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
        return ActionResult({"WarmPoolConfiguration": group.warm_pool, "Instances": list(warm_states(group))})

    @add(Response)
    def delete_warm_pool(self: Any) -> Any:
        group = group_named(self.autoscaling_backend, self._get_param("AutoScalingGroupName"))
        if group.warm_pool is None:
            raise invalid(f"No warm pool found for group {group.name}")
        if str(self._get_param("ForceDelete")).lower() == "true":
            for state in list(warm_states(group)):
                finish_termination(group, state)
            warm_states(group).clear()
        group.warm_pool.status = PENDING_DELETE
        fill_warm_pool(group)
        return EmptyResult()

    Group.warm_pool_size = property(lambda self: len(warm_states(self)))


@correction(
    "autoscaling.instance-refresh",
    stock="lacks the instance refresh operations",
    aws="answers ActiveInstanceRefreshNotFound when there is none to cancel",
    page=API + "API_CancelInstanceRefresh.html",
)
def instance_refresh() -> None:
    """A refresh relaunches what responders terminate; they cancel it, usually in vain."""

    def refreshes(response: Any) -> list[dict[str, Any]]:
        group = group_named(response.autoscaling_backend, response._get_param("AutoScalingGroupName"))
        return group.__dict__.setdefault("rk_refreshes", [])

    @add(Response)
    def start_instance_refresh(self: Any) -> Any:
        known = refreshes(self)
        if any(refresh["Status"] == "InProgress" for refresh in known):
            raise AwsError("InstanceRefreshInProgress", "An Instance Refresh is already in progress.")
        refresh = {"InstanceRefreshId": str(uuid.uuid4()), "Status": "InProgress", "StartTime": utcnow(),
                   "AutoScalingGroupName": self._get_param("AutoScalingGroupName"), "PercentageComplete": 0}
        known.insert(0, refresh)
        return ActionResult({"InstanceRefreshId": refresh["InstanceRefreshId"]})

    @add(Response)
    def describe_instance_refreshes(self: Any) -> Any:
        return ActionResult({"InstanceRefreshes": refreshes(self)})

    def cancel(self: Any) -> Any:
        active = [refresh for refresh in refreshes(self) if refresh["Status"] == "InProgress"]
        if not active:
            raise AwsError("ActiveInstanceRefreshNotFound",
                           "No in progress or pending Instance Refresh found for Auto Scaling group "
                           + str(self._get_param("AutoScalingGroupName")))
        active[0].update(Status="Cancelled", EndTime=utcnow())
        return ActionResult({"InstanceRefreshId": active[0]["InstanceRefreshId"]})

    Response.cancel_instance_refresh = Response.rollback_instance_refresh = cancel

