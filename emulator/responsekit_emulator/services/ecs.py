"""ECS: services run tasks, clusters refuse to go while in use, lists are paged, tasks stay until stopped."""

import time
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecs.exceptions import TaskDefinitionNotFoundException
from moto.ecs.models import EC2ContainerServiceBackend as Backend
from moto.ecs.models import Task
from moto.ecs.responses import EC2ContainerServiceResponse as Response
from moto.moto_api import state_manager

from ..corrections import add, correction, wrap
from .errors import AwsError

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
DRAINING_SECONDS = 0.5
NEVER = 1 << 30


# --- Tasks ----------------------------------------------------------------------------------------------------------
@correction(
    "ecs.steady-tasks",
    stock="moves a running task one state towards STOPPED each time it is described",
    aws="keeps a task running until it ends or is stopped",
    page=GUIDE + "task-lifecycle-explanation.html",
)
def steady_tasks() -> None:
    """Polling would otherwise do the responder's work."""
    state_manager.set_transition("ecs::task", {"progression": "manual", "times": NEVER})


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
    from moto.ec2 import ec2_backends

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


# --- Services -------------------------------------------------------------------------------------------------------
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


@correction(
    "ecs.services-run-tasks",
    stock="starts no tasks for a service, and none are stopped or replaced",
    aws="keeps desiredCount tasks running: replaces those stopped one by one, stops all when scaled to zero",
    page=GUIDE + "ecs_services.html",
)
def services_run_tasks() -> None:
    """Whoever stops tasks before the service gets new ones: the order of a teardown matters."""

    @wrap(Backend)
    def create_service(original: Any, self: Any, cluster_str: str, service_name: str, *args: Any, **kwargs: Any) -> Any:
        settle(self)
        cluster = self._get_cluster(cluster_str)
        known = self.services.get(f"{cluster.name}:{service_name}")
        if known is not None and known.status != "INACTIVE":
            raise AwsError("InvalidParameterException", "Creation of service was not idempotent.")
        service = original(self, cluster_str, service_name, *args, **kwargs)
        reconcile(self, service)
        return service

    @wrap(Backend)
    def update_service(original: Any, self: Any, properties: dict[str, Any]) -> Any:
        settle(self)
        service = self._get_service(properties.get("cluster") or "default", properties["service"])
        if service.status != "ACTIVE":
            raise AwsError("ServiceNotActiveException", "Service was not ACTIVE.")
        if str(service.scheduling_strategy) == "DAEMON" and properties.get("desired_count") is not None:
            raise AwsError("InvalidParameterException", "The daemon scheduling strategy does not support a desired "
                           "count for services. Remove the desired count value and try again")
        service = original(self, properties)
        if service.task_definition and not str(service.task_definition).startswith("arn:"):
            service.task_definition = self.describe_task_definition(service.task_definition).arn
        reconcile(self, service)
        return service

    @wrap(Backend)
    def delete_service(original: Any, self: Any, cluster_name: str, service_name: str, force: bool) -> Any:
        settle(self)
        service = self._get_service(cluster_name, service_name)
        if service.status == "INACTIVE":
            raise AwsError("ServiceNotFoundException", "Service not found.")
        daemon = str(service.scheduling_strategy) == "DAEMON"
        had_tasks = bool(tasks_of(self, service)) or service.status == "DRAINING"
        service = original(self, cluster_name, service_name, force or daemon)
        reconcile(self, service)
        if had_tasks:
            service.status = "DRAINING"
            service.rk_drained_at = time.monotonic() + DRAINING_SECONDS
        return service

    @wrap(Backend)
    def describe_services(original: Any, self: Any, *args: Any) -> Any:
        settle(self)
        return original(self, *args)

    @add(Backend)
    def stop_task(self: Any, cluster_str: str, task_str: str, reason: str) -> Any:
        cluster = self._get_cluster(cluster_str)
        name = task_str.rpartition("/")[2]
        task = next((each for each in self.tasks.get(cluster.name, {}).values() if each.id == name), None)
        if task is None:
            raise AwsError("InvalidParameterException", "The referenced task was not found.")
        if task.desired_status != "STOPPED":
            halt(self, task, reason or "Task stopped by user")
            service = self.services.get(f"{cluster.name}:{task.group.removeprefix('service:')}")
            if task.group.startswith("service:") and service is not None and service.status == "ACTIVE":
                reconcile(self, service)
        count_tasks(self, cluster)
        return task


