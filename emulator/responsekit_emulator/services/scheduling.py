"""How an ECS service comes to its tasks. Used by the corrections of the ecs modules; enters none itself.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
"""

import time
from typing import Any

from moto.core.utils import utcnow
from moto.ec2 import ec2_backends
from moto.ecs.exceptions import TaskDefinitionNotFoundException
from moto.ecs.models import Task

DRAINING_SECONDS = 0.5


def running_tasks(backend: Any, cluster: str) -> list[Any]:
    """The tasks of a cluster that are to run."""
    return [task for task in list(backend.tasks.get(cluster, {}).values()) if task.desired_status == "RUNNING"]


def tasks_of(backend: Any, service: Any) -> list[Any]:
    """The running tasks that belong to a service."""
    group = f"service:{service.name}"
    return [task for task in running_tasks(backend, service.cluster_name) if task.group == group]


def halt(backend: Any, task: Any, reason: str) -> None:
    """Stops a task at once, and gives back what it holds of its container instance and network."""
    instance = _container_instance(backend, task)
    if instance is not None and task.resource_requirements:
        backend.update_container_instance_resources(instance, task.resource_requirements, removing=True)
    task.last_status = task.desired_status = "STOPPED"
    task.stopped_reason = reason
    task.stopped_at = utcnow()
    task.stop_code = "UserInitiated"
    _release_interface(backend, task)


def _container_instance(backend: Any, task: Any) -> Any:
    name = (task.container_instance_arn or "").rpartition("/")[2]
    return backend.container_instances.get(task.cluster_name, {}).get(name)


def _release_interface(backend: Any, task: Any) -> None:
    interfaces = ec2_backends[backend.account_id][backend.region_name].enis
    for attachment in task.attachments:
        for detail in attachment.get("details", []):
            if detail["name"] == "networkInterfaceId":
                interfaces.pop(detail["value"], None)


def count_tasks(backend: Any, cluster: Any) -> None:
    """Brings the cluster's counters in line with what runs."""
    services = [service for service in backend.services.values() if service.cluster_name == cluster.name]
    cluster.running_tasks_count = len(running_tasks(backend, cluster.name))
    cluster.pending_tasks_count = sum(service.pending_count for service in services if service.status == "ACTIVE")
    cluster.active_services_count = sum(service.status == "ACTIVE" for service in services)


def reconcile(backend: Any, service: Any) -> None:
    """Starts or stops tasks until the service has as many as it wants."""
    wanted = service.desired_count if service.status == "ACTIVE" else 0
    present = tasks_of(backend, service)
    for task in present[wanted:]:
        halt(backend, task, f"Scaling activity initiated by (deployment {_deployment(service)})")
        task.stop_code = "ServiceSchedulerInitiated"
    if service.task_definition and service.deployment_controller.get("type") == "ECS":
        for _ in range(wanted - len(present)):
            if not _start(backend, service):
                break
    service.running_count = len(tasks_of(backend, service))
    service.pending_count = max(0, wanted - service.running_count)
    for deployment in service.deployments[:1]:
        deployment.update(desiredCount=service.desired_count, runningCount=service.running_count,
                          pendingCount=service.pending_count, updatedAt=utcnow(), rolloutState="COMPLETED",
                          rolloutStateReason=f"ECS deployment {deployment['id']} completed.")
    count_tasks(backend, backend.clusters[service.cluster_name])


def _deployment(service: Any) -> str:
    return str(service.deployments[0]["id"]) if service.deployments else service.name


def _start(backend: Any, service: Any) -> bool:
    """Starts one task of the service; False if there is no container instance with room for it."""
    try:
        definition = backend.describe_task_definition(service.task_definition)
    except TaskDefinitionNotFoundException:
        return False
    if definition.status == "DELETE_IN_PROGRESS":
        return False
    requirements = backend._calculate_task_resource_requirements(definition)
    host = None
    if service.launch_type == "EC2":
        hosts = backend.container_instances.get(service.cluster_name, {}).values()
        host = next((each for each in hosts if each.status == "ACTIVE" and
                     backend._can_be_placed(each, requirements)), None)
        if host is None:
            return False
        backend.update_container_instance_resources(host, requirements)
    task = Task(
        backend.clusters[service.cluster_name], definition, host.container_instance_arn if host else None,
        requirements, backend=backend, group=f"service:{service.name}", launch_type=service.launch_type or "",
        started_by=_deployment(service), networking_configuration=service.network_configuration or None,
        platform_version=service.platform_version,
    )
    backend.tasks.setdefault(service.cluster_name, {})[task.task_arn] = task
    return True


def settle(backend: Any) -> None:
    """Services that have drained become INACTIVE."""
    now = time.monotonic()
    for service in list(backend.services.values()):
        if service.status == "DRAINING" and now >= service.rk_drained_at:
            service.status = "INACTIVE"
