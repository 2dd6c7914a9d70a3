"""Spot requests: why they are cancelled before their instances are terminated."""

from .harness import covers
from .test_ec2 import IMAGE, Ec2Test


class SpotRequests(Ec2Test):
    """A request and its instance."""

    def request(self, kind: str) -> tuple[str, str]:
        """Makes a request, and returns its id and that of its instance."""
        answer = self.ec2.request_spot_instances(SpotPrice="1", InstanceCount=1, Type=kind, LaunchSpecification={
            "ImageId": IMAGE, "InstanceType": "t3.micro"})
        name = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
        return name, self.instance_of(name)

    def instance_of(self, name: str) -> str:
        """The instance of a request, as the request names it."""
        found = self.ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[name])
        return found["SpotInstanceRequests"][0]["InstanceId"]

    def running(self) -> list[str]:
        """The ids of all instances that run."""
        found = self.ec2.describe_instances(Filters=[{"Name": "instance-state-name", "Values": ["running"]}])
        return [instance["InstanceId"] for entry in found["Reservations"] for instance in entry["Instances"]]

    @covers("ec2.spot-requests")
    def test_an_instance_names_its_request(self) -> None:
        name, instance = self.request("one-time")
        found = self.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
        self.assertEqual(name, found["SpotInstanceRequestId"])

    @covers("ec2.spot-requests")
    def test_a_persistent_request_launches_again(self) -> None:
        name, instance = self.request("persistent")
        self.ec2.terminate_instances(InstanceIds=[instance])
        self.assertNotEqual(instance, self.instance_of(name))
        self.assertEqual([self.instance_of(name)], self.running())

    @covers("ec2.spot-requests")
    def test_a_cancelled_request_is_shown_and_launches_no_more(self) -> None:
        name, instance = self.request("persistent")
        self.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[name])
        self.assertEqual([instance], self.running())
        self.ec2.terminate_instances(InstanceIds=[instance])
        self.assertEqual([], self.running())
        found = self.ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[name])
        self.assertEqual("cancelled", found["SpotInstanceRequests"][0]["State"])
