"""EventBridge, Step Functions: from an event to the function that answers it."""

import json
import time
from typing import Any

from .harness import EmulatorTest, covers
from .test_lambda import FunctionTest


class BusTest(EmulatorTest):
    """A rule and a queue behind it."""

    def setUp(self) -> None:
        super().setUp()
        self.events, self.queues = self.aws.client("events"), self.aws.client("sqs")
        self.queue = self.queues.create_queue(QueueName="q")["QueueUrl"]
        self.queue_arn = f"arn:aws:sqs:us-east-1:{self.aws.number}:q"

    def rule(self, name: str = "r", pattern: Any = None, **target: Any) -> None:
        """A rule that sends to the queue, or to another target."""
        self.events.put_rule(Name=name, EventPattern=json.dumps(pattern or {"source": ["s"]}))
        self.events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": self.queue_arn, **target}])

    def put(self, detail: Any = None, client: Any = None) -> str:
        """Sends an event; returns its id."""
        entry = {"Source": "s", "DetailType": "d", "Detail": json.dumps(detail or {}), "Resources": ["arn:r"]}
        return (client or self.events).put_events(Entries=[entry])["Entries"][0]["EventId"]

    def received(self) -> list[Any]:
        """What the queue holds."""
        messages = self.queues.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"]) for message in messages]


class Delivery(BusTest):
    """What targets receive."""

    @covers("events.delivery")
    def test_an_event_arrives_whole(self) -> None:
        self.rule()
        name = self.put({"k": 1})
        event = self.received()[0]
        self.assertEqual((self.aws.number, name, ["arn:r"], {"k": 1}),
                         (event["account"], event["id"], event["resources"], event["detail"]))

    @covers("events.delivery")
    def test_forwarding_to_another_account_and_region_keeps_the_origin(self) -> None:
        self.events.create_event_bus(Name="central")
        self.events.put_rule(Name="all", EventBusName="central", EventPattern='{"source":["s"]}')
        self.events.put_targets(Rule="all", EventBusName="central", Targets=[{"Id": "1", "Arn": self.queue_arn}])
        other = type(self.aws)(self.aws.emulator)
        there = other.client("events", region="eu-west-1")
        bus = f"arn:aws:events:us-east-1:{self.aws.number}:event-bus/central"
        there.put_rule(Name="f", EventPattern='{"source":["s"]}')
        there.put_targets(Rule="f", Targets=[{"Id": "1", "Arn": bus}])
        name = self.put({"k": 1}, there)
        event = self.received()[0]
        self.assertEqual((other.number, "eu-west-1", name, ["arn:r"]),
                         (event["account"], event["region"], event["id"], event["resources"]))

    @covers("events.delivery")
    def test_a_disabled_rule_is_silent(self) -> None:
        self.rule()
        self.events.disable_rule(Name="r")
        self.put()
        self.assertEqual([], self.received())

    @covers("events.delivery")
    def test_input_transformers_fill_in_values(self) -> None:
        self.rule(InputTransformer={"InputPathsMap": {"a": "$.detail.x"},
                                    "InputTemplate": '{"id": <a>, "text": "got <a>"}'})
        self.put({"x": "i-1"})
        self.assertEqual([{"id": "i-1", "text": "got i-1"}], self.received())

    @covers("events.patterns")
    def test_patterns_look_into_arrays(self) -> None:
        self.rule(pattern={"detail": {"items": {"id": ["i-2"]}}})
        self.put({"items": [{"id": "i-1"}, {"id": "i-2"}]})
        self.put({"items": [{"id": "i-3"}]})
        self.assertEqual(1, len(self.received()))

    @covers("events.patterns")
    def test_a_pattern_can_be_tested(self) -> None:
        event = {"id": "1", "account": "1", "source": "s", "time": "2026-01-01T00:00:00Z", "region": "r",
                 "resources": [], "detail-type": "d", "detail": {"n": True}}
        for pattern, matches in (({"detail": {"n": [True]}}, True), ({"detail": {"n": [1]}}, False)):
            answer = self.events.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))
            self.assertEqual(matches, answer["Result"])


class Machine(FunctionTest):
    """State machines that call functions."""

    def machine(self) -> str:
        """A machine with one task."""
        definition = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": self.arn, "End": True}}}
        return self.aws.client("stepfunctions").create_state_machine(
            name="m", definition=json.dumps(definition),
            roleArn=f"arn:aws:iam::{self.aws.number}:role/role")["stateMachineArn"]

    @covers("stepfunctions.executions", "stepfunctions.execution-role", "lambda.invoke")
    def test_executions_run_more_than_once_and_without_a_name(self) -> None:
        endpoint = self.connect()
        machine, client = self.machine(), self.aws.client("stepfunctions")
        arns = [client.start_execution(stateMachineArn=machine, input=json.dumps({"n": n}))["executionArn"]
                for n in range(2)]
        endpoint.wait(2)
        limit = time.monotonic() + 5
        while time.monotonic() < limit:
            states = {client.describe_execution(executionArn=arn)["status"] for arn in arns}
            if "RUNNING" not in states:
                break
            time.sleep(0.05)
        self.assertEqual({"SUCCEEDED"}, states)

    @covers("stepfunctions.executions")
    def test_waits_take_the_share_that_is_set(self) -> None:
        definition = {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 600, "End": True}}}
        client, role = self.aws.client("stepfunctions"), f"arn:aws:iam::{self.aws.number}:role/role"
        machine = client.create_state_machine(name="w", definition=json.dumps(definition), roleArn=role)
        self.aws.control("POST", "/rk/waits", share=0.001)
        arn = client.start_execution(stateMachineArn=machine["stateMachineArn"])["executionArn"]
        self.assertEqual("RUNNING", client.describe_execution(executionArn=arn)["status"])
        limit = time.monotonic() + 10
        while time.monotonic() < limit and client.describe_execution(executionArn=arn)["status"] == "RUNNING":
            time.sleep(0.05)
        self.assertEqual("SUCCEEDED", client.describe_execution(executionArn=arn)["status"])

    @covers("events.delivery")
    def test_an_event_reaches_a_function(self) -> None:
        endpoint, events = self.connect(), self.aws.client("events")
        events.put_rule(Name="r", EventPattern='{"source":["s"]}')
        events.put_targets(Rule="r", Targets=[{"Id": "1", "Arn": self.arn}])
        events.put_events(Entries=[{"Source": "s", "DetailType": "d", "Detail": '{"x": 9}'}])
        self.assertEqual({"x": 9}, endpoint.wait()[0]["detail"])
