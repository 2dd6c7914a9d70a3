"""ECS: service deployments, deleted task definitions, and settings that moto lacks."""

import re
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.models import EC2ContainerServiceBackend as Backend
from moto.ecs.responses import EC2ContainerServiceResponse as Response

from ..corrections import add, correction, wrap
from .errors import AwsError
from .scheduling import running_tasks

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
DEPLOYMENT = re.compile(r"arn:[^:]+:ecs:[^:]+:\d{12}:service-deployment/[^/]+/[^/]+/[\w-]+")


@correction(
    "ecs.service-deployments",
    stock="lacks the service deployment operations",
    aws="lists a service's deployments and stops one that is in progress",
    page=API + "API_StopServiceDeployment.html",
)
def service_deployments() -> None:
    """Deployments end at once here, so there is never one to stop."""

    def shown(service: Any) -> list[dict[str, Any]]:
        prefix = service.arn.replace(":service/", ":service-deployment/")
        return [{
            "serviceDeploymentArn": f"{prefix}/{str(deployment['id']).rpartition('/')[2]}",
            "serviceArn": service.arn, "clusterArn": service.cluster_arn, "status": "SUCCESSFUL",
            "createdAt": deployment["createdAt"], "startedAt": deployment["createdAt"],
            "finishedAt": deployment["updatedAt"],
        } for deployment in service.deployments]

    @add(Response)
    def list_service_deployments(self: Any) -> Any:
        service = self.ecs_backend._get_service(self._get_param("cluster", "default"), self._get_param("service"))
        wanted = self._get_param("status") or []
        found = [entry for entry in shown(service) if not wanted or entry["status"] in wanted]
        return ActionResult({"serviceDeployments": found})

    @add(Response)
    def describe_service_deployments(self: Any) -> Any:
        every = {entry["serviceDeploymentArn"]: entry
                 for service in self.ecs_backend.services.values() for entry in shown(service)}
        asked = self._get_param("serviceDeploymentArns") or []
        return ActionResult({
            "serviceDeployments": [every[arn] for arn in asked if arn in every],
            "failures": [{"arn": arn, "reason": "MISSING"} for arn in asked if arn not in every],
        })

    @add(Response)
    def stop_service_deployment(self: Any) -> Any:
        arn = str(self._get_param("serviceDeploymentArn"))
        if not DEPLOYMENT.fullmatch(arn):
            raise AwsError("InvalidParameterException", f"Invalid service deployment ARN: {arn}")
        known = [entry["serviceDeploymentArn"]
                 for service in self.ecs_backend.services.values() for entry in shown(service)]
        if arn not in known:
            raise AwsError("ServiceDeploymentNotFoundException", "The service deployment was not found.")
        raise AwsError("ConflictException", "The service deployment is in a terminal state and cannot be stopped.")


@correction(
    "ecs.deleted-task-definitions",
    stock="forgets a deleted task definition at once",
    aws="keeps it as DELETE_IN_PROGRESS while tasks or services still use it, and starts nothing from it",
    page=API + "API_DeleteTaskDefinitions.html",
)
def deleted_task_definitions() -> None:
    """Deregistering and deleting stop nothing that runs."""

    @wrap(Backend)
    def delete_task_definitions(original: Any, self: Any, task_definitions: list[str]) -> Any:
        deleted, failures = original(self, task_definitions)
        for definition in deleted:
            used = any(task.task_definition_arn == definition.arn
                       for cluster in self.clusters for task in running_tasks(self, cluster))
            used = used or any(service.task_definition == definition.arn and service.status == "ACTIVE"
                               for service in self.services.values())
            if used:
                self.task_definitions[definition.family][definition.revision] = definition
        return deleted, failures


@correction(
    "ecs.settings",
    stock="lacks UpdateClusterSettings, PutAccountSettingDefault and task scale-in protection",
    aws="stores them",
    page=API + "API_UpdateTaskProtection.html",
)
def settings() -> None:
    """None of them keeps StopTask from stopping."""

    @add(Response)
    def update_cluster_settings(self: Any) -> Any:
        cluster = self.ecs_backend._get_cluster(self._get_param("cluster", "default"))
        cluster.settings = self._get_param("settings") or cluster.settings
        return ActionResult({"cluster": cluster})

    @add(Response)
    def put_account_setting_default(self: Any) -> Any:
        return ActionResult({"setting": self.ecs_backend.put_account_setting(self._get_param("name"),
                                                                             self._get_param("value"))})

    def protection(response: Any, change: bool) -> Any:
        backend = response.ecs_backend
        cluster = backend._get_cluster(response._get_param("cluster", "default"))
        tasks = {task.id: task for task in running_tasks(backend, cluster.name)}
        asked = response._get_param("tasks") or list(tasks)
        found, missing = [], []
        for name in asked:
            task = tasks.get(name.rpartition("/")[2])
            if task is None:
                missing.append({"arn": name, "reason": "MISSING"})
                continue
            if change:
                task.rk_protected = bool(response._get_param("protectionEnabled"))
            found.append({"taskArn": task.task_arn, "protectionEnabled": getattr(task, "rk_protected", False)})
        return ActionResult({"protectedTasks": found, "failures": missing})

    @add(Response)
    def update_task_protection(self: Any) -> Any:
        return protection(self, True)

    @add(Response)
    def get_task_protection(self: Any) -> Any:
        return protection(self, False)
