"""ECS clusters, services and tasks."""

import json
import time
from typing import Any

from .harness import EmulatorTest, covers


class EcsTest(EmulatorTest):
    """Helpers for clusters."""

    def setUp(self) -> None:
        super().setUp()
        self.ecs = self.aws.client("ecs")
        self.network = {"awsvpcConfiguration": {"subnets": [self.aws.subnet()], "assignPublicIp": "ENABLED"}}
        self.definition = self.register("miner")

    def register(self, family: str, **more: Any) -> str:
        """Registers a task definition without memory of its containers' own."""
        fargate = {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "16384",
                   "memory": "32768", **more}
        answer = self.ecs.register_task_definition(
            family=family, containerDefinitions=[{"name": "m", "image": "x/y:z"}], **fargate)
        return answer["taskDefinition"]["taskDefinitionArn"]

    def cluster(self, name: str = "c1") -> None:
        """Makes a cluster."""
        self.ecs.create_cluster(clusterName=name)

    def service(self, name: str = "s1", count: int = 3, cluster: str = "c1", **more: Any) -> None:
        """Makes a Fargate service."""
        kind = more or {"launchType": "FARGATE"}
        self.ecs.create_service(cluster=cluster, serviceName=name, taskDefinition="miner", desiredCount=count,
                                networkConfiguration=self.network, **kind)

    def run_tasks(self, count: int = 1, **more: Any) -> list[str]:
        """Runs tasks outside any service."""
        kind = more or {"launchType": "FARGATE"}
        answer = self.ecs.run_task(cluster="c1", taskDefinition="miner", count=count,
                                   networkConfiguration=self.network, **kind)
        return [task["taskArn"] for task in answer["tasks"]]

    def tasks(self, cluster: str = "c1", **more: Any) -> list[str]:
        """The running tasks of a cluster, all pages."""
        pages = self.ecs.get_paginator("list_tasks").paginate(cluster=cluster, **more)
        return [arn for page in pages for arn in page["taskArns"]]

    def host(self) -> tuple[str, str]:
        """Registers a container instance; returns the machine and the container instance."""
        machine = self.aws.client("ec2").run_instances(ImageId="ami-1", MinCount=1, MaxCount=1)["Instances"][0]
        document = json.dumps({"instanceId": machine["InstanceId"]})
        answer = self.ecs.register_container_instance(cluster="c1", instanceIdentityDocument=document)
        return machine["InstanceId"], answer["containerInstance"]["containerInstanceArn"]


class Services(EcsTest):
    """Services and their tasks."""

    @covers("ecs.services-run-tasks")
    def test_a_service_runs_its_tasks_and_replaces_stopped_ones(self) -> None:
        self.cluster()
        self.service()
        first = self.tasks()
        self.assertEqual(3, len(first))
        self.ecs.stop_task(cluster="c1", task=first[0])
        self.assertEqual(3, len(self.tasks()))
        self.assertNotIn(first[0], self.tasks())

    @covers("ecs.services-run-tasks")
    def test_scaling_to_zero_stops_the_tasks(self) -> None:
        self.cluster()
        self.service()
        self.assertEqual(3, len(self.tasks()))
        self.ecs.update_service(cluster="c1", service="s1", desiredCount=0)
        self.assertEqual([], self.tasks())

    @covers("ecs.services-run-tasks")
    def test_a_deregistered_definition_stops_nothing_and_can_still_scale(self) -> None:
        self.cluster()
        self.service(count=1)
        self.ecs.deregister_task_definition(taskDefinition=self.definition)
        self.assertEqual(1, len(self.tasks()))
        self.ecs.update_service(cluster="c1", service="s1", desiredCount=2)
        self.assertEqual(2, len(self.tasks()))

    @covers("ecs.services-run-tasks", "ecs.delete-cluster-refusals", "ecs.paging")
    def test_a_draining_service_is_not_listed_but_still_keeps_the_cluster(self) -> None:
        self.cluster()
        self.service()
        self.ecs.delete_service(cluster="c1", service="s1", force=True)
        described = self.ecs.describe_services(cluster="c1", services=["s1"])["services"][0]
        self.assertEqual("DRAINING", described["status"])
        self.assertEqual([], self.ecs.list_services(cluster="c1")["serviceArns"])
        self.assertCode("ClusterContainsServicesException", lambda: self.ecs.delete_cluster(cluster="c1"))
        time.sleep(0.6)
        self.assertCode("OK", lambda: self.ecs.delete_cluster(cluster="c1"))

    @covers("ecs.services-run-tasks")
    def test_an_inactive_service_can_be_neither_updated_nor_deleted(self) -> None:
        self.cluster()
        self.service(count=0)
        self.ecs.delete_service(cluster="c1", service="s1")
        self.assertCode("ServiceNotActiveException",
                        lambda: self.ecs.update_service(cluster="c1", service="s1", desiredCount=1))
        self.assertCode("ServiceNotFoundException", lambda: self.ecs.delete_service(cluster="c1", service="s1"))

    @covers("ecs.optional-parameters")
    def test_neither_security_groups_nor_container_memory_are_needed(self) -> None:
        self.cluster()
        self.service(count=1)
        self.assertEqual(1, len(self.run_tasks()))

    @covers("ecs.capacity-provider-strategy")
    def test_a_strategy_that_names_fargate_spot_runs_on_fargate(self) -> None:
        self.cluster()
        strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
        self.assertEqual(1, len(self.run_tasks(capacityProviderStrategy=strategy)))
        self.service(count=2, capacityProviderStrategy=strategy)
        self.assertEqual(3, len(self.tasks()))

    @covers("ecs.service-deployments")
    def test_there_is_no_deployment_to_stop(self) -> None:
        self.cluster()
        self.service(count=1)
        running = ["PENDING", "IN_PROGRESS"]
        listing = self.ecs.list_service_deployments(cluster="c1", service="s1", status=running)
        self.assertEqual([], listing["serviceDeployments"])
        arn = self.ecs.list_service_deployments(cluster="c1", service="s1")["serviceDeployments"][0]
        self.assertCode("ConflictException", lambda: self.ecs.stop_service_deployment(
            serviceDeploymentArn=arn["serviceDeploymentArn"], stopType="ABORT"))


