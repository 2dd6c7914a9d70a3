"""How an Auto Scaling group comes to its size. Used by the corrections of autoscaling.py; enters none itself.

https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html
https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
"""

import math
import time
from typing import Any

from moto.autoscaling.models import Activity, autoscaling_backends

from .service_calls import record_scaling_call

TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING"
WAITING = "Terminating:Wait"
RETAINED = "Terminating:Retained"
PENDING_DELETE = "PendingDelete"


def is_suspended(group: Any, *processes: str) -> bool:
    """True if any of the processes is suspended."""
    return bool(set(processes) & set(group._suspended_processes or []))


def target_count(group: Any) -> int:
    """How many instances the desired capacity means; with weights, fewer than that."""
    policy = group.mixed_instances_policy or {}
    overrides = policy.get("LaunchTemplate", {}).get("Overrides") or [{}]
    weight = int(overrides[0].get("WeightedCapacity") or 1)
    return math.ceil((group.desired_capacity or 0) / max(weight, 1))


def converge(group: Any) -> None:
    """Brings the group to its desired capacity, as far as suspended processes, protection and hooks let it."""
    expire(group)
    wanted = target_count(group)
    active = group.active_instances()
    if len(active) < wanted and not is_suspended(group, "Launch"):
        launch(group, wanted - len(active))
    elif len(active) > wanted and not is_suspended(group, "Terminate"):
        free = [state for state in active if not state.protected_from_scale_in]
        for state in free[:len(active) - wanted]:
            begin_termination(group, state)
    fill_warm_pool(group)
    backend = group.autoscaling_backend
    if group.name in backend.autoscaling_groups:
        backend.update_attached_elbs(group.name)
        backend.update_attached_target_groups(group.name)


def launch(group: Any, count: int) -> None:
    """Adds members: from the warm pool first, else new ones."""
    pool = warm_states(group)
    for state in pool[:count]:
        pool.remove(state)
        if state.instance.state == "stopped":
            state.instance.start()
        state.lifecycle_state = "InService"
        state.protected_from_scale_in = group.new_instances_protected_from_scale_in
        group.instance_states.append(state)
        count -= 1
    if count > 0:
        known = {state.instance.id for state in group.instance_states}
        group.replace_autoscaling_group_instances(count, group.get_propagated_tags())
        launched = [state.instance for state in group.instance_states if state.instance.id not in known]
        note_launches(group, launched, "Launching a new EC2 instance")
        record_scaling_call(group, "RunInstances", launched)


def note_launches(group: Any, instances: list[Any], what: str) -> None:
    """Enters an activity for each instance that the group launched."""
    for instance in instances:
        note_activity(group, f"{what}: {instance.id}", "an instance was started in response to a difference between "
                      "desired and actual capacity.")


def note_activity(group: Any, description: str, cause: str) -> None:
    """Enters a finished activity of a group."""
    activity = Activity(description, cause, group, status_code="Successful")
    activity.progress, activity.details, activity.auto_scaling_group_arn = 100, "{}", group.arn
    group.autoscaling_backend.__dict__.setdefault("rk_activities", []).append(activity)


def hooks_of(group: Any) -> list[Any]:
    """The hooks that hold terminating members."""
    hooks = group.autoscaling_backend.lifecycle_hooks.values()
    return [hook for hook in hooks
            if hook.auto_scaling_group_name == group.name and hook.lifecycle_transition == TERMINATING]


def begin_termination(group: Any, state: Any, force: bool = False) -> None:
    """Ends a member, or lets a termination hook hold it."""
    hooks = [] if force else hooks_of(group)
    if hooks and state.lifecycle_state != WAITING:
        state.lifecycle_state = WAITING
        state.rk_hooks = {hook.name: time.monotonic() + hook.heartbeat_timeout for hook in hooks}
    else:
        finish_termination(group, state)


