"""Auto Scaling groups that resist being scaled to nothing."""

from typing import Any

from .harness import EmulatorTest, covers

IMAGE = "ami-12345678"


class GroupTest(EmulatorTest):
    """Helpers for groups."""

    def setUp(self) -> None:
        super().setUp()
        self.ec2, self.scaling = self.aws.client("ec2"), self.aws.client("autoscaling")
        self.ec2.create_launch_template(LaunchTemplateName="miner", LaunchTemplateData={
            "ImageId": IMAGE, "InstanceType": "t3.micro", "DisableApiTermination": True})

    def create(self, size: int = 2, most: int = 5, **more: Any) -> None:
        """Makes the group `g`."""
        self.scaling.create_auto_scaling_group(
            AutoScalingGroupName="g", LaunchTemplate={"LaunchTemplateName": "miner"}, MinSize=0, MaxSize=most,
            DesiredCapacity=size, VPCZoneIdentifier=self.aws.subnet(), **more)

    def group(self) -> dict[str, Any]:
        """The group as described."""
        return self.scaling.describe_auto_scaling_groups(AutoScalingGroupNames=["g"])["AutoScalingGroups"][0]

    def members(self) -> list[str]:
        """Ids of the members, in whatever state."""
        return [member["InstanceId"] for member in self.group()["Instances"]]

    def to_zero(self) -> None:
        """What a responder does first."""
        self.scaling.update_auto_scaling_group(AutoScalingGroupName="g", MinSize=0, MaxSize=0, DesiredCapacity=0)

    def states(self, names: list[str]) -> set[str]:
        """The states of instances."""
        found = self.ec2.describe_instances(InstanceIds=names)["Reservations"]
        return {instance["State"]["Name"] for entry in found for instance in entry["Instances"]}


class Scaling(GroupTest):
    """Scaling to zero, and what hinders it."""

    @covers("autoscaling.scaling")
    def test_scaling_in_ignores_termination_protection(self) -> None:
        self.create()
        members = self.members()
        for name in members:
            self.ec2.modify_instance_attribute(InstanceId=name, DisableApiTermination={"Value": True})
        self.to_zero()
        self.assertEqual([], self.members())
        self.assertEqual({"terminated"}, self.states(members))

    @covers("autoscaling.scaling")
    def test_unprotected_members_go_by_themselves(self) -> None:
        self.create(NewInstancesProtectedFromScaleIn=True)
        members = self.members()
        self.to_zero()
        self.assertEqual(members, self.members())
        self.scaling.set_instance_protection(AutoScalingGroupName="g", InstanceIds=members, ProtectedFromScaleIn=False)
        self.assertEqual([], self.members())

    @covers("autoscaling.scaling")
    def test_a_suspended_terminate_process_keeps_members_until_resumed(self) -> None:
        self.create()
        self.scaling.suspend_processes(AutoScalingGroupName="g", ScalingProcesses=["Terminate"])
        self.to_zero()
        self.assertEqual(2, len(self.members()))
        self.scaling.resume_processes(AutoScalingGroupName="g", ScalingProcesses=["Terminate"])
        self.assertEqual([], self.members())

    @covers("autoscaling.scaling")
    def test_a_suspended_launch_process_replaces_nothing(self) -> None:
        self.create()
        self.scaling.suspend_processes(AutoScalingGroupName="g", ScalingProcesses=["Launch"])
        victim = self.members()[0]
        self.ec2.modify_instance_attribute(InstanceId=victim, DisableApiTermination={"Value": False})
        self.ec2.terminate_instances(InstanceIds=[victim])
        self.assertEqual(1, len(self.members()))

    def test_a_terminated_member_is_replaced(self) -> None:
        self.create()
        victim = self.members()[0]
        self.ec2.modify_instance_attribute(InstanceId=victim, DisableApiTermination={"Value": False})
        self.ec2.terminate_instances(InstanceIds=[victim])
        self.assertEqual(2, len(self.members()))
        self.assertNotIn(victim, self.members())

    @covers("autoscaling.scaling")
    def test_unknown_groups_and_members_are_named(self) -> None:
        self.assertCode("ValidationError", lambda: self.scaling.suspend_processes(AutoScalingGroupName="x"))
        self.assertCode("ValidationError", lambda: self.scaling.terminate_instance_in_auto_scaling_group(
            InstanceId="i-0123456789abcdef0", ShouldDecrementDesiredCapacity=True))

    def test_members_carry_the_name_of_their_group(self) -> None:
        self.create()
        wanted = [{"Name": "tag:aws:autoscaling:groupName", "Values": ["g"]}]
        found = self.ec2.describe_instances(Filters=wanted)["Reservations"]
        self.assertEqual(2, sum(len(entry["Instances"]) for entry in found))

    @covers("autoscaling.bounds")
    def test_bounds_are_checked(self) -> None:
        self.create()
        update = self.scaling.update_auto_scaling_group
        self.assertCode("ValidationError", lambda: update(AutoScalingGroupName="g", MinSize=9))
        self.assertCode("ValidationError", lambda: update(AutoScalingGroupName="g", DesiredCapacity=9))
        self.assertCode("ValidationError", lambda: self.scaling.set_desired_capacity(
            AutoScalingGroupName="g", DesiredCapacity=9))
        self.assertCode("AlreadyExists", self.create)