class Tasks(EcsTest):
    """Single tasks and their definitions."""

    @covers("ecs.steady-tasks")
    def test_describing_a_task_does_not_stop_it(self) -> None:
        self.cluster()
        arns = self.run_tasks()
        for _ in range(6):
            status = self.ecs.describe_tasks(cluster="c1", tasks=arns)["tasks"][0]["lastStatus"]
        self.assertEqual("RUNNING", status)

    @covers("ecs.run-task-checks")
    def test_what_cannot_run_is_refused(self) -> None:
        self.cluster()
        self.assertCode("InvalidParameterException", lambda: self.run_tasks(11))
        self.assertCode("InvalidParameterException", lambda: self.run_tasks(launchType="EC2"))
        self.ecs.deregister_task_definition(taskDefinition=self.definition)
        self.assertCode("ClientException", lambda: self.ecs.run_task(
            cluster="c1", taskDefinition=self.definition, launchType="FARGATE", networkConfiguration=self.network))

    @covers("ecs.services-run-tasks")
    def test_stopping_an_unknown_task_is_an_error_and_stopping_twice_is_none(self) -> None:
        self.cluster()
        self.assertCode("InvalidParameterException", lambda: self.ecs.stop_task(cluster="c1", task="nope"))
        arn = self.run_tasks()[0]
        for _ in range(2):
            self.assertEqual("STOPPED", self.ecs.stop_task(cluster="c1", task=arn)["task"]["desiredStatus"])

    @covers("ecs.deleted-task-definitions")
    def test_a_deleted_definition_in_use_lingers(self) -> None:
        self.cluster()
        self.run_tasks()
        self.ecs.deregister_task_definition(taskDefinition=self.definition)
        self.ecs.delete_task_definitions(taskDefinitions=[self.definition])
        found = self.ecs.describe_task_definition(taskDefinition=self.definition)["taskDefinition"]
        self.assertEqual("DELETE_IN_PROGRESS", found["status"])

    def test_an_active_definition_cannot_be_deleted(self) -> None:
        answer = self.ecs.delete_task_definitions(taskDefinitions=[self.definition])
        self.assertEqual(1, len(answer["failures"]))

    @covers("ecs.settings")
    def test_task_protection_does_not_keep_from_stopping(self) -> None:
        self.cluster()
        arn = self.run_tasks()[0]
        self.ecs.update_task_protection(cluster="c1", tasks=[arn], protectionEnabled=True)
        shown = self.ecs.get_task_protection(cluster="c1", tasks=[arn])["protectedTasks"][0]
        self.assertTrue(shown["protectionEnabled"])
        self.assertCode("OK", lambda: self.ecs.stop_task(cluster="c1", task=arn))


