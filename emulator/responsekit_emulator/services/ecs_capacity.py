"""ECS: container instances and capacity providers."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2 import ec2_backends
from moto.ecs.models import CapacityProvider
from moto.ecs.models import EC2ContainerServiceBackend as Backend
from moto.ecs.responses import EC2ContainerServiceResponse as Response

from ..corrections import add, correction, wrap
from .ecs import FARGATE_PROVIDERS
from .ecs_lists import page
from .errors import AwsError
from .scheduling import count_tasks, halt, reconcile, running_tasks

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"


def remove_host(backend: Any, cluster: Any, host: Any, reason: str) -> None:
    """Takes a container instance out of its cluster: its tasks stop, services start theirs elsewhere."""
    for task in running_tasks(backend, cluster.name):
        if task.container_instance_arn == host.container_instance_arn:
            halt(backend, task, reason)
    backend.container_instances[cluster.name].pop(host.id, None)
    host.status, host.agent_connected = "INACTIVE", False
    cluster.registered_container_instances_count = len(backend.container_instances[cluster.name])
    for service in list(backend.services.values()):
        if service.cluster_name == cluster.name and service.status == "ACTIVE":
            reconcile(backend, service)
    count_tasks(backend, cluster)


def drop_lost_hosts(backend: Any) -> None:
    """ECS deregisters a container instance whose EC2 instance was terminated."""
    instances = ec2_backends[backend.account_id][backend.region_name]
    for cluster_name, hosts in list(backend.container_instances.items()):
        for host in list(hosts.values()):
            machine = instances.get_instance_by_id(host.ec2_instance_id)
            if cluster_name in backend.clusters and (machine is None or machine.state == "terminated"):
                remove_host(backend, backend.clusters[cluster_name], host, "Host EC2 terminated.")


@correction(
    "ecs.container-instances",
    stock="fails where a cluster has no container instances, leaves tasks running on those taken away, and keeps "
          "those whose machine was terminated",
    aws="answers with failures and named errors, stops the tasks, and deregisters a terminated machine by itself",
    page=API + "API_DeregisterContainerInstance.html",
)
def container_instances() -> None:
    """Deregistering does not terminate the machine; terminating it does deregister."""

    @wrap(Backend)
    def create_cluster(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        cluster = original(self, *args, **kwargs)
        self.container_instances.setdefault(cluster.name, {})
        return cluster

    @wrap(Response)
    def setup_class(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        drop_lost_hosts(self.ecs_backend)

    @add(Backend)
    def deregister_container_instance(self: Any, cluster_str: str, instance: str, force: bool) -> Any:
        cluster = self._get_cluster(cluster_str)
        host = self.container_instances[cluster.name].get(instance.rpartition("/")[2])
        if host is None:
            raise AwsError("InvalidParameterException", "The referenced container instance was not found.")
        busy = any(task.container_instance_arn == host.container_instance_arn
                   for task in running_tasks(self, cluster.name))
        if busy and not force:
            raise AwsError("InvalidParameterException", "Found running tasks on the instance.")
        remove_host(self, cluster, host, "Container instance deregistration forced by user.")
        return host

    @wrap(Response)
    def register_container_instance(original: Any, self: Any) -> Any:
        self.ecs_backend._get_cluster(self._get_param("cluster", "default"))
        return original(self)


FARGATE = [{"name": name, "status": "ACTIVE"} for name in sorted(FARGATE_PROVIDERS)]


@correction(
    "ecs.capacity-providers",
    stock="fails when asked for all providers or for Managed Instances ones, and deletes those in use",
    aws="lists all, FARGATE ones included; refuses to delete one in use; binds Managed Instances to their cluster",
    page=API + "API_DeleteCapacityProvider.html",
)
def capacity_providers() -> None:
    """Only Managed Instances providers keep a cluster from being deleted."""
    prepare = CapacityProvider._prepare_asg_provider
    CapacityProvider._prepare_asg_provider = lambda self, details: prepare(self, details) if details else None

    @wrap(Response)
    def create_capacity_provider(original: Any, self: Any) -> Any:
        result = original(self)
        provider = result.result["capacityProvider"]
        managed = self._get_param("managedInstancesProvider")
        if managed:
            provider.managed_instances_provider = managed
            provider.cluster = self.ecs_backend._get_cluster(self._get_param("cluster", "default")).name
        return result

    @add(Response)
    def describe_capacity_providers(self: Any) -> Any:
        names, backend = self._get_param("capacityProviders"), self.ecs_backend
        if not names:
            return page(self, [*FARGATE, *backend.capacity_providers.values()], "capacityProviders", 10)
        fargate = {entry["name"]: entry for entry in FARGATE}
        found = [fargate.get(name.rpartition("/")[2]) or backend._get_provider(name) for name in names]
        prefix = f"arn:aws:ecs:{backend.region_name}:{backend.account_id}:capacity-provider"
        missing = [{"arn": f"{prefix}/{name.rpartition('/')[2]}", "reason": "MISSING"}
                   for name, provider in zip(names, found, strict=True) if provider is None]
        return ActionResult({"capacityProviders": [provider for provider in found if provider], "failures": missing})

    @wrap(Backend)
    def delete_capacity_provider(original: Any, self: Any, name_or_arn: str) -> Any:
        name = name_or_arn.rpartition("/")[2]
        if name in FARGATE_PROVIDERS:
            raise AwsError("ClientException", f"The specified capacity provider is reserved: {name}")
        provider = self._get_provider(name_or_arn)
        if provider is None:
            raise AwsError("ClientException", "The specified capacity provider does not exist. Specify a valid name "
                           "or ARN and try again.")
        if any(name in (cluster.capacity_providers or []) for cluster in self.clusters.values()
               if cluster.status == "ACTIVE"):
            raise AwsError("ClientException", "The capacity provider cannot be deleted because it is associated with "
                           f"a cluster. Remove {name} from the cluster and try again.")
        return original(self, name_or_arn)

    @wrap(Backend)
    def delete_cluster(original: Any, self: Any, cluster_str: str) -> Any:
        cluster = self._get_cluster(cluster_str)
        if any(getattr(provider, "cluster", None) == cluster.name for provider in self.capacity_providers.values()):
            raise AwsError("ClusterContainsCapacityProviderException",
                           "The Cluster cannot be deleted while Capacity Providers are active.")
        return original(self, cluster_str)