class Hooks(GroupTest):
    """Lifecycle hooks."""

    def hold(self) -> None:
        """A hook that keeps terminating members for an hour."""
        self.scaling.put_lifecycle_hook(AutoScalingGroupName="g", LifecycleHookName="h", HeartbeatTimeout=3600,
                                        LifecycleTransition="autoscaling:EC2_INSTANCE_TERMINATING")

    @covers("autoscaling.scaling", "autoscaling.lifecycle-hooks")
    def test_a_hook_holds_members_until_it_is_deleted(self) -> None:
        self.create()
        self.hold()
        members = self.members()
        self.to_zero()
        self.assertEqual({"Terminating:Wait"}, {member["LifecycleState"] for member in self.group()["Instances"]})
        self.assertEqual({"running"}, self.states(members))
        self.scaling.delete_lifecycle_hook(AutoScalingGroupName="g", LifecycleHookName="h")
        self.assertEqual([], self.members())
        self.assertEqual({"terminated"}, self.states(members))

    @covers("autoscaling.scaling", "autoscaling.lifecycle-hooks")
    def test_completing_the_action_lets_one_member_go(self) -> None:
        self.create()
        self.hold()
        first = self.members()[0]
        self.to_zero()
        self.scaling.complete_lifecycle_action(AutoScalingGroupName="g", LifecycleHookName="h", InstanceId=first,
                                               LifecycleActionResult="CONTINUE")
        self.assertEqual(1, len(self.members()))
        self.assertNotIn(first, self.members())

    @covers("autoscaling.kept-settings")
    def test_a_retaining_lifecycle_policy_keeps_abandoned_members(self) -> None:
        self.create(1, InstanceLifecyclePolicy={"RetentionTriggers": {"TerminateHookAbandon": "retain"}})
        self.hold()
        name = self.members()[0]
        self.to_zero()
        self.scaling.complete_lifecycle_action(AutoScalingGroupName="g", LifecycleHookName="h", InstanceId=name,
                                               LifecycleActionResult="ABANDON")
        self.assertEqual("Terminating:Retained", self.group()["Instances"][0]["LifecycleState"])
        self.scaling.terminate_instance_in_auto_scaling_group(InstanceId=name, ShouldDecrementDesiredCapacity=False)
        self.assertEqual([], self.members())


class Deletion(GroupTest):
    """Deleting groups."""

    @covers("autoscaling.delete-group")
    def test_a_group_with_members_is_deleted_only_by_force(self) -> None:
        self.create()
        members = self.members()
        delete = self.scaling.delete_auto_scaling_group
        self.assertCode("ResourceInUse", lambda: delete(AutoScalingGroupName="g"))
        delete(AutoScalingGroupName="g", ForceDelete=True)
        self.assertEqual({"terminated"}, self.states(members))

    @covers("autoscaling.kept-settings")
    def test_deletion_protection_is_shown_and_must_be_lifted(self) -> None:
        self.create(0, DeletionProtection="prevent-all-deletion")
        self.assertEqual("prevent-all-deletion", self.group()["DeletionProtection"])
        delete = self.scaling.delete_auto_scaling_group
        self.assertCode("ValidationError", lambda: delete(AutoScalingGroupName="g"))
        self.scaling.update_auto_scaling_group(AutoScalingGroupName="g", DeletionProtection="none")
        self.assertCode("OK", lambda: delete(AutoScalingGroupName="g"))


