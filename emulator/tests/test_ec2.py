"""EC2 as responders and attackers meet it."""

import time
from collections.abc import Callable
from typing import Any

from .harness import EmulatorTest, code_of, covers

IMAGE = "ami-12345678"


def seconds(call: Callable[[], Any]) -> float:
    """How long a call takes. Compared with other calls, not with a limit: machines are busy."""
    started = time.monotonic()
    call()
    return time.monotonic() - started


class Ec2Test(EmulatorTest):
    """Helpers for instances."""

    def setUp(self) -> None:
        super().setUp()
        self.ec2 = self.aws.client("ec2")

    def launch(self, count: int = 1, **more: Any) -> list[str]:
        """Launches instances and returns their ids."""
        answer = self.ec2.run_instances(ImageId=IMAGE, InstanceType="t3.micro", MinCount=count, MaxCount=count, **more)
        return [instance["InstanceId"] for instance in answer["Instances"]]

    def state(self, name: str) -> str:
        """The state of an instance."""
        found = self.ec2.describe_instances(InstanceIds=[name])["Reservations"][0]["Instances"][0]
        return found["State"]["Name"]

    def protected(self, name: str, attribute: str = "disableApiTermination") -> bool:
        """A flag of an instance."""
        answer = self.ec2.describe_instance_attribute(InstanceId=name, Attribute=attribute)
        return answer[attribute[0].upper() + attribute[1:]]["Value"]


class Protection(Ec2Test):
    """Termination and stop protection."""

    @covers("ec2.launch-protection")
    def test_protection_asked_for_at_launch_holds(self) -> None:
        self.assertTrue(self.protected(self.launch(DisableApiTermination=True)[0]))

    @covers("ec2.launch-protection")
    def test_protection_in_a_launch_template_reaches_group_members(self) -> None:
        self.ec2.create_launch_template(LaunchTemplateName="miner", LaunchTemplateData={
            "ImageId": IMAGE, "InstanceType": "t3.micro", "DisableApiTermination": True})
        scaling = self.aws.client("autoscaling")
        scaling.create_auto_scaling_group(AutoScalingGroupName="g", LaunchTemplate={"LaunchTemplateName": "miner"},
                                          MinSize=1, MaxSize=1, VPCZoneIdentifier=self.aws.subnet())
        members = scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]["Instances"]
        self.assertTrue(self.protected(members[0]["InstanceId"]))

    @covers("ec2.terminate-per-zone")
    def test_one_protected_instance_spares_those_before_it_in_its_zone(self) -> None:
        free, held = self.launch()[0], self.launch()[0]
        self.ec2.modify_instance_attribute(InstanceId=held, DisableApiTermination={"Value": True})
        self.assertCode("OperationNotPermitted", lambda: self.ec2.terminate_instances(InstanceIds=[free, held]))
        self.assertEqual("running", self.state(free))

    @covers("ec2.terminate-per-zone")
    def test_instances_in_other_zones_are_terminated_though_the_call_fails(self) -> None:
        held = self.launch(Placement={"AvailabilityZone": "us-east-1a"})[0]
        free = self.launch(Placement={"AvailabilityZone": "us-east-1b"})[0]
        self.ec2.modify_instance_attribute(InstanceId=held, DisableApiTermination={"Value": True})
        self.assertCode("OperationNotPermitted", lambda: self.ec2.terminate_instances(InstanceIds=[held, free]))
        self.assertEqual(("running", "terminated"), (self.state(held), self.state(free)))

    @covers("ec2.terminate-per-zone")
    def test_stop_protection_keeps_from_termination_as_well(self) -> None:
        held = self.launch(DisableApiStop=True)[0]
        self.assertCode("OperationNotPermitted", lambda: self.ec2.terminate_instances(InstanceIds=[held]))
        self.ec2.modify_instance_attribute(InstanceId=held, DisableApiStop={"Value": False})
        self.assertCode("OK", lambda: self.ec2.terminate_instances(InstanceIds=[held]))

    @covers("ec2.terminate-per-zone")
    def test_more_than_a_thousand_ids_are_refused(self) -> None:
        ids = [f"i-{number:017x}" for number in range(1001)]
        self.assertCode("InvalidParameterValue", lambda: self.ec2.terminate_instances(InstanceIds=ids))

    @covers("ec2.modify-attribute")
    def test_two_attributes_in_one_call_are_refused(self) -> None:
        name = self.launch()[0]
        self.assertCode("InvalidParameterCombination", lambda: self.ec2.modify_instance_attribute(
            InstanceId=name, DisableApiTermination={"Value": True}, DisableApiStop={"Value": True}))

    @covers("ec2.modify-attribute")
    def test_an_unknown_attribute_name_is_refused(self) -> None:
        name = self.launch()[0]
        self.assertCode("InvalidParameterValue", lambda: self.ec2.modify_instance_attribute(
            InstanceId=name, Attribute="disableApiLaunch", Value="true"))

    def test_the_attribute_form_sets_and_clears(self) -> None:
        name = self.launch()[0]
        for text, flag in (("true", True), ("false", False)):
            self.ec2.modify_instance_attribute(InstanceId=name, Attribute="disableApiTermination", Value=text)
            self.assertEqual(flag, self.protected(name))