def finish_termination(group: Any, state: Any) -> None:
    """Ends a member. EC2's own termination protection does not bind Auto Scaling."""
    group.instance_states = [other for other in group.instance_states if other is not state]
    if state.instance.state not in ("terminated", "shutting-down"):
        state.instance.terminate()
        note_activity(group, f"Terminating EC2 instance: {state.instance.id}", "an instance was taken out of service.")
        record_scaling_call(group, "TerminateInstances", [state.instance])


def release_hook(group: Any, state: Any, hook: str, result: str) -> None:
    """One hook lets a waiting member go; with the last one it ends, unless an abandoned one is to be retained."""
    state.rk_hooks.pop(hook, None)
    if result == "ABANDON" and _retains(group):
        state.lifecycle_state = RETAINED
    elif not state.rk_hooks or result == "ABANDON":
        finish_termination(group, state)


def _retains(group: Any) -> bool:
    policy = getattr(group, "instance_lifecycle_policy", None) or {}
    return (policy.get("RetentionTriggers") or {}).get("TerminateHookAbandon") == "retain"


def waiting(group: Any) -> list[Any]:
    """Members that a termination hook holds."""
    return [state for state in group.instance_states if state.lifecycle_state == WAITING]


def expire(group: Any) -> None:
    """Hooks whose time is over let go, with their default result."""
    now = time.monotonic()
    known = {hook.name: hook for hook in hooks_of(group)}
    for state in waiting(group):
        for name, deadline in list(state.rk_hooks.items()):
            if name not in known or now >= deadline:
                result = known[name].default_result if name in known else "CONTINUE"
                release_hook(group, state, name, result)


def expire_all(account: str, region: str) -> None:
    """Looks at the hooks of every group of an account and region, if there are any."""
    if account in autoscaling_backends and region in autoscaling_backends[account].keys():
        for group in list(autoscaling_backends[account][region].autoscaling_groups.values()):
            expire(group)


# --- Warm pool ------------------------------------------------------------------------------------------------------
def warm_states(group: Any) -> list[Any]:
    """The instances of the warm pool; a list to change in place."""
    return group.__dict__.setdefault("rk_warm", [])


def is_leaving(pool: Any) -> bool:
    """True once the pool is to be deleted."""
    return getattr(pool, "status", None) == PENDING_DELETE


def warm_size(group: Any) -> int:
    """How many instances the warm pool should hold."""
    pool = getattr(group, "warm_pool", None)
    if pool is None or is_leaving(pool):
        return 0
    prepared = pool.max_group_prepared_capacity
    total = int(prepared) if prepared is not None and int(prepared) >= 0 else int(group.max_size or 0)
    return max(int(pool.min_size or 0), total - int(group.desired_capacity or 0), 0)


def fill_warm_pool(group: Any) -> None:
    """Brings the warm pool to its size."""
    if getattr(group, "warm_pool", None) is None:
        return
    pool, wanted = warm_states(group), warm_size(group)
    held = bool(hooks_of(group))
    for state in pool[wanted:]:
        if held:
            state.lifecycle_state = "Warmed:Terminating:Wait"
        else:
            pool.remove(state)
            finish_termination(group, state)
    if is_leaving(group.warm_pool) and not pool:
        group.warm_pool = None
        return
    if len(pool) < wanted and not is_suspended(group, "Launch"):
        members = list(group.instance_states)
        group.replace_autoscaling_group_instances(wanted - len(pool), group.get_propagated_tags())
        made = [state for state in group.instance_states if state not in members]
        group.instance_states = members
        kind = group.warm_pool.pool_state or "Stopped"
        for state in made:
            if kind != "Running":
                state.instance.stop()
            state.lifecycle_state = f"Warmed:{kind}"
            state.protected_from_scale_in = False
        pool.extend(made)
        note_launches(group, [state.instance for state in made], "Launching a new EC2 instance into warm pool")
        record_scaling_call(group, "RunInstances", [state.instance for state in made])
