"""ECS: lists in pages, with filters, and batches within their limits."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.responses import EC2ContainerServiceResponse as Response

from ..corrections import add, correction, wrap
from .errors import AwsError
from .scheduling import settle

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"


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
