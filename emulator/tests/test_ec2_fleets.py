"""Fleets: made when, replacing what, and leaving what when they end."""

from typing import Any

from botocore.exceptions import ClientError

from .harness import covers
from .test_ec2 import IMAGE, Ec2Test


class FleetsOfBothKinds(Ec2Test):
    """Fleets and their instances."""

    def setUp(self) -> None:
        super().setUp()
        self.ec2.create_launch_template(LaunchTemplateName="miner", LaunchTemplateData={"ImageId": IMAGE, "InstanceType": "t3.micro"})

    def fleet(self, kind: str, capacity: str = "on-demand", **more: Any) -> str:
        """Makes a fleet of two."""
        return self.ec2.create_fleet(
            Type=kind, LaunchTemplateConfigs=[{"LaunchTemplateSpecification": {"LaunchTemplateName": "miner", "Version": "1"}}],
            TargetCapacitySpecification={"TotalTargetCapacity": 2, "DefaultTargetCapacityType": capacity}, **more)["FleetId"]

    def spot_fleet(self) -> str:
        """Requests a Spot fleet of two."""
        return self.ec2.request_spot_fleet(SpotFleetRequestConfig={
            "IamFleetRole": "arn:aws:iam::111122223333:role/fleet", "TargetCapacity": 2, "AllocationStrategy": "lowestPrice", "SpotPrice": "1",
            "LaunchSpecifications": [{"ImageId": IMAGE, "InstanceType": "t3.micro"}]})["SpotFleetRequestId"]

    def launched(self, name: str) -> list[str]:
        """What a fleet names as its instances."""
        return sorted(one["InstanceId"] for one in self.ec2.describe_fleet_instances(FleetId=name)["ActiveInstances"])

    def running(self) -> list[str]:
        """The ids of all instances that run."""
        found = self.ec2.describe_instances(Filters=[{"Name": "instance-state-name", "Values": ["running"]}])
        return sorted(instance["InstanceId"] for entry in found["Reservations"] for instance in entry["Instances"])

    def refusal(self, call: Any, **parameters: Any) -> str:
        """The code with which a call is refused."""
        with self.assertRaises(ClientError) as caught:
            call(**parameters)
        return str(caught.exception.response["Error"]["Code"])

    @covers("ec2.fleet-times")
    def test_a_fleet_tells_when_it_was_made(self) -> None:
        fleet = self.ec2.describe_fleets(FleetIds=[self.fleet("maintain")])["Fleets"][0]
        spot = self.ec2.describe_spot_fleet_requests(SpotFleetRequestIds=[self.spot_fleet()])["SpotFleetRequestConfigs"][0]
        request = self.ec2.describe_spot_instance_requests()["SpotInstanceRequests"][0]
        for one in (fleet, spot, request):
            self.assertGreater(one["CreateTime"].year, 2020)

    @covers("ec2.fleet-tokens")
    def test_a_repeated_token_names_the_first_fleet(self) -> None:
        self.assertEqual(self.fleet("maintain", ClientToken="one"), self.fleet("maintain", ClientToken="one"))
        self.assertEqual(2, len(self.running()))

    @covers("ec2.fleet-ids")
    def test_an_unknown_fleet_is_refused(self) -> None:
        self.assertEqual("InvalidFleetId.NotFound", self.refusal(self.ec2.describe_fleets, FleetIds=["fleet-0"]))
        self.assertEqual("InvalidSpotFleetRequestId.NotFound", self.refusal(
            self.ec2.describe_spot_fleet_requests, SpotFleetRequestIds=["sfr-0"]))

    @covers("ec2.fleet-ids")
    def test_an_instant_fleet_tells_its_instances_to_whoever_names_it(self) -> None:
        name = self.fleet("instant")
        self.assertEqual([], self.ec2.describe_fleets()["Fleets"])
        found = self.ec2.describe_fleets(FleetIds=[name])["Fleets"][0]["Instances"]
        self.assertEqual(self.running(), sorted(each for some in found for each in some["InstanceIds"]))
        self.assertEqual("UnsupportedOperation", self.refusal(self.ec2.describe_fleet_instances, FleetId=name))

    @covers("ec2.fleet-endings")
    def test_a_fleet_that_maintains_its_capacity_replaces_what_ends(self) -> None:
        for capacity in ("on-demand", "spot"):
            name = self.fleet("maintain", capacity)
            ended = self.launched(name)[0]
            self.ec2.terminate_instances(InstanceIds=[ended])
            self.assertNotIn(ended, self.launched(name))
            self.assertEqual(2, len(self.launched(name)))

    @covers("ec2.fleet-endings")
    def test_a_fleet_that_was_deleted_without_its_instances_replaces_nothing(self) -> None:
        for capacity in ("on-demand", "spot"):
            name = self.fleet("maintain", capacity)
            self.ec2.delete_fleets(FleetIds=[name], TerminateInstances=False)
            self.assertEqual("deleted_running", self.ec2.describe_fleets(FleetIds=[name])["Fleets"][0]["FleetState"])
            self.ec2.terminate_instances(InstanceIds=self.launched(name))
            self.assertEqual([], self.running())

    @covers("ec2.fleet-endings")
    def test_an_instant_fleet_goes_only_with_its_instances(self) -> None:
        name = self.fleet("instant", "spot")
        self.assertEqual("InvalidParameterValue", self.refusal(self.ec2.delete_fleets, FleetIds=[name], TerminateInstances=False))
        self.ec2.delete_fleets(FleetIds=[name], TerminateInstances=True)
        self.assertEqual([], self.running())

    @covers("ec2.fleet-endings")
    def test_a_cancelled_spot_fleet_is_shown_with_what_it_left(self) -> None:
        name = self.spot_fleet()
        self.ec2.cancel_spot_fleet_requests(SpotFleetRequestIds=[name], TerminateInstances=False)
        self.assertEqual("cancelled_running", self.ec2.describe_spot_fleet_requests(
            SpotFleetRequestIds=[name])["SpotFleetRequestConfigs"][0]["SpotFleetRequestState"])
        left = [one["InstanceId"] for one in self.ec2.describe_spot_fleet_instances(SpotFleetRequestId=name)["ActiveInstances"]]
        self.assertEqual(self.running(), sorted(left))
        self.ec2.terminate_instances(InstanceIds=left)
        self.assertEqual([], self.running())

    @covers("ec2.modify-fleet", "ec2.fleet-endings")
    def test_a_fleet_takes_another_size_and_cannot_be_deleted_meanwhile(self) -> None:
        name = self.fleet("maintain")
        self.ec2.modify_fleet(FleetId=name, TargetCapacitySpecification={"TotalTargetCapacity": 3})
        self.assertEqual(3, len(self.running()))
        answer = self.ec2.delete_fleets(FleetIds=[name], TerminateInstances=True)
        self.assertEqual("fleetNotInDeletableState", answer["UnsuccessfulFleetDeletions"][0]["Error"]["Code"])
        self.ec2.modify_fleet(FleetId=name, TargetCapacitySpecification={"TotalTargetCapacity": 1})
        self.assertEqual(self.launched(name), self.running())
        self.assertEqual(1, len(self.running()))

    @covers("ec2.fleet-endings")
    def test_what_cannot_be_deleted_is_in_the_answer(self) -> None:
        answer = self.ec2.delete_fleets(FleetIds=[self.fleet("maintain"), "fleet-0"], TerminateInstances=True)
        self.assertEqual(1, len(answer["SuccessfulFleetDeletions"]))
        self.assertEqual("fleetIdDoesNotExist", answer["UnsuccessfulFleetDeletions"][0]["Error"]["Code"])
        self.assertEqual([], self.running())
