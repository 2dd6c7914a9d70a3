"""The control interface: journal, faults, limits, reset."""

import json
import time
import urllib.error
from typing import Any

from botocore.exceptions import BotoCoreError

from .harness import Account, Emulator, EmulatorTest, code_of, covers


class ControlTest(EmulatorTest):
    """Faults belong to the test's own account."""

    def faults(self, **rule: Any) -> None:
        """Adds a rule for this account."""
        self.control("POST", "/rk/faults", [{**rule, "account": self.aws.number}])

    def control(self, method: str, path: str, data: Any = None) -> Any:
        """A control call as it stands."""
        return self.aws.emulator.control(method, path, data)

    def calls(self, **wanted: str) -> list[dict[str, Any]]:
        """The journal of this account."""
        query = "&".join(f"{name}={value}" for name, value in wanted.items())
        return self.aws.control("GET", f"/rk/journal?since=0&{query}")["calls"]


class Basics(ControlTest):
    """Health and errors."""

    def test_health(self) -> None:
        health = self.control("GET", "/rk/health")
        self.assertTrue(health["ready"])
        self.assertEqual("5.2.1", health["moto"])
        self.assertIsInstance(health["pid"], int)

    def test_what_cannot_be_understood_is_named(self) -> None:
        for method, path, data in (("POST", "/rk/auth", {"enabled": True, "account": "12"}),
                                   ("POST", "/rk/auth", []), ("POST", "/rk/faults", [{"kind": "storm"}]),
                                   ("POST", "/rk/faults", [{"kind": "drop", "colour": "red"}]),
                                   ("POST", "/rk/propagation", {"iam_ms": -1}),
                                   ("POST", "/rk/waits", {"share": 2}),
                                   ("POST", "/rk/lambda", {"f": "ftp://x"}), ("GET", "/rk/journal?since=x", None)):
            with self.subTest(path=path, data=data), self.assertRaises(urllib.error.HTTPError) as caught:
                self.control(method, path, data)
            self.assertEqual(400, caught.exception.code)
            self.assertIn("error", json.loads(caught.exception.read()))

    def test_reset_empties_everything(self) -> None:
        emulator = Emulator()
        self.addCleanup(emulator.stop)
        aws = Account(emulator)
        aws.user()
        aws.enforce()
        aws.control("POST", "/rk/faults", kind="error")
        emulator.control("POST", "/rk/reset")
        self.assertEqual([], aws.client("iam").list_users()["Users"])
        self.assertEqual([], emulator.control("GET", "/rk/faults"))
        self.assertEqual({"default": False, "accounts": {}}, emulator.control("GET", "/rk/auth"))
        self.assertEqual(1, len(emulator.control("GET", "/rk/journal")["calls"]))


class JournalTest(ControlTest):
    """The journal."""

    def test_calls_are_journaled_with_their_parameters(self) -> None:
        key = self.aws.user()
        self.aws.client("ec2", key, region="eu-west-1").describe_instances(
            Filters=[{"Name": "instance-type", "Values": ["t3.micro"]}])
        call = self.calls(service="ec2", action="DescribeInstances")[0]
        self.assertEqual(("eu-west-1", key["AccessKeyId"], 200, None, f"arn:aws:iam::{self.aws.number}:user/bob"),
                         tuple(call[name] for name in ("region", "key", "status", "error", "principal")))
        self.assertEqual({"Filters": [{"Name": "instance-type", "Values": ["t3.micro"]}]}, call["params"])

    def test_errors_are_journaled(self) -> None:
        code_of(lambda: self.aws.client("iam").get_user(UserName="nobody"))
        call = self.calls(service="iam")[0]
        self.assertEqual((404, "NoSuchEntity"), (call["status"], call["error"]))

    def test_secrets_are_not(self) -> None:
        iam = self.aws.client("iam")
        iam.create_user(UserName="bob")
        iam.create_login_profile(UserName="bob", Password="correct-Horse-1")
        self.assertNotIn("correct-Horse-1", json.dumps(self.calls()))

    def test_reading_goes_on_where_it_stopped(self) -> None:
        self.aws.user()
        first = self.aws.control("GET", "/rk/journal?since=0")
        self.aws.client("iam").list_users()
        rest = self.aws.control("GET", f"/rk/journal?since={first['next']}")
        self.assertEqual(["ListUsers"], [call["action"] for call in rest["calls"]])


