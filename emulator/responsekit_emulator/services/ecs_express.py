"""ECS Express Mode: services that ECS manages with all that belongs to them."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ecs.models import EC2ContainerServiceBackend as Backend
from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse as Response

from ..corrections import add, correction, wrap
from .errors import AwsError

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"


@correction(
    "ecs.express-services",
    stock="lacks Express Mode",
    aws="makes a service with its task definition in one call, says that ECS manages it, and deletes and changes it by calls of its own only",
    page=API + "API_DeleteExpressGatewayService.html",
)
def express_services() -> None:
    """Nothing but the service and its tasks is made here: no load balancer, no scaling, no alarms."""
    Service.resource_management_type = "CUSTOMER"
    _make()
    _guard()


def _shown(service: Any, status: str) -> dict[str, Any]:
    return {
        "cluster": service.cluster_name, "serviceName": service.name, "serviceArn": service.arn, "infrastructureRoleArn": service.rk_infrastructure,
        "status": {"statusCode": status}, "createdAt": service.created_at, "updatedAt": service.created_at,
    }


def _make() -> None:
    @add(Response)
    def create_express_gateway_service(self: Any) -> Any:
        name, cluster = self._get_param("serviceName"), self._get_param("cluster") or "default"
        backend = self.ecs_backend
        if cluster == "default" and "default" not in backend.clusters:
            backend.create_cluster("default")
        family = f"{cluster}-{name}"
        backend.register_task_definition(
            family, [{"name": "Main", "image": self._get_param("primaryContainer")["image"], "memoryReservation": 0}],
            requires_compatibilities=["FARGATE"], network_mode="awsvpc", cpu=self._get_param("cpu") or "256", memory=self._get_param("memory") or "512",
            execution_role_arn=self._get_param("executionRoleArn"), task_role_arn=self._get_param("taskRoleArn"))
        count = int((self._get_param("scalingTarget") or {}).get("minTaskCount") or 1)
        # Without a network of its own it is in the default VPC.
        subnets = [subnet.id for subnet in ec2_backends[self.current_account][self.region].describe_subnets(filters={"default-for-az": "true"})][:1]
        service = backend.create_service(
            cluster, name, count, family, launch_type="FARGATE",
            network_configuration={"awsvpcConfiguration": {"subnets": subnets, "securityGroups": [], "assignPublicIp": "ENABLED"}})
        service.resource_management_type = "ECS"
        service.rk_infrastructure = self._get_param("infrastructureRoleArn")
        return ActionResult({"service": _shown(service, "ACTIVE")})

    @add(Response)
    def delete_express_gateway_service(self: Any) -> Any:
        arn = str(self._get_param("serviceArn"))
        service = next((each for each in self.ecs_backend.services.values() if each.arn == arn and each.status != "INACTIVE"), None)
        if service is None:
            raise AwsError("ServiceNotFoundException", "Service not found.")
        if service.resource_management_type != "ECS":
            raise AwsError("InvalidParameterException", "The service is not an Express service.")
        service.resource_management_type = "CUSTOMER"
        try:
            self.ecs_backend.delete_service(service.cluster_name, service.name, True)
        finally:
            service.resource_management_type = "ECS"
        return ActionResult({"service": _shown(service, "DRAINING")})


def _guard() -> None:
    def refuse(service: Any, call: str, instead: str) -> None:
        if service.resource_management_type == "ECS" and service.status == "ACTIVE":
            raise AwsError("InvalidParameterException",
                           f"{call} is not supported for services with ResourceManagementType=ECS. Use {instead}.")

    @wrap(Backend)
    def delete_service(original: Any, self: Any, cluster_name: str, service_name: str, force: bool) -> Any:
        refuse(self._get_service(cluster_name, service_name), "DeleteService", "DeleteExpressGatewayService")
        return original(self, cluster_name, service_name, force)

    @wrap(Backend)
    def update_service(original: Any, self: Any, properties: dict[str, Any]) -> Any:
        refuse(self._get_service(properties.get("cluster") or "default", properties["service"]), "UpdateService", "UpdateExpressGatewayService")
        return original(self, properties)