class Clusters(EcsTest):
    """Deleting clusters, and lists."""

    @covers("ecs.delete-cluster-refusals")
    def test_a_cluster_goes_only_when_empty(self) -> None:
        self.cluster()
        self.service(count=0)
        delete = lambda: self.ecs.delete_cluster(cluster="c1")  # noqa: E731
        self.assertCode("ClusterContainsServicesException", delete)
        self.ecs.delete_service(cluster="c1", service="s1")
        arn = self.run_tasks()[0]
        self.assertCode("ClusterContainsTasksException", delete)
        self.ecs.stop_task(cluster="c1", task=arn)
        _, host = self.host()
        self.assertCode("ClusterContainsContainerInstancesException", delete)
        self.ecs.deregister_container_instance(cluster="c1", containerInstance=host, force=True)
        self.assertCode("OK", delete)

    @covers("ecs.inactive-clusters")
    def test_a_deleted_cluster_is_gone(self) -> None:
        self.cluster()
        self.ecs.delete_cluster(cluster="c1")
        self.assertCode("ClusterNotFoundException", lambda: self.ecs.list_tasks(cluster="c1"))
        self.assertEqual("INACTIVE", self.ecs.describe_clusters(clusters=["c1"])["clusters"][0]["status"])

    @covers("ecs.paging")
    def test_lists_come_in_pages_and_deleted_clusters_do_not(self) -> None:
        for number in range(12):
            self.cluster(f"k{number}")
        self.ecs.delete_cluster(cluster="k3")
        pages = self.ecs.get_paginator("list_clusters").paginate(PaginationConfig={"PageSize": 5})
        self.assertEqual([5, 5, 1], [len(page["clusterArns"]) for page in pages])

    @covers("ecs.paging")
    def test_tasks_are_filtered_exactly(self) -> None:
        self.cluster("c1")
        self.cluster("c10")
        self.service(count=2)
        self.service(count=1, cluster="c10")
        self.run_tasks(1)
        self.assertEqual(3, len(self.tasks()))
        self.assertEqual(2, len(self.tasks(serviceName="s1")))
        self.assertEqual(0, len(self.tasks(desiredStatus="STOPPED")))

    @covers("ecs.describe-limits")
    def test_batches_have_a_limit_and_failures_are_named(self) -> None:
        self.cluster()
        many = [f"t{number}" for number in range(101)]
        self.assertCode("InvalidParameterException", lambda: self.ecs.describe_tasks(cluster="c1", tasks=many))
        self.assertCode("InvalidParameterException",
                        lambda: self.ecs.describe_services(cluster="c1", services=many[:11]))
        failures = self.ecs.describe_tasks(cluster="c1", tasks=["t1"])["failures"]
        self.assertEqual(["MISSING"], [failure["reason"] for failure in failures])


class Capacity(EcsTest):
    """Container instances and capacity providers."""

    @covers("ecs.container-instances")
    def test_a_cluster_without_container_instances_can_be_asked_for_them(self) -> None:
        self.cluster()
        found = self.ecs.describe_container_instances(cluster="c1", containerInstances=["nope"])
        self.assertEqual("MISSING", found["failures"][0]["reason"])
        self.assertCode("InvalidParameterException", lambda: self.ecs.deregister_container_instance(
            cluster="c1", containerInstance="nope"))

    @covers("ecs.container-instances")
    def test_terminating_the_machine_deregisters_it_and_stops_its_tasks(self) -> None:
        self.cluster()
        machine, _ = self.host()
        self.register("small", requiresCompatibilities=["EC2"], networkMode="bridge", cpu="128", memory="128")
        self.ecs.run_task(cluster="c1", taskDefinition="small", launchType="EC2")
        self.assertEqual(1, len(self.tasks()))
        self.aws.client("ec2").terminate_instances(InstanceIds=[machine])
        self.assertEqual([], self.ecs.list_container_instances(cluster="c1")["containerInstanceArns"])
        self.assertEqual([], self.tasks())

    @covers("ecs.capacity-providers")
    def test_a_provider_in_use_cannot_be_deleted(self) -> None:
        arn = "arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:x:autoScalingGroupName/g"
        self.ecs.create_capacity_provider(name="p", autoScalingGroupProvider={"autoScalingGroupArn": arn})
        self.ecs.create_cluster(clusterName="c1", capacityProviders=["p"])
        self.assertCode("ClientException", lambda: self.ecs.delete_capacity_provider(capacityProvider="p"))
        self.ecs.put_cluster_capacity_providers(cluster="c1", capacityProviders=[],
                                                defaultCapacityProviderStrategy=[])
        self.assertCode("OK", lambda: self.ecs.delete_capacity_provider(capacityProvider="p"))
        names = {provider["name"] for provider in self.ecs.describe_capacity_providers()["capacityProviders"]}
        self.assertEqual({"FARGATE", "FARGATE_SPOT"}, names)