@correction(
    "ecs.optional-parameters",
    stock="fails on awsvpc networks without security groups and on containers without memory of their own",
    aws="takes the VPC's default security group, and lets the task's memory stand for its containers",
    page=API + "API_ContainerDefinition.html",
)
def optional_parameters() -> None:
    """Both are how the campaign's task definitions and services look."""

    def fill(network: Any) -> None:
        if isinstance(network, dict) and isinstance(network.get("awsvpcConfiguration"), dict):
            network["awsvpcConfiguration"].setdefault("securityGroups", [])

    @wrap(Response)
    def create_service(original: Any, self: Any) -> Any:
        fill(self._get_param("networkConfiguration"))
        return original(self)

    @wrap(Response)
    def update_service(original: Any, self: Any) -> Any:
        fill(self._get_param("networkConfiguration"))
        return original(self)

    @wrap(Response)
    def run_task(original: Any, self: Any) -> Any:
        fill(self._get_param("networkConfiguration"))
        return original(self)

    measure = Backend._calculate_task_resource_requirements

    def requirements(definition: Any) -> Any:
        for container in definition.container_definitions:
            if not {"memory", "memoryReservation", "Memory", "MemoryReservation"} & set(container):
                container["memoryReservation"] = 0
        return measure(definition)

    Backend._calculate_task_resource_requirements = staticmethod(requirements)


FARGATE_PROVIDERS = {"FARGATE", "FARGATE_SPOT"}


@correction(
    "ecs.run-task-checks",
    stock="runs more than 10 tasks per call, and on inactive task definitions; fails without container instances",
    aws="refuses each of these with a named error",
    page=API + "API_RunTask.html",
)
def run_task_checks() -> None:
    """A deregistered task definition stops new tasks; that is what a teardown relies on."""

    @wrap(Backend)
    def run_task(original: Any, self: Any, cluster_str: str, task_definition_str: str, count: int, *args: Any) -> Any:
        if count is not None and not 1 <= count <= 10:
            raise AwsError("InvalidParameterException", "count should be between 1 and 10.")
        if self.describe_task_definition(task_definition_str).status != "ACTIVE":
            raise AwsError("ClientException", "TaskDefinition is inactive")
        cluster = self._get_cluster(cluster_str)
        launch_type = args[3] if len(args) > 3 else None
        if launch_type != "FARGATE" and not self.container_instances.get(cluster.name):
            raise AwsError("InvalidParameterException", "No Container Instances were found in your cluster.")
        tasks = original(self, cluster_str, task_definition_str, count, *args)
        count_tasks(self, cluster)
        return tasks

    @wrap(Backend)
    def create_service(original: Any, self: Any, cluster_str: str, service_name: str, count: int,
                       definition: str | None = None, *args: Any, **kwargs: Any) -> Any:
        if definition and self.describe_task_definition(definition).status != "ACTIVE":
            raise AwsError("ClientException", "TaskDefinition is inactive")
        return original(self, cluster_str, service_name, count, definition, *args, **kwargs)


