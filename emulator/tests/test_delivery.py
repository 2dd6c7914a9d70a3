"""CloudTrail's records on EventBridge, from the default bus to whoever listens, and what becomes of events that fail."""

import base64
import io
import json
import time
import zipfile
from typing import Any

from .harness import ALLOW_ALL, Account, code_of, covers, policy
from .test_events import BusTest
from .test_lambda import Endpoint, package

FROM_TRAIL = {"source": [{"prefix": "aws."}], "detail-type": [{"suffix": " via CloudTrail"}],
              "detail": {"eventSource": [{"anything-but": ["events.amazonaws.com", "sqs.amazonaws.com"]}]}}
READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def start_trail(account: Account) -> None:
    """A trail for all regions."""
    bucket, trail = f"trail-{account.number}", account.client("cloudtrail")
    account.client("s3").create_bucket(Bucket=bucket)
    trail.create_trail(Name="all", S3BucketName=bucket, IsMultiRegionTrail=True)
    trail.start_logging(Name="all")


class DeliveryTest(BusTest):
    """An account with a trail."""

    def setUp(self) -> None:
        super().setUp()
        start_trail(self.aws)

    def await_events(self, count: int = 1, seconds: float = 3) -> list[Any]:
        """What the queue has received once there are so many."""
        found: list[Any] = []
        limit = time.monotonic() + seconds
        while len(found) < count and time.monotonic() < limit:
            found += self.received()
            time.sleep(0.02)
        return found

    def names(self, events: list[Any]) -> list[str]:
        """The calls that events tell of."""
        return [event["detail"]["eventName"] for event in events]

    def settle(self) -> None:
        """Waits until what was called before has been delivered: a last call comes last."""
        self.aws.client("iam").create_group(GroupName="last")

    def until_last(self) -> list[str]:
        """The calls that arrived, up to the last."""
        self.settle()
        found: list[str] = []
        limit = time.monotonic() + 5
        while "CreateGroup" not in found and time.monotonic() < limit:
            found += self.names(self.received())
            time.sleep(0.02)
        return found

    def forward(self, name: str, bus: str, to: str, pattern: Any = None, **more: Any) -> None:
        """A rule that forwards everything of CloudTrail from one bus to another."""
        self.events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(pattern or FROM_TRAIL), **more)
        arn = f"arn:aws:events:us-east-1:{self.aws.number}:event-bus/{to}"
        self.events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "1", "Arn": arn}])

    def listen(self, bus: str, **more: Any) -> None:
        """A rule that takes everything of CloudTrail from a bus to the queue."""
        self.events.put_rule(Name="listen", EventBusName=bus, EventPattern=json.dumps(FROM_TRAIL), **more)
        self.events.put_targets(Rule="listen", EventBusName=bus, Targets=[{"Id": "1", "Arn": self.queue_arn}])


class FromTheTrail(DeliveryTest):
    """What arrives on the default bus."""

    @covers("cloudtrail.events")
    def test_a_call_arrives_as_an_event_of_its_service(self) -> None:
        self.rule(pattern={**FROM_TRAIL, "detail": {"$or": [
            {"eventSource": ["iam.amazonaws.com"], "eventName": ["CreateUser"]},
            {"eventSource": ["lambda.amazonaws.com"], "eventName": [{"prefix": "CreateFunction"}]}]}})
        self.aws.client("iam").create_user(UserName="evil")
        event = self.await_events()[0]
        self.assertEqual(("AWS API Call via CloudTrail", "aws.iam", self.aws.number, "us-east-1", "evil"), (
            event["detail-type"], event["source"], event["account"], event["region"],
            event["detail"]["requestParameters"]["userName"]))
        self.assertEqual(event["time"], event["detail"]["eventTime"])

    @covers("cloudtrail.events")
    def test_it_arrives_in_the_region_of_the_record(self) -> None:
        self.rule(pattern=FROM_TRAIL)
        self.aws.client("ecs", region="eu-west-1").create_cluster(clusterName="elsewhere")
        self.aws.client("iam", region="eu-west-1").create_user(UserName="evil")
        self.assertEqual(["CreateUser", "CreateGroup"], self.until_last())

    @covers("cloudtrail.events")
    def test_without_a_trail_that_logs_there_is_silence(self) -> None:
        self.rule(pattern=FROM_TRAIL)
        self.aws.client("cloudtrail").stop_logging(Name="all")
        self.aws.client("iam").create_user(UserName="unheard")
        self.aws.client("cloudtrail").start_logging(Name="all")
        heard = self.until_last()
        self.assertIn("CreateGroup", heard)
        self.assertNotIn("CreateUser", heard)

    @covers("cloudtrail.events")
    def test_the_trail_of_an_organization_serves_too(self) -> None:
        self.aws.client("cloudtrail").stop_logging(Name="all")
        self.rule(pattern=FROM_TRAIL)
        self.aws.control("POST", "/rk/trail", enabled=True)
        self.assertIn("CreateGroup", self.until_last())

    @covers("events.read-only")
    def test_reads_reach_only_rules_that_ask_for_them_on_each_bus(self) -> None:
        for name in ("plain", "whole"):
            self.events.create_event_bus(Name=name)
        self.forward("to-plain", "default", "plain", State=READS_TOO)
        self.listen("plain")
        self.aws.client("ec2").describe_regions()
        self.assertEqual(["CreateGroup"], self.until_last())
        self.forward("to-whole", "default", "whole", State=READS_TOO)
        self.events.disable_rule(Name="to-plain")
        self.events.put_rule(Name="listen", EventBusName="whole", EventPattern=json.dumps(FROM_TRAIL), State=READS_TOO)
        self.events.put_targets(Rule="listen", EventBusName="whole", Targets=[{"Id": "1", "Arn": self.queue_arn}])
        self.aws.client("ec2").describe_regions()
        self.assertIn("DescribeRegions", self.names(self.await_events(5, 2)))

    @covers("events.one-hop")
    def test_no_third_bus_hears_what_the_second_received(self) -> None:
        for name in ("second", "third"):
            self.events.create_event_bus(Name=name)
        self.forward("one", "default", "second")
        self.forward("two", "second", "third")
        self.listen("third")
        self.aws.client("iam").create_user(UserName="evil")
        self.assertEqual([], self.await_events(1, 0.6))


