"""What a resource says of who made it."""

import time
from typing import Any

from .harness import EmulatorTest, covers
from .test_autoscaling import GroupTest
from .test_ecs import EcsTest


class Groups(GroupTest):
    """What a group launched, and what was attached to it."""

    def activities(self, **more: Any) -> list[str]:
        """The descriptions, newest first."""
        pages = self.scaling.get_paginator("describe_scaling_activities").paginate(AutoScalingGroupName="g", **more)
        return [activity["Description"] for page in pages for activity in page["Activities"]]

    @covers("autoscaling.activities")
    def test_a_launch_and_an_attachment_are_told_apart(self) -> None:
        self.create(1)
        launched = self.members()[0]
        other = self.ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
        self.scaling.attach_instances(AutoScalingGroupName="g", InstanceIds=[other])
        self.scaling.detach_instances(
            AutoScalingGroupName="g", InstanceIds=[launched], ShouldDecrementDesiredCapacity=True)
        self.assertEqual(
            [f"Detaching EC2 instance: {launched}", f"Attaching an existing EC2 instance: {other}",
             f"Launching a new EC2 instance: {launched}"], self.activities())

    @covers("autoscaling.activities")
    def test_activities_outlive_the_group(self) -> None:
        self.create(1)
        launched = self.members()[0]
        self.scaling.delete_auto_scaling_group(AutoScalingGroupName="g", ForceDelete=True)
        self.assertEqual([], self.activities())
        self.assertIn(f"Launching a new EC2 instance: {launched}", self.activities(IncludeDeletedGroups=True))


class Instances(EmulatorTest):
    """When an instance was launched first."""

    @covers("ec2.launch-time-starts-anew")
    def test_a_start_makes_the_launch_time_new_and_no_attach_time(self) -> None:
        ec2 = self.aws.client("ec2")
        name = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]

        def times() -> tuple[Any, Any, Any]:
            found = ec2.describe_instances(InstanceIds=[name])["Reservations"][0]["Instances"][0]
            return (found["LaunchTime"], found["NetworkInterfaces"][0]["Attachment"]["AttachTime"],
                    found["BlockDeviceMappings"][0]["Ebs"]["AttachTime"])

        before = times()
        ec2.stop_instances(InstanceIds=[name])
        time.sleep(1.1)
        ec2.start_instances(InstanceIds=[name])
        after = times()
        self.assertGreater(after[0], before[0])
        self.assertEqual(before[1:], after[1:])


class Clusters(EcsTest):
    """Whose a cluster is, and what is in it."""

    @covers("ecs.idempotent-clusters")
    def test_creating_a_cluster_that_is_there_answers_with_it(self) -> None:
        self.cluster()
        self.service("web", 2)
        again = self.ecs.create_cluster(clusterName="c1")["cluster"]
        self.assertEqual((1, 2), (again["activeServicesCount"], again["runningTasksCount"]))
        self.assertEqual(1, len(self.ecs.list_services(cluster="c1")["serviceArns"]))

    @covers("ecs.authors")
    def test_services_tasks_and_definitions_tell_their_author_and_their_time(self) -> None:
        self.cluster()
        self.service("web", 1)
        service = self.ecs.describe_services(cluster="c1", services=["web"])["services"][0]
        tasks = self.ecs.list_tasks(cluster="c1")["taskArns"]
        task = self.ecs.describe_tasks(cluster="c1", tasks=tasks)["tasks"][0]
        definition = self.ecs.describe_task_definition(taskDefinition="miner")["taskDefinition"]
        root = f"arn:aws:iam::{self.aws.number}:root"
        self.assertEqual((root, root), (service["createdBy"], definition["registeredBy"]))
        self.assertLessEqual(definition["registeredAt"], service["createdAt"])
        self.assertLessEqual(service["createdAt"], task["createdAt"])