@correction(
    "ecs.capacity-provider-strategy",
    stock="ignores capacityProviderStrategy and looks for container instances",
    aws="runs tasks on Fargate where the strategy, or the cluster's default one, names FARGATE or FARGATE_SPOT",
    page=GUIDE + "fargate-capacity-providers.html",
)
def capacity_provider_strategy() -> None:
    """Mining on FARGATE_SPOT is the cheap way to do it."""

    def use_fargate(response: Any) -> None:
        if response._get_param("launchType"):
            return
        strategy = response._get_param("capacityProviderStrategy")
        if not strategy:
            name = str(response._get_param("cluster", "default")).rpartition("/")[2]
            cluster = response.ecs_backend.clusters.get(name)
            strategy = (cluster.default_capacity_provider_strategy if cluster else None) or []
        if any(entry.get("capacityProvider") in FARGATE_PROVIDERS for entry in strategy):
            response.params["launchType"] = "FARGATE"

    @wrap(Response)
    def run_task(original: Any, self: Any) -> Any:
        use_fargate(self)
        return original(self)

    @wrap(Response)
    def create_service(original: Any, self: Any) -> Any:
        use_fargate(self)
        return original(self)


# --- Clusters -------------------------------------------------------------------------------------------------------
@correction(
    "ecs.delete-cluster-refusals",
    stock="deletes a cluster whatever it still contains",
    aws="refuses while it contains services (draining ones too), tasks or container instances",
    page=API + "API_DeleteCluster.html",
)
def delete_cluster_refusals() -> None:
    """Without this a teardown that forgets half the work looks complete."""

    @add(Backend)
    def delete_cluster(self: Any, cluster_str: str) -> Any:
        settle(self)
        cluster = self._get_cluster(cluster_str)
        services = [service for service in self.services.values() if service.cluster_name == cluster.name]
        if any(service.status != "INACTIVE" for service in services):
            raise AwsError("ClusterContainsServicesException",
                           "The Cluster cannot be deleted while Services are active.")
        if self.container_instances.get(cluster.name):
            raise AwsError("ClusterContainsContainerInstancesException",
                           "The Cluster cannot be deleted while Container Instances are active or draining.")
        if running_tasks(self, cluster.name):
            raise AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
        cluster.status = "INACTIVE"
        return cluster


@correction(
    "ecs.inactive-clusters",
    stock="lists deleted clusters and lets them be used",
    aws="leaves them out of ListClusters and answers ClusterNotFoundException, though DescribeClusters shows INACTIVE",
    page=API + "API_DeleteCluster.html",
)
def inactive_clusters() -> None:
    """A deleted cluster is gone for everyone but DescribeClusters."""

    @wrap(Backend)
    def _get_cluster(original: Any, self: Any, name: str) -> Any:
        cluster = original(self, name)
        if cluster.status == "INACTIVE":
            raise AwsError("ClusterNotFoundException", "The referenced cluster was inactive.")
        return cluster


# --- Lists ----------------------------------------------------------------------------------------------------------
def page(response: Any, names: list[str], result: str, usual: int) -> ActionResult:
    """One page of a list, as maxResults and nextToken ask."""
    size = min(int(response._get_param("maxResults") or usual), 100)
    token = str(response._get_param("nextToken") or "0")
    if not token.isdigit():
        raise AwsError("InvalidParameterException", "Invalid token.")
    start = int(token)
    answer: dict[str, Any] = {result: names[start:start + size]}
    if start + size < len(names):
        answer["nextToken"] = str(start + size)
    return ActionResult(answer)