class WarmPool(GroupTest):
    """Warm pools and instance refreshes."""

    @covers("autoscaling.warm-pool")
    def test_a_warm_pool_holds_stopped_instances_until_deleted_by_force(self) -> None:
        self.create(1)
        self.scaling.put_warm_pool(AutoScalingGroupName="g", MinSize=2)
        pool = self.scaling.describe_warm_pool(AutoScalingGroupName="g")["Instances"]
        self.assertEqual({"Warmed:Stopped"}, {instance["LifecycleState"] for instance in pool})
        names = [instance["InstanceId"] for instance in pool]
        self.assertEqual({"stopped"}, self.states(names))
        self.scaling.put_lifecycle_hook(AutoScalingGroupName="g", LifecycleHookName="h", HeartbeatTimeout=3600,
                                        LifecycleTransition="autoscaling:EC2_INSTANCE_TERMINATING")
        self.scaling.delete_warm_pool(AutoScalingGroupName="g")
        self.assertEqual("PendingDelete", self.scaling.describe_warm_pool(
            AutoScalingGroupName="g")["WarmPoolConfiguration"]["Status"])
        self.assertEqual({"stopped"}, self.states(names))
        self.scaling.delete_warm_pool(AutoScalingGroupName="g", ForceDelete=True)
        self.assertEqual({"terminated"}, self.states(names))
        self.assertCode("ValidationError", lambda: self.scaling.delete_warm_pool(AutoScalingGroupName="g"))

    @covers("autoscaling.warm-pool")
    def test_without_hooks_a_warm_pool_ends_its_instances(self) -> None:
        self.create(1)
        self.scaling.put_warm_pool(AutoScalingGroupName="g", MinSize=2)
        names = [i["InstanceId"] for i in self.scaling.describe_warm_pool(AutoScalingGroupName="g")["Instances"]]
        self.scaling.delete_warm_pool(AutoScalingGroupName="g")
        self.assertNotIn("WarmPoolConfiguration", self.scaling.describe_warm_pool(AutoScalingGroupName="g"))
        self.assertEqual({"terminated"}, self.states(names))

    @covers("autoscaling.warm-pool")
    def test_a_warm_pool_outlives_scaling_to_zero(self) -> None:
        self.create(1)
        self.scaling.put_warm_pool(AutoScalingGroupName="g", MinSize=2)
        self.to_zero()
        self.assertEqual(2, len(self.scaling.describe_warm_pool(AutoScalingGroupName="g")["Instances"]))

    @covers("autoscaling.instance-refresh")
    def test_cancelling_a_refresh_needs_one(self) -> None:
        self.create()
        cancel = self.scaling.cancel_instance_refresh
        self.assertCode("ActiveInstanceRefreshNotFound", lambda: cancel(AutoScalingGroupName="g"))
        self.scaling.start_instance_refresh(AutoScalingGroupName="g")
        self.assertCode("OK", lambda: cancel(AutoScalingGroupName="g"))
        found = self.scaling.describe_instance_refreshes(AutoScalingGroupName="g")["InstanceRefreshes"]
        self.assertEqual(["Cancelled"], [refresh["Status"] for refresh in found])

    def test_scheduled_actions_stay_recorded(self) -> None:
        self.create(0)
        self.scaling.put_scheduled_update_group_action(AutoScalingGroupName="g", ScheduledActionName="again",
                                                       Recurrence="0 * * * *", DesiredCapacity=5)
        found = self.scaling.describe_scheduled_actions(AutoScalingGroupName="g")["ScheduledUpdateGroupActions"]
        self.assertEqual(["again"], [action["ScheduledActionName"] for action in found])