class LetterTest(DeliveryTest):
    """An account with a dead-letter queue."""

    def setUp(self) -> None:
        super().setUp()
        self.letters = self.queues.create_queue(QueueName="letters")["QueueUrl"]
        self.letters_arn = f"arn:aws:sqs:us-east-1:{self.aws.number}:letters"

    def letter(self, seconds: float = 3) -> dict[str, Any] | None:
        """A message of the dead-letter queue."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            got = self.queues.receive_message(QueueUrl=self.letters, MessageAttributeNames=["All"]).get("Messages")
            if got:
                return got[0]
            time.sleep(0.02)
        return None

    def admit(self, url: str, arn: str) -> None:
        """Lets EventBridge send to a queue."""
        self.queues.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy(
            {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
             "Resource": arn})})


class Failing(LetterTest):
    """Targets that do not take what they are sent."""

    @covers("events.dead-letters")
    def test_what_a_target_does_not_take_is_kept_with_the_reason(self) -> None:
        self.rule(Arn=f"arn:aws:sqs:us-east-1:{self.aws.number}:gone", DeadLetterConfig={"Arn": self.letters_arn})
        self.put({"k": 1})
        letter = self.letter()
        self.assertEqual({"k": 1}, json.loads(letter["Body"])["detail"])
        self.assertIn("TARGET_ARN", letter["MessageAttributes"])

    @covers("events.permissions")
    def test_a_queue_that_does_not_admit_eventbridge_gets_nothing(self) -> None:
        self.aws.enforce()
        self.admit(self.letters, self.letters_arn)
        self.rule(DeadLetterConfig={"Arn": self.letters_arn})
        self.put({"k": 1})
        self.assertEqual("NO_PERMISSIONS", self.letter()["MessageAttributes"]["ERROR_CODE"]["StringValue"])
        self.admit(self.queue, self.queue_arn)
        self.put({"k": 2})
        self.assertEqual([{"k": 2}], [event["detail"] for event in self.await_events()])

    @covers("events.permissions")
    def test_a_bus_of_another_account_wants_a_policy_and_the_role_its_rights(self) -> None:
        self.aws.enforce()
        self.admit(self.queue, self.queue_arn)
        self.events.create_event_bus(Name="hub")
        self.listen("hub")
        member = Account(self.aws.emulator)
        member.enforce()
        start_trail(member)
        weak = member.role("weak", {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                           trust={"Service": "events.amazonaws.com"})
        strong = member.role("strong", {"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"},
                             trust={"Service": "events.amazonaws.com"})
        rules, bus = member.client("events"), f"arn:aws:events:us-east-1:{self.aws.number}:event-bus/hub"
        rules.put_rule(Name="f", EventPattern=json.dumps({"detail": {"eventName": ["CreateUser"]}}))

        def attempt(name: str, role: str) -> list[str]:
            rules.put_targets(Rule="f", Targets=[{"Id": "1", "Arn": bus, "RoleArn": role}])
            member.client("iam").create_user(UserName=name)
            return [event["detail"]["requestParameters"]["userName"] for event in self.await_events(1, 0.6)]

        self.assertEqual([], attempt("no-policy", strong))
        self.events.put_permission(EventBusName="hub", Policy=policy(
            {"Sid": "member", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{member.number}:root"},
             "Action": "events:PutEvents", "Resource": bus}))
        self.assertEqual([], attempt("weak-role", weak))
        self.assertEqual(["good"], attempt("good", strong))


class Functions(LetterTest):
    """Functions that events reach."""

    def setUp(self) -> None:
        super().setUp()
        self.functions, self.endpoint = self.aws.client("lambda"), Endpoint()
        self.addCleanup(self.endpoint.close)
        role = self.aws.role("fn", ALLOW_ALL, trust={"Service": "lambda.amazonaws.com"})
        self.arn = self.functions.create_function(FunctionName="fn", Runtime="python3.12", Role=role, Handler="h.r",
                                                  Code={"ZipFile": package()})["FunctionArn"]

    def run_at(self, url: str) -> None:
        """Says where this account's functions run."""
        self.aws.emulator.control("POST", "/rk/lambda", {self.aws.number: url})

    @covers("lambda.invoke", "lambda.asynchronous")
    def test_an_invocation_that_keeps_failing_goes_to_the_destination(self) -> None:
        self.run_at("http://127.0.0.1:9/")  # where nothing listens
        self.functions.put_function_event_invoke_config(
            FunctionName="fn", MaximumRetryAttempts=1,
            DestinationConfig={"OnFailure": {"Destination": self.letters_arn}})
        self.functions.invoke(FunctionName="fn", InvocationType="Event", Payload=b'{"x": 1}')
        letter = json.loads(self.letter()["Body"])
        self.assertEqual(({"x": 1}, "RetriesExhausted", 2), (
            letter["requestPayload"], letter["requestContext"]["condition"],
            letter["requestContext"]["approximateInvokeCount"]))

    @covers("events.permissions")
    def test_a_function_must_admit_the_rule(self) -> None:
        self.run_at(self.endpoint.url)
        self.aws.enforce()
        self.rule(Arn=self.arn)
        self.put({"k": 1})
        time.sleep(0.2)
        self.assertEqual([], self.endpoint.received)
        self.functions.add_permission(
            FunctionName="fn", StatementId="rule", Action="lambda:InvokeFunction", Principal="events.amazonaws.com",
            SourceArn=f"arn:aws:events:us-east-1:{self.aws.number}:rule/r")
        self.put({"k": 2})
        self.assertEqual([{"k": 2}], [event["detail"] for event in self.endpoint.wait()])

    def test_functions_of_the_same_name_run_where_their_account_says(self) -> None:
        self.run_at(f"{self.endpoint.url}?{{account}}/{{region}}")
        self.functions.invoke(FunctionName="fn", Payload=b"{}")
        self.assertEqual(1, len(self.endpoint.received))

    def test_whoever_runs_a_function_learns_its_settings_and_gets_its_package(self) -> None:
        self.functions.update_function_configuration(FunctionName="fn", Timeout=77, Environment={"Variables": {"A": "b"}})
        self.functions.put_function_concurrency(FunctionName="fn", ReservedConcurrentExecutions=3)
        settings = self.aws.emulator.control("GET", f"/rk/function?arn={self.arn}")
        self.assertEqual((77, {"A": "b"}, 3, "h.r"), tuple(
            settings[name] for name in ("timeout", "environment", "reserved_concurrency", "handler")))
        content = self.aws.emulator.control("GET", f"/rk/function/code?arn={self.arn}")["zip"]
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(content))) as archive:
            self.assertEqual(["handler.py"], archive.namelist())

    def test_a_service_gets_credentials_of_a_role_that_trusts_it(self) -> None:
        arn = f"arn:aws:iam::{self.aws.number}:role/fn"
        given = self.aws.emulator.control("POST", "/rk/service-session", {"role": arn, "name": "fn"})
        key = {"AccessKeyId": given["access_key_id"], "SecretAccessKey": given["secret_access_key"],
               "SessionToken": given["session_token"]}
        self.aws.enforce()
        identity = self.aws.client("sts", key).get_caller_identity()
        self.assertEqual(f"arn:aws:sts::{self.aws.number}:assumed-role/fn/fn", identity["Arn"])
        self.assertEqual("OK", code_of(lambda: self.aws.client("sqs", key).list_queues()))
        with self.assertRaises(Exception):
            self.aws.emulator.control("POST", "/rk/service-session", {"role": arn, "service": "ec2.amazonaws.com"})