class Lifecycle(Ec2Test):
    """States, tokens, dry runs."""

    @covers("ec2.states")
    def test_a_terminated_instance_stays_terminated(self) -> None:
        name = self.launch()[0]
        self.ec2.terminate_instances(InstanceIds=[name])
        self.assertCode("IncorrectInstanceState", lambda: self.ec2.start_instances(InstanceIds=[name]))
        self.assertCode("IncorrectInstanceState", lambda: self.ec2.stop_instances(InstanceIds=[name]))
        self.assertEqual("terminated", self.state(name))

    @covers("ec2.states")
    def test_stopping_stops_all_or_none(self) -> None:
        free, held = self.launch()[0], self.launch(DisableApiStop=True)[0]
        self.assertCode("OperationNotPermitted", lambda: self.ec2.stop_instances(InstanceIds=[free, held]))
        self.assertEqual("running", self.state(free))

    @covers("ec2.client-tokens")
    def test_a_repeated_client_token_launches_nothing_more(self) -> None:
        first = self.launch(ClientToken="once")
        self.assertEqual(first, self.launch(ClientToken="once"))
        self.assertCode("IdempotentParameterMismatch", lambda: self.launch(2, ClientToken="once"))

    @covers("ec2.launch-count")
    def test_as_many_instances_as_the_maximum_are_launched(self) -> None:
        answer = self.ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=4)
        self.assertEqual(4, len(answer["Instances"]))

    def test_a_dry_run_tells_the_permitted_from_the_denied(self) -> None:
        allowed = self.aws.user("allowed")
        denied = self.aws.user("denied", {"Effect": "Allow", "Action": "iam:*", "Resource": "*"})
        self.aws.enforce()
        for key, code in ((allowed, "DryRunOperation"), (denied, "UnauthorizedOperation")):
            client = self.aws.client("ec2", key)
            self.assertCode(code, lambda c=client: c.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, DryRun=True))


class Describe(Ec2Test):
    """DescribeInstances and DescribeRegions."""

    @covers("ec2.describe-instances")
    def test_pages_hold_instances_not_reservations(self) -> None:
        self.launch(12)
        pages = self.ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5})
        sizes = [sum(len(entry["Instances"]) for entry in page["Reservations"]) for page in pages]
        self.assertEqual([5, 5, 2], sizes)

    @covers("ec2.describe-instances")
    def test_documented_filters_work_and_unknown_ones_are_named(self) -> None:
        name = self.launch(ClientToken="mine")[0]
        self.launch()
        found = self.ec2.describe_instances(Filters=[{"Name": "client-token", "Values": ["mi*"]}])
        self.assertEqual([name], [i["InstanceId"] for r in found["Reservations"] for i in r["Instances"]])
        self.assertCode("InvalidParameterValue",
                        lambda: self.ec2.describe_instances(Filters=[{"Name": "no-such", "Values": ["x"]}]))

    @covers("ec2.describe-instances")
    def test_a_malformed_id_has_its_own_code(self) -> None:
        self.assertCode("InvalidInstanceID.Malformed", lambda: self.ec2.describe_instances(InstanceIds=["x"]))
        unknown = "i-0123456789abcdef0"
        self.assertCode("InvalidInstanceID.NotFound", lambda: self.ec2.describe_instances(InstanceIds=[unknown]))

    def test_an_instance_is_described_whole(self) -> None:
        tags = [{"ResourceType": "instance", "Tags": [{"Key": "a&b", "Value": "<c>"}]}]
        name = self.launch(SubnetId=self.aws.subnet(), TagSpecifications=tags)[0]
        found = self.ec2.describe_instances(InstanceIds=[name])["Reservations"][0]["Instances"][0]
        self.assertEqual([{"Key": "a&b", "Value": "<c>"}], found["Tags"])
        for member in ("ImageId", "InstanceType", "LaunchTime", "SubnetId", "VpcId", "PrivateIpAddress", "Placement",
                       "SecurityGroups", "NetworkInterfaces", "BlockDeviceMappings", "MetadataOptions", "Monitoring"):
            self.assertTrue(found.get(member), member)

    @covers("ec2.describe-instances")
    def test_describing_instances_takes_no_longer_than_describing_their_volumes(self) -> None:
        self.launch(300)
        volumes = seconds(self.ec2.describe_volumes)
        self.assertLess(min(seconds(self.ec2.describe_instances) for _ in range(3)), 2 * volumes)

    @covers("ec2.fast-tags")
    def test_tags_of_one_resource_are_found_among_thousands(self) -> None:
        names = self.launch(300)
        before = seconds(self.ec2.describe_volumes)
        self.ec2.create_tags(Resources=names, Tags=[{"Key": f"k{n}", "Value": "v"} for n in range(50)])
        self.assertLess(min(seconds(self.ec2.describe_volumes) for _ in range(3)), 3 * before)

    @covers("ec2.regions")
    def test_only_enabled_regions_are_listed_unless_asked(self) -> None:
        enabled = {region["RegionName"] for region in self.ec2.describe_regions()["Regions"]}
        every = {region["RegionName"] for region in self.ec2.describe_regions(AllRegions=True)["Regions"]}
        self.assertIn("us-east-1", enabled)
        self.assertIn("ap-east-1", every - enabled)
        on = {"Name": "opt-in-status", "Values": ["opt-in-not-required", "opted-in"]}
        self.assertEqual(enabled, {region["RegionName"] for region in
                                   self.ec2.describe_regions(AllRegions=True, Filters=[on])["Regions"]})

    def test_regions_are_separate(self) -> None:
        self.launch()
        self.assertEqual([], self.aws.client("ec2", region="eu-west-1").describe_instances()["Reservations"])
        self.assertEqual("OK", code_of(lambda: self.aws.client("ec2", region="ap-southeast-1").describe_instances()))