class Faults(ControlTest):
    """Faults on request."""

    def test_throttling_speaks_each_services_language(self) -> None:
        for service, call, code in (
                ("ec2", lambda: self.aws.client("ec2").describe_regions(), "RequestLimitExceeded"),
                ("iam", lambda: self.aws.client("iam").list_users(), "Throttling"),
                ("ecs", lambda: self.aws.client("ecs").list_clusters(), "ThrottlingException"),
                ("autoscaling", lambda: self.aws.client("autoscaling").describe_auto_scaling_groups(), "Throttling"),
                ("lambda", lambda: self.aws.client("lambda").list_functions(), "TooManyRequestsException")):
            self.faults(service=service, kind="throttle", times=2)
            self.assertEqual([code, code, "OK"], [code_of(call) for _ in range(3)])

    def test_rules_can_skip_and_choose(self) -> None:
        self.faults(service="iam", action="ListUsers", kind="error", code="ServiceFailure", status=500, skip=1, times=1)
        iam = self.aws.client("iam")
        self.assertEqual("OK", code_of(iam.list_roles))
        self.assertEqual(["OK", "ServiceFailure", "OK"], [code_of(iam.list_users) for _ in range(3)])

    def test_a_rule_can_look_into_the_body(self) -> None:
        self.faults(service="iam", kind="http500", match="victim")
        iam = self.aws.client("iam")
        self.assertEqual("NoSuchEntity", code_of(lambda: iam.get_user(UserName="other")))
        self.assertEqual("InternalFailure", code_of(lambda: iam.get_user(UserName="victim")))

    def test_latency_delays_and_a_dropped_connection_is_dropped(self) -> None:
        self.faults(service="sts", kind="latency", delay_ms=300, times=1)
        started = time.monotonic()
        self.aws.client("sts").get_caller_identity()
        self.assertGreater(time.monotonic() - started, 0.3)
        self.faults(service="sts", kind="drop", times=1)
        with self.assertRaises(BotoCoreError):
            self.aws.client("sts").get_caller_identity()
        self.assertEqual("OK", code_of(self.aws.client("sts").get_caller_identity))

    def test_a_success_can_say_nothing_and_do_nothing(self) -> None:
        self.faults(action="CreateUser", kind="empty")
        self.faults(service="ecs", kind="empty", times=1)
        self.assertNotIn("User", self.aws.client("iam").create_user(UserName="nobody"))
        self.assertNotIn("clusterArns", self.aws.client("ecs").list_clusters())
        self.assertEqual("NoSuchEntity", code_of(lambda: self.aws.client("iam").get_user(UserName="nobody")))

    def test_an_answer_can_be_lost_or_be_an_error_after_the_effect(self) -> None:
        iam = self.aws.client("iam")
        self.faults(action="CreateUser", kind="lost", match="first")
        self.faults(action="CreateUser", kind="late500", match="second")
        with self.assertRaises(BotoCoreError):
            iam.create_user(UserName="first")
        self.assertEqual("InternalFailure", code_of(lambda: iam.create_user(UserName="second")))
        self.assertEqual({"first", "second"}, {user["UserName"] for user in iam.list_users()["Users"]})
        self.assertEqual([(200, "lost"), (200, "late500")],
                         [(call["status"], call["fault"]) for call in self.calls(action="CreateUser")])

    def test_other_accounts_are_left_alone(self) -> None:
        self.faults(kind="error")
        self.assertEqual("OK", code_of(Account(self.aws.emulator).client("iam").list_users))


class Gaps(ControlTest):
    """What moto lacks."""

    @covers("core.missing-operations")
    def test_an_operation_that_is_missing_says_so_at_once(self) -> None:
        started = time.monotonic()
        for call in (lambda: self.aws.client("iam").simulate_principal_policy(
                         PolicySourceArn="arn:aws:iam::111122223333:user/x", ActionNames=["a:b"]),
                     lambda: self.aws.client("lightsail").get_instances(),
                     lambda: self.aws.client("guardduty").list_findings(DetectorId="x")):
            self.assertEqual("NotImplemented", code_of(call))
        self.assertLess(time.monotonic() - started, 10)

    @covers("core.compressed-requests")
    def test_a_compressed_request_is_unpacked(self) -> None:
        metrics = [{"MetricName": "a", "Value": 1.0}] * 300
        self.assertCode("OK", lambda: self.aws.client("cloudwatch").put_metric_data(Namespace="N", MetricData=metrics))


class Names(ControlTest):
    """Operations are told apart."""

    def test_s3_operations_are_named(self) -> None:
        s3 = self.aws.client("s3")
        bucket = f"bucket-{self.aws.number}"
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key="a b/c", Body=b"x")
        s3.copy_object(Bucket=bucket, Key="d", CopySource=f"{bucket}/a b/c")
        s3.list_objects_v2(Bucket=bucket)
        code_of(lambda: s3.get_bucket_policy(Bucket=bucket))
        upload = s3.create_multipart_upload(Bucket=bucket, Key="big")["UploadId"]
        s3.upload_part(Bucket=bucket, Key="big", UploadId=upload, PartNumber=1, Body=b"y")
        s3.abort_multipart_upload(Bucket=bucket, Key="big", UploadId=upload)
        s3.list_buckets()
        self.assertEqual(
            ["CreateBucket", "PutObject", "CopyObject", "ListObjectsV2", "GetBucketPolicy", "CreateMultipartUpload",
             "UploadPart", "AbortMultipartUpload", "ListBuckets"],
            [call["action"] for call in self.calls(service="s3")])
