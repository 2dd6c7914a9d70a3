"""CloudTrail records of what was called."""

import json
from typing import Any

from .harness import EmulatorTest, code_of, covers, policy
from .test_lambda import package

IMAGE = "ami-12345678"


class RecordTest(EmulatorTest):
    """Calls and their records."""

    def setUp(self) -> None:
        super().setUp()
        self.key = self.aws.user("bob", path="/dev/")
        self.next = self.aws.control("GET", "/rk/records")["next"]

    def records(self) -> list[dict[str, Any]]:
        """The records since the test began."""
        return self.aws.control("GET", f"/rk/records?since={self.next}")["records"]

    def record(self, name: str) -> dict[str, Any]:
        """The only record of that name."""
        found = [record for record in self.records() if record["eventName"] == name]
        self.assertEqual(1, len(found), [record["eventName"] for record in self.records()])
        return found[0]

    def client(self, service: str, key: Any = None, **more: Any) -> Any:
        """A client of the user."""
        return self.aws.client(service, key or self.key, **more)


class Envelope(RecordTest):
    """What every record has."""

    def test_an_answer_that_says_nothing_leaves_no_elements(self) -> None:
        kms = self.client("kms")
        key = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName="alias/seal", TargetKeyId=key)
        self.assertIsNone(self.record("CreateAlias")["responseElements"])

    def test_a_record_is_complete(self) -> None:
        self.client("iam").create_user(UserName="evil")
        record = self.record("CreateUser")
        self.assertEqual("iam.amazonaws.com", record["eventSource"])
        self.assertEqual(("1.11", "us-east-1", False, "AwsApiCall", True, self.aws.number, "Management"), tuple(
            record[name] for name in ("eventVersion", "awsRegion", "readOnly", "eventType", "managementEvent",
                                      "recipientAccountId", "eventCategory")))
        self.assertRegex(record["eventTime"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertRegex(record["eventID"], r"^[0-9a-f-]{36}$")
        self.assertEqual(record["eventID"], self.record("CreateUser")["eventID"])
        self.assertEqual("127.0.0.1", record["sourceIPAddress"])
        self.assertIn("Boto3", record["userAgent"])

    @covers("core.request-ids")
    def test_the_request_id_is_the_one_of_the_answer(self) -> None:
        answer = self.client("ec2").create_security_group(GroupName="g", Description="d")
        record = self.record("CreateSecurityGroup")
        self.assertRegex(record["requestID"], r"^[0-9a-f]{8}-[0-9a-f-]{27}$")
        self.assertEqual(answer["ResponseMetadata"]["RequestId"], record["requestID"])
        self.assertEqual(record["requestID"], record["responseElements"]["requestId"])

    def test_global_services_appear_in_us_east_1_and_others_where_called(self) -> None:
        self.client("iam", region="eu-west-1").list_users()
        self.client("ec2", region="eu-west-1").describe_instances()
        self.assertEqual("us-east-1", self.record("ListUsers")["awsRegion"])
        self.assertEqual("eu-west-1", self.record("DescribeInstances")["awsRegion"])

    def test_source_and_agent_can_be_set_per_key(self) -> None:
        self.aws.emulator.control("POST", "/rk/source", {
            "key": self.key["AccessKeyId"], "ip": "203.0.113.9", "agent": "aws-cli/2.0"})
        self.client("ec2").describe_regions()
        record = self.record("DescribeRegions")
        self.assertEqual(("203.0.113.9", "aws-cli/2.0"), (record["sourceIPAddress"], record["userAgent"]))

    def test_calls_that_nobody_made_leave_no_record(self) -> None:
        self.aws.enforce()
        self.assertNotEqual("OK", code_of(lambda: self.client("ec2", {**self.key, "SecretAccessKey": "x"})
                                          .describe_regions()))
        self.client("dynamodb").list_tables()
        self.client("sqs").create_queue(QueueName="q")
        self.assertEqual(["ListTables", "CreateQueue"], [record["eventName"] for record in self.records()])

    def test_reading_goes_on_where_it_stopped(self) -> None:
        for number in range(3):
            self.client("iam").create_group(GroupName=f"g{number}")
        first = self.aws.control("GET", f"/rk/records?since={self.next}&limit=2")
        rest = self.aws.control("GET", f"/rk/records?since={first['next']}")
        self.assertEqual([2, 1], [len(page["records"]) for page in (first, rest)])

    @covers("core.region-from-signature")
    def test_the_region_is_the_one_signed_for(self) -> None:
        import boto3
        from botocore.config import Config

        client = boto3.client("ec2", region_name="eu-west-1", endpoint_url=self.aws.emulator.url,
                              config=Config(user_agent_extra="region/us-west-2"),
                              aws_access_key_id=self.key["AccessKeyId"],
                              aws_secret_access_key=self.key["SecretAccessKey"])
        self.assertTrue(client.describe_subnets()["Subnets"][0]["AvailabilityZone"].startswith("eu-west-1"))


class Identities(RecordTest):
    """userIdentity by kind."""

    def test_a_user(self) -> None:
        self.client("ec2").describe_regions()
        identity = self.record("DescribeRegions")["userIdentity"]
        self.assertRegex(identity.pop("principalId"), "^AIDA")
        self.assertEqual({"type": "IAMUser", "arn": f"arn:aws:iam::{self.aws.number}:user/dev/bob",
                          "accountId": self.aws.number, "accessKeyId": self.key["AccessKeyId"],
                          "userName": "bob"}, identity)

    def test_a_user_session(self) -> None:
        session = self.client("sts").get_session_token()["Credentials"]
        self.client("ec2", session).describe_regions()
        identity = self.record("DescribeRegions")["userIdentity"]
        self.assertEqual(("IAMUser", "bob"), (identity["type"], identity["userName"]))
        self.assertTrue(identity["accessKeyId"].startswith("ASIA"))
        self.assertRegex(identity["sessionContext"]["attributes"]["creationDate"], r"^\d{4}-.*Z$")
        self.assertFalse(self.record("GetSessionToken")["readOnly"])

    def test_an_assumed_role(self) -> None:
        arn = self.aws.role("deep", path="/a/b/")
        session = self.aws.assume(self.key, arn, SourceIdentity="alice")
        self.client("ec2", session).describe_regions()
        identity = self.record("DescribeRegions")["userIdentity"]
        self.assertEqual(("AssumedRole", f"arn:aws:sts::{self.aws.number}:assumed-role/deep/session"),
                         (identity["type"], identity["arn"]))
        issuer = identity["sessionContext"]["sessionIssuer"]
        self.assertEqual(("Role", arn, "deep"), (issuer["type"], issuer["arn"], issuer["userName"]))
        self.assertEqual(identity["principalId"], issuer["principalId"] + ":session")
        self.assertEqual("alice", identity["sessionContext"]["sourceIdentity"])
        assumed = self.record("AssumeRole")
        self.assertTrue(assumed["readOnly"])
        self.assertEqual(session["AccessKeyId"], assumed["responseElements"]["credentials"]["accessKeyId"])
        self.assertNotIn(session["SecretAccessKey"], json.dumps(assumed))
        self.assertNotIn(session["SessionToken"], json.dumps(assumed))

    def test_a_federated_user(self) -> None:
        document = policy({"Effect": "Allow", "Action": "*", "Resource": "*"})
        session = self.client("sts").get_federation_token(Name="feed", Policy=document)["Credentials"]
        self.client("ec2", session).describe_regions()
        identity = self.record("DescribeRegions")["userIdentity"]
        self.assertEqual(("FederatedUser", f"arn:aws:sts::{self.aws.number}:federated-user/feed"),
                         (identity["type"], identity["arn"]))
        self.assertEqual(("IAMUser", f"arn:aws:iam::{self.aws.number}:user/dev/bob"), tuple(
            identity["sessionContext"]["sessionIssuer"][name] for name in ("type", "arn")))
        self.assertEqual(document, self.record("GetFederationToken")["requestParameters"]["policy"])

    def test_root(self) -> None:
        self.aws.client("ec2").describe_regions()
        identity = self.record("DescribeRegions")["userIdentity"]
        self.assertEqual(("Root", f"arn:aws:iam::{self.aws.number}:root"), (identity["type"], identity["arn"]))

    def test_a_service_acts_with_its_linked_role_after_it_was_asked(self) -> None:
        self.client("ec2").create_launch_template(LaunchTemplateName="miner", LaunchTemplateData={
            "ImageId": IMAGE, "InstanceType": "t3.micro"})
        self.client("autoscaling").create_auto_scaling_group(
            AutoScalingGroupName="g", LaunchTemplate={"LaunchTemplateName": "miner"}, MinSize=2, MaxSize=2,
            VPCZoneIdentifier=self.aws.subnet())
        names = [record["eventName"] for record in self.records()]
        self.assertEqual(["CreateAutoScalingGroup", "RunInstances"], names[-2:])
        record = self.record("RunInstances")
        self.assertEqual("autoscaling.amazonaws.com", record["userIdentity"]["invokedBy"])
        self.assertIn(":role/aws-service-role/", record["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"])
        self.assertEqual(2, len(record["responseElements"]["instancesSet"]["items"]))


class Compute(RecordTest):
    """EC2, Auto Scaling and ECS shapes."""

    def test_run_instances(self) -> None:
        tags = [{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "b"}]}]
        launched = self.client("ec2").run_instances(
            ImageId=IMAGE, InstanceType="g4dn.xlarge", MinCount=1, MaxCount=2, DisableApiTermination=True,
            UserData="#!/bin/sh", TagSpecifications=tags)["Instances"]
        record = self.record("RunInstances")
        asked = record["requestParameters"]
        self.assertEqual({"items": [{"imageId": IMAGE, "minCount": 1, "maxCount": 2}]}, asked["instancesSet"])
        self.assertEqual((True, False, "g4dn.xlarge", "<sensitiveDataRemoved>", {"enabled": False}, {}), tuple(
            asked[name] for name in ("disableApiTermination", "disableApiStop", "instanceType", "userData",
                                     "monitoring", "blockDeviceMapping")))
        self.assertEqual({"items": [{"resourceType": "instance", "tags": [{"key": "a", "value": "b"}]}]},
                         asked["tagSpecificationSet"])
        answered = record["responseElements"]["instancesSet"]["items"]
        self.assertEqual([i["InstanceId"] for i in launched], [item["instanceId"] for item in answered])
        self.assertIsInstance(answered[0]["launchTime"], int)

    def test_a_large_answer_is_left_out(self) -> None:
        self.client("ec2").run_instances(ImageId=IMAGE, MinCount=150, MaxCount=150)
        self.assertNotIn("responseElements", self.record("RunInstances"))

    def test_both_shapes_of_modify_instance_attribute(self) -> None:
        ec2 = self.client("ec2")
        name = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
        ec2.modify_instance_attribute(InstanceId=name, DisableApiTermination={"Value": True})
        ec2.modify_instance_attribute(InstanceId=name, Attribute="disableApiTermination", Value="true")
        one, two = (r for r in self.records() if r["eventName"] == "ModifyInstanceAttribute")
        self.assertEqual({"instanceId": name, "disableApiTermination": {"value": True}}, one["requestParameters"])
        self.assertEqual({"instanceId": name, "attribute": "disableApiTermination",
                          "value": "<sensitiveDataRemoved>"}, two["requestParameters"])
        self.assertTrue(one["responseElements"]["_return"])

    def test_dry_run_and_refusal_keep_the_parameters(self) -> None:
        self.aws.enforce()
        weak = self.aws.user("weak", {"Effect": "Allow", "Action": "iam:*", "Resource": "*"})
        for key in (self.key, weak):
            code_of(lambda k=key: self.client("ec2", k).run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1,
                                                                      DryRun=True))
        one, two = (record for record in self.records() if record["eventName"] == "RunInstances")
        self.assertEqual(("Client.DryRunOperation", "Client.UnauthorizedOperation"),
                         (one["errorCode"], two["errorCode"]))
        self.assertEqual("Request would have succeeded, but DryRun flag is set.", one["errorMessage"])
        for record in (one, two):
            self.assertEqual(IMAGE, record["requestParameters"]["instancesSet"]["items"][0]["imageId"])
            self.assertIsNone(record["responseElements"])

    def test_terminate_instances(self) -> None:
        ec2 = self.client("ec2")
        name = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
        ec2.terminate_instances(InstanceIds=[name])
        self.assertEqual({"instancesSet": {"items": [{"instanceId": name}]}},
                         self.record("TerminateInstances")["requestParameters"])

    def test_launch_templates_nest_the_wire_spelling(self) -> None:
        self.client("ec2").create_launch_template(LaunchTemplateName="miner", LaunchTemplateData={
            "ImageId": IMAGE, "UserData": "eA==", "DisableApiTermination": True, "TagSpecifications": [
                {"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]}]})
        record = self.record("CreateLaunchTemplate")
        asked = record["requestParameters"]["CreateLaunchTemplateRequest"]
        self.assertEqual("miner", asked["LaunchTemplateName"])
        data = asked["LaunchTemplateData"]
        self.assertEqual((IMAGE, True, "<sensitiveDataRemoved>"),
                         (data["ImageId"], data["DisableApiTermination"], data["UserData"]))
        self.assertEqual([1, 2], [tag["tag"] for tag in data["TagSpecification"]["Tag"]])
        made = record["responseElements"]["CreateLaunchTemplateResponse"]["launchTemplate"]
        self.assertRegex(made["launchTemplateId"], "^lt-")

    def test_auto_scaling_groups_have_no_answer(self) -> None:
        code_of(lambda: self.client("autoscaling").update_auto_scaling_group(
            AutoScalingGroupName="none", MinSize=20, MaxSize=999, VPCZoneIdentifier="subnet-1"))
        record = self.record("UpdateAutoScalingGroup")
        self.assertEqual({"autoScalingGroupName": "none", "minSize": 20, "maxSize": 999,
                          "vPCZoneIdentifier": "subnet-1"}, record["requestParameters"])
        self.assertIsNone(record["responseElements"])

    def test_ecs(self) -> None:
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="c")
        ecs.register_task_definition(family="f", cpu="16384", memory="32768", networkMode="awsvpc",
                                     requiresCompatibilities=["FARGATE"],
                                     containerDefinitions=[{"name": "x", "image": "y/z:w"}])
        asked = self.record("RegisterTaskDefinition")["requestParameters"]
        self.assertEqual(("16384", "32768"), (asked["cpu"], asked["memory"]))
        self.assertEqual("c", self.record("CreateCluster")["responseElements"]["cluster"]["clusterName"])

    def test_a_refusal_outside_ec2_hides_the_parameters(self) -> None:
        self.aws.enforce()
        weak = self.aws.user("weak", {"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
        code_of(lambda: self.client("ecs", weak).create_cluster(clusterName="c"))
        code_of(lambda: self.client("iam", weak).create_user(UserName="x"))
        for name in ("CreateCluster", "CreateUser"):
            record = [r for r in self.records() if r["eventName"] == name and "errorCode" in r][0]
            self.assertEqual(("AccessDenied", None), (record["errorCode"], record["requestParameters"]))


class Identity(RecordTest):
    """IAM and Lambda shapes."""

    def test_iam(self) -> None:
        iam = self.client("iam")
        iam.create_user(UserName="evil")
        made = iam.create_access_key(UserName="evil")["AccessKey"]
        iam.create_login_profile(UserName="evil", Password="correct-Horse-1")
        document = policy({"Effect": "Allow", "Action": "*", "Resource": "*"})
        iam.put_user_policy(UserName="evil", PolicyName="p", PolicyDocument=document)
        iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com")
        everything = json.dumps(self.records())
        self.assertNotIn(made["SecretAccessKey"], everything)
        self.assertNotIn("correct-Horse-1", everything)
        self.assertEqual(f"arn:aws:iam::{self.aws.number}:user/evil",
                         self.record("CreateUser")["responseElements"]["user"]["arn"])
        self.assertEqual(made["AccessKeyId"],
                         self.record("CreateAccessKey")["responseElements"]["accessKey"]["accessKeyId"])
        self.assertEqual({"userName": "evil"}, self.record("CreateLoginProfile")["requestParameters"])
        self.assertEqual(document, self.record("PutUserPolicy")["requestParameters"]["policyDocument"])
        self.assertIsNone(self.record("PutUserPolicy")["responseElements"])
        self.assertEqual({"aWSServiceName": "autoscaling.amazonaws.com"},
                         self.record("CreateServiceLinkedRole")["requestParameters"])

    def test_lambda_names_carry_their_version(self) -> None:
        functions = self.client("lambda")
        functions.create_function(FunctionName="fn", Runtime="python3.12", Handler="h.r", Role=self.aws.role(),
                                  Code={"ZipFile": package()}, Environment={"Variables": {"S": "secret-value"}})
        functions.create_function_url_config(FunctionName="fn", AuthType="NONE")
        functions.add_permission(FunctionName="fn", StatementId="u", Action="lambda:InvokeFunctionUrl",
                                 Principal="*", FunctionUrlAuthType="NONE")
        functions.put_function_concurrency(FunctionName="fn", ReservedConcurrentExecutions=0)
        self.assertNotIn("secret-value", json.dumps(self.records()))
        self.assertEqual("fn", self.record("CreateFunction20150331")["requestParameters"]["functionName"])
        self.assertEqual({"functionName": "fn", "authType": "NONE"},
                         self.record("CreateFunctionUrlConfig")["requestParameters"])
        self.assertEqual({"functionName": "fn", "statementId": "u", "action": "lambda:InvokeFunctionUrl",
                          "principal": "*", "functionUrlAuthType": "NONE"},
                         self.record("AddPermission20150331v2")["requestParameters"])
        self.record("PutFunctionConcurrency20171031")

    @covers("service-quotas.compute")
    def test_looking_up_a_quota(self) -> None:
        answer = self.client("service-quotas").get_service_quota(ServiceCode="ec2", QuotaCode="L-1216C47A")
        self.assertGreater(answer["Quota"]["Value"], 0)
        record = self.record("GetServiceQuota")
        self.assertEqual(("servicequotas.amazonaws.com", True, {"serviceCode": "ec2", "quotaCode": "L-1216C47A"}),
                         (record["eventSource"], record["readOnly"], record["requestParameters"]))

    @covers("cloudtrail.lookup-events")
    def test_events_can_be_looked_up(self) -> None:
        self.client("iam").create_user(UserName="evil")
        self.client("ec2").describe_regions()
        trail = self.aws.client("cloudtrail")
        for name, value in (("EventName", "CreateUser"), ("AccessKeyId", self.key["AccessKeyId"]),
                            ("Username", "bob"), ("ResourceName", "evil")):
            attribute = [{"AttributeKey": name, "AttributeValue": value}]
            events = trail.lookup_events(LookupAttributes=attribute)["Events"]
            self.assertIn("CreateUser", [event["EventName"] for event in events], name)
        self.assertEqual("evil", json.loads(events[0]["CloudTrailEvent"])["requestParameters"]["userName"])
