"""ECS: services run tasks, clusters refuse to go while in use, tasks stay until stopped."""

import time
from typing import Any

from moto.ecs.models import EC2ContainerServiceBackend as Backend
from moto.ecs.responses import EC2ContainerServiceResponse as Response
from moto.moto_api import state_manager

from ..corrections import add, correction, wrap
from .errors import AwsError
from .scheduling import DRAINING_SECONDS, count_tasks, halt, reconcile, running_tasks, settle, tasks_of

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
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


# --- Services -------------------------------------------------------------------------------------------------------
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

    _replace_stopped_tasks()


def _replace_stopped_tasks() -> None:
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