@correction(
    "ecs.paging",
    stock="returns every entry in one page, and deleted clusters and services with them; ignores most filters of "
          "ListTasks and takes tasks of clusters whose name merely contains the one asked for",
    aws="pages (10 services, 100 of the others), applies each filter, and lists running tasks unless told otherwise",
    page=API + "API_ListTasks.html",
)
def paging() -> None:
    """A teardown that forgets the second page leaves miners behind."""

    @add(Response)
    def list_clusters(self: Any) -> ActionResult:
        clusters = list(self.ecs_backend.clusters.values())
        return page(self, [cluster.arn for cluster in clusters if cluster.status == "ACTIVE"], "clusterArns", 100)

    @add(Response)
    def list_services(self: Any) -> ActionResult:
        backend, ask = self.ecs_backend, self._get_param
        settle(backend)
        cluster = backend._get_cluster(ask("cluster", "default"))
        found = [service.arn for service in list(backend.services.values())
                 if service.cluster_name == cluster.name and service.status == "ACTIVE"
                 and ask("launchType") in (None, service.launch_type)
                 and ask("schedulingStrategy") in (None, str(service.scheduling_strategy))]
        return page(self, sorted(found), "serviceArns", 10)

    @add(Response)
    def list_tasks(self: Any) -> ActionResult:
        backend, ask = self.ecs_backend, self._get_param
        cluster = backend._get_cluster(ask("cluster", "default"))
        tasks = list(backend.tasks.get(cluster.name, {}).values())
        return page(self, [task.task_arn for task in tasks if _wanted(task, ask)], "taskArns", 100)

    @add(Response)
    def list_container_instances(self: Any) -> ActionResult:
        backend, ask = self.ecs_backend, self._get_param
        cluster = backend._get_cluster(ask("cluster", "default"))
        hosts = backend.container_instances.get(cluster.name, {}).values()
        found = [host.container_instance_arn for host in hosts if ask("status") in (None, host.status)]
        return page(self, sorted(found), "containerInstanceArns", 100)

    @add(Response)
    def list_task_definitions(self: Any) -> ActionResult:
        ask = self._get_param
        found = self.ecs_backend.list_task_definitions(ask("familyPrefix"), ask("status", "ACTIVE"))
        return page(self, found[::-1] if ask("sort") == "DESC" else found, "taskDefinitionArns", 100)


def _wanted(task: Any, ask: Any) -> bool:
    family = task.task_definition_arn.rpartition("/")[2].partition(":")[0]
    host = (task.container_instance_arn or "").rpartition("/")[2]
    filters = (
        (ask("desiredStatus", "RUNNING"), task.desired_status),
        (ask("family"), family),
        (ask("startedBy"), task.started_by),
        (ask("launchType"), task.launch_type),
        (f"service:{str(ask('serviceName')).rpartition('/')[2]}" if ask("serviceName") else None, task.group),
        (str(ask("containerInstance")).rpartition("/")[2] if ask("containerInstance") else None, host),
    )
    return all(wanted in (None, actual) for wanted, actual in filters)


@correction(
    "ecs.describe-limits",
    stock="describes any number of resources per call, leaves missing tasks out without a failure",
    aws="takes 100 tasks or clusters and 10 services, and names what is missing under failures",
    page=API + "API_DescribeTasks.html",
)
def describe_limits() -> None:
    """Batches that are too large must fail in a rehearsal, not in the incident."""

    def limit(operation: str, field: str, most: int, noun: str) -> None:
        @wrap(Response, operation)
        def limited(original: Any, self: Any) -> Any:
            if len(self._get_param(field) or []) > most:
                raise AwsError("InvalidParameterException", f"{noun} can not have more than {most} elements.")
            return original(self)

    limit("describe_tasks", "tasks", 100, "Tasks")
    limit("describe_services", "services", 10, "Services")
    limit("describe_clusters", "clusters", 100, "Clusters")

    @wrap(Response)
    def describe_tasks(original: Any, self: Any) -> Any:
        result = original(self)
        asked = self._get_param("tasks", [])
        cluster = str(self._get_param("cluster", "default")).rpartition("/")[2]
        found = [task for task in result.result["tasks"] if task.cluster_name == cluster]
        known = {task.id for task in found}
        backend = self.ecs_backend
        prefix = f"arn:aws:ecs:{backend.region_name}:{backend.account_id}:task/{cluster}"
        result.result["tasks"] = found
        result.result["failures"] = [
            {"arn": name if name.startswith("arn:") else f"{prefix}/{name}", "reason": "MISSING"}
            for name in asked if name.rpartition("/")[2] not in known
        ]
        return result
