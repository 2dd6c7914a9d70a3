"""CloudFormation: what a template says is made, kept, taken back, or told to be missing."""

import json
from typing import Any

from .harness import EmulatorTest, code_of, covers, policy

BUCKET = "AWS::S3::Bucket"


def ref(name: str) -> dict[str, str]:
    """The id of another resource."""
    return {"Ref": name}


def attribute(name: str, of: str = "Arn") -> dict[str, list[str]]:
    """An attribute of another resource."""
    return {"Fn::GetAtt": [name, of]}


def role(service: str, *managed: Any) -> dict[str, Any]:
    """A role that a service takes."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return {"Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
        "ManagedPolicyArns": list(managed)}}


def function(**more: Any) -> dict[str, Any]:
    """A function."""
    return {"Type": "AWS::Lambda::Function", "Properties": {
        "Runtime": "python3.12", "Handler": "index.run", "Role": attribute("Role"), "Code": {"ZipFile": "x = 1"}, **more}}


class StackTest(EmulatorTest):
    """Stacks."""

    def setUp(self) -> None:
        super().setUp()
        self.stacks = self.aws.client("cloudformation")

    def create(self, resources: dict[str, Any], outputs: dict[str, Any] | None = None, **more: Any) -> None:
        """Makes a stack."""
        template = {"Resources": resources, "Outputs": {name: {"Value": v} for name, v in (outputs or {}).items()}}
        self.stacks.create_stack(StackName="s", TemplateBody=json.dumps(template), **more)

    def stack(self) -> dict[str, Any]:
        """The stack."""
        return self.stacks.describe_stacks(StackName="s")["Stacks"][0]

    def output(self, name: str) -> str:
        """An output's value."""
        return {one["OutputKey"]: one["OutputValue"] for one in self.stack()["Outputs"]}[name]

    def reasons(self) -> str:
        """Why events happened."""
        events = self.stacks.describe_stack_events(StackName="s")["StackEvents"]
        return " ".join(event.get("ResourceStatusReason") or "" for event in events)


class Resources(StackTest):
    """What is made."""

    @covers("cloudformation.resources")
    def test_a_rule_refers_to_its_bus_whose_policy_and_dead_letters_are_there(self) -> None:
        statement = {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": attribute("Bus")}
        self.create({
            "Rule": {"Type": "AWS::Events::Rule", "Properties": {
                "EventBusName": ref("Bus"), "EventPattern": {"source": [{"prefix": "aws."}]},
                "State": "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
                "Targets": [{"Id": "1", "Arn": attribute("Queue"),
                             "DeadLetterConfig": {"Arn": attribute("Queue")}}]}},
            "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "hub"}},
            "Policy": {"Type": "AWS::Events::EventBusPolicy", "Properties": {
                "EventBusName": ref("Bus"), "StatementId": "all", "Statement": statement}},
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60}},
            "Letters": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": [ref("Queue")], "PolicyDocument": {
                "Version": "2012-10-17", "Statement": [{**statement, "Resource": attribute("Queue")}]}}},
        }, {"Queue": ref("Queue"), "Arn": attribute("Queue")})
        events, queues = self.aws.client("events"), self.aws.client("sqs")
        rule = events.list_rules(EventBusName="hub")["Rules"][0]
        self.assertEqual("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", rule["State"])
        target = events.list_targets_by_rule(Rule=rule["Name"], EventBusName="hub")["Targets"][0]
        self.assertEqual(self.output("Arn"), target["DeadLetterConfig"]["Arn"])
        kept = json.loads(events.describe_event_bus(Name="hub")["Policy"])["Statement"]
        self.assertEqual(["all"], [one["Sid"] for one in kept])
        attributes = queues.get_queue_attributes(QueueUrl=self.output("Queue"), AttributeNames=["All"])["Attributes"]
        self.assertEqual("60", attributes["VisibilityTimeout"])
        self.assertIn("events:PutEvents", attributes["Policy"])

    @covers("cloudformation.resources")
    def test_a_function_has_its_settings_and_its_role_the_policies(self) -> None:
        basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
        self.create({
            "Role": role("lambda.amazonaws.com", basic, ref("Own")),
            "Own": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": json.loads(policy(
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}))}},
            "Function": function(FunctionName="fn", ReservedConcurrentExecutions=2, Timeout=99,
                                 Environment={"Variables": {"A": {"Fn::Sub": "${AWS::Region}/x"}}}),
            "Async": {"Type": "AWS::Lambda::EventInvokeConfig", "Properties": {
                "FunctionName": ref("Function"), "Qualifier": "$LATEST", "MaximumRetryAttempts": 1}},
            "May": {"Type": "AWS::Lambda::Permission", "Properties": {
                "FunctionName": attribute("Function"), "Action": "lambda:InvokeFunction",
                "Principal": "events.amazonaws.com"}},
        }, {"Role": ref("Role")})
        functions, iam = self.aws.client("lambda"), self.aws.client("iam")
        answer = functions.get_function(FunctionName="fn")
        self.assertEqual((99, {"A": "us-east-1/x"}, 2), (
            answer["Configuration"]["Timeout"], answer["Configuration"]["Environment"]["Variables"],
            answer["Concurrency"]["ReservedConcurrentExecutions"]))
        self.assertEqual(1, functions.get_function_event_invoke_config(FunctionName="fn")["MaximumRetryAttempts"])
        self.assertIn("events.amazonaws.com", functions.get_policy(FunctionName="fn")["Policy"])
        attached = iam.list_attached_role_policies(RoleName=self.output("Role"))["AttachedPolicies"]
        self.assertEqual(2, len(attached))

    @covers("cloudformation.resources")
    def test_a_key_can_be_described_rotates_and_has_its_policy(self) -> None:
        everything = {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": "*"}
        self.create({"Key": {"Type": "AWS::KMS::Key", "Properties": {
            "EnableKeyRotation": True, "KeyPolicy": {"Version": "2012-10-17", "Statement": [everything]}}}}, {"Key": ref("Key")})
        keys, name = self.aws.client("kms"), self.output("Key")
        self.assertEqual("Enabled", keys.describe_key(KeyId=name)["KeyMetadata"]["KeyState"])
        self.assertTrue(keys.get_key_rotation_status(KeyId=name)["KeyRotationEnabled"])
        kept = json.loads(keys.get_key_policy(KeyId=name, PolicyName="default")["Policy"])
        self.assertEqual([everything], kept["Statement"])
        self.stacks.delete_stack(StackName="s")
        self.assertEqual("PendingDeletion", keys.describe_key(KeyId=name)["KeyMetadata"]["KeyState"])

    @covers("cloudformation.resources")
    def test_tables_and_buckets_are_protected_as_the_template_says(self) -> None:
        lock = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 9}}}
        self.create({
            "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {
                "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True}, "DeletionProtectionEnabled": True,
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}},
            "Bucket": {"Type": BUCKET, "Properties": {"ObjectLockEnabled": True, "ObjectLockConfiguration": lock}},
        }, {"Table": ref("Table"), "Bucket": ref("Bucket")})
        tables, table = self.aws.client("dynamodb"), self.output("Table")
        self.assertTrue(tables.describe_table(TableName=table)["Table"]["DeletionProtectionEnabled"])
        self.assertEqual("ttl", tables.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["AttributeName"])
        backups = tables.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
        self.assertEqual("ENABLED", backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"])
        kept = self.aws.client("s3").get_object_lock_configuration(Bucket=self.output("Bucket"))
        self.assertEqual(9, kept["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]["Days"])

    @covers("cloudformation.resources")
    def test_a_state_machine_names_the_functions_made_beside_it(self) -> None:
        definition = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Function}", "End": True}}}
        self.create({
            "Role": role("lambda.amazonaws.com"), "Function": function(FunctionName="fn"),
            "Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
                "RoleArn": attribute("Role"), "DefinitionString": json.dumps(definition),
                "DefinitionSubstitutions": {"Function": attribute("Function")}}},
        }, {"Machine": ref("Machine")})
        machine = self.aws.client("stepfunctions").describe_state_machine(stateMachineArn=self.output("Machine"))
        resource = json.loads(machine["definition"])["States"]["A"]["Resource"]
        self.assertEqual(f"arn:aws:lambda:us-east-1:{self.aws.number}:function:fn", resource)

    @covers("cloudformation.resources")
    def test_alarms_topics_and_filters_are_made(self) -> None:
        document = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish",
             "Resource": ref("Topic")}]}
        self.create({
            "Topic": {"Type": "AWS::SNS::Topic"},
            "Who": {"Type": "AWS::SNS::TopicPolicy", "Properties": {"Topics": [ref("Topic")],
                                                                    "PolicyDocument": document}},
            "Mail": {"Type": "AWS::SNS::Subscription", "Properties": {
                "TopicArn": ref("Topic"), "Protocol": "email", "Endpoint": "soc@example.com"}},
            "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {
                "AlarmName": "a", "Namespace": "AWS/SQS", "MetricName": "m", "Statistic": "Maximum", "Period": 60,
                "EvaluationPeriods": 1, "Threshold": 0, "ComparisonOperator": "GreaterThanThreshold",
                "AlarmActions": [ref("Topic")]}},
            "Logs": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 30}},
            "Filter": {"Type": "AWS::Logs::MetricFilter", "Properties": {
                "LogGroupName": ref("Logs"), "FilterPattern": "x", "MetricTransformations": [
                    {"MetricName": "m", "MetricNamespace": "n", "MetricValue": "1"}]}},
        }, {"Topic": ref("Topic"), "Logs": ref("Logs")})
        topic = self.output("Topic")
        alarms = self.aws.client("cloudwatch").describe_alarms(AlarmNames=["a"])["MetricAlarms"]
        self.assertEqual([topic], alarms[0]["AlarmActions"])
        subscribed = self.aws.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
        self.assertEqual(["soc@example.com"], [one["Endpoint"] for one in subscribed])
        filters = self.aws.client("logs").describe_metric_filters(logGroupName=self.output("Logs"))["metricFilters"]
        self.assertEqual("m", filters[0]["metricTransformations"][0]["metricName"])

    @covers("cloudformation.resources")
    def test_what_a_resource_depends_on_comes_first_even_if_another_asks_for_it(self) -> None:
        self.create({
            "Asks": {"Type": "AWS::SQS::Queue", "Properties": {"Tags": [{"Key": "rule", "Value": attribute("Rule")}]}},
            "Rule": {"Type": "AWS::Events::Rule", "DependsOn": "Bus", "Properties": {
                "EventBusName": "hub", "EventPattern": {"source": ["s"]}}},
            "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "hub"}},
        })
        self.assertEqual("CREATE_COMPLETE", self.stack()["StackStatus"], self.reasons())

    @covers("cloudformation.resources")
    def test_what_cannot_be_made_is_told(self) -> None:
        self.create({"Schema": {"Type": "AWS::EventSchemas::Schema"}, "Topic": {"Type": "AWS::SNS::Topic"},
                     "Metadata": {"Type": "AWS::CDK::Metadata"}})
        self.assertEqual([("s", "Schema", "AWS::EventSchemas::Schema")], [
            (one["stack"], one["resource"], one["type"])
            for one in self.aws.control("GET", "/rk/left-out")["resources"]])

    @covers("cloudformation.resources")
    def test_resources_are_made_with_the_rights_of_the_stacks_role(self) -> None:
        arn = self.aws.role("deployer")
        begun = self.aws.control("GET", "/rk/records")["next"]
        self.create({"Topic": {"Type": "AWS::SNS::Topic"}}, RoleARN=arn)
        records = self.aws.control("GET", f"/rk/records?since={begun}")["records"]
        made = next(record for record in records if record["eventName"] == "CreateTopic")
        self.assertEqual(("cloudformation.amazonaws.com", arn), (
            made["userIdentity"]["invokedBy"], made["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"]))

    @covers("cloudformation.resources")
    def test_a_change_reaches_what_is_there(self) -> None:
        made = {"Role": role("lambda.amazonaws.com"), "Function": function(FunctionName="fn", Timeout=5)}
        self.create(made)
        made["Function"] = function(FunctionName="fn", Timeout=7, Environment={"Variables": {"A": "b"}})
        self.stacks.update_stack(StackName="s", TemplateBody=json.dumps({"Resources": made}))
        now = self.aws.client("lambda").get_function_configuration(FunctionName="fn")
        self.assertEqual((7, {"A": "b"}), (now["Timeout"], now["Environment"]["Variables"]))


class Ends(StackTest):
    """Failures and deletions."""

    @covers("cloudformation.rollback")
    def test_a_stack_that_fails_says_why_and_takes_back_what_it_made(self) -> None:
        self.aws.client("sns").create_topic(Name="before")
        self.aws.client("logs").create_log_group(logGroupName="taken")
        self.create({"Topic": {"Type": "AWS::SNS::Topic"},
                     "Logs": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "taken"}}},
                    {"Topic": ref("Topic")})
        self.assertEqual("ROLLBACK_COMPLETE", self.stack()["StackStatus"])
        self.assertIn("ResourceAlreadyExistsException", self.reasons())
        self.assertEqual(1, len(self.aws.client("sns").list_topics()["Topics"]))

    @covers("cloudformation.deletion")
    def test_dependents_go_first_and_what_is_to_be_kept_stays(self) -> None:
        self.create({
            "Keep": {"Type": BUCKET, "DeletionPolicy": "RetainExceptOnCreate"},
            "Go": {"Type": BUCKET},
            "Rules": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": ref("Go"), "PolicyDocument": {
                "Version": "2012-10-17", "Statement": []}}},
        }, {"Keep": ref("Keep")})
        kept = self.output("Keep")
        self.stacks.delete_stack(StackName="s")
        self.assertEqual([kept], [one["Name"] for one in self.aws.client("s3").list_buckets()["Buckets"]])

    @covers("cloudformation.deletion")
    def test_a_stack_that_cannot_be_deleted_stays_and_says_why(self) -> None:
        self.create({"Full": {"Type": BUCKET}}, {"Full": ref("Full")})
        self.aws.client("s3").put_object(Bucket=self.output("Full"), Key="k", Body=b"v")
        self.stacks.delete_stack(StackName="s")
        self.assertEqual("DELETE_FAILED", self.stack()["StackStatus"])
        self.assertIn("BucketNotEmpty", self.reasons())


class Protection(StackTest):
    """Against deletion."""

    @covers("cloudformation.protection")
    def test_a_protected_stack_is_deleted_only_after_its_protection_is_switched_off(self) -> None:
        self.create({"Queue": {"Type": "AWS::SQS::Queue"}}, EnableTerminationProtection=True)
        self.assertTrue(self.stack()["EnableTerminationProtection"])
        self.assertCode("ValidationError", lambda: self.stacks.delete_stack(StackName="s"))
        self.assertEqual("CREATE_COMPLETE", self.stack()["StackStatus"])
        self.stacks.update_termination_protection(StackName="s", EnableTerminationProtection=False)
        self.assertFalse(self.stack()["EnableTerminationProtection"])
        self.assertCode("OK", lambda: self.stacks.delete_stack(StackName="s"))


class Buckets(EmulatorTest):
    """Their policies."""

    @covers("s3.bucket-policies")
    def test_a_statement_counts_only_where_its_conditions_hold(self) -> None:
        s3 = self.aws.client("s3")
        name = f"b-{self.aws.number}"
        s3.create_bucket(Bucket=name)

        def deny(condition: dict[str, Any]) -> None:
            s3.put_bucket_policy(Bucket=name, Policy=policy(
                {"Effect": "Deny", "Principal": "*", "Action": "s3:*Object", "Resource": f"arn:aws:s3:::{name}/*",
                 "Condition": condition}))

        deny({"Bool": {"aws:SecureTransport": "false"}})
        self.assertCode("OK", lambda: s3.put_object(Bucket=name, Key="k", Body=b"v"))
        deny({"StringEquals": {"aws:RequestedRegion": "us-east-1"}})
        self.assertNotEqual("OK", code_of(lambda: s3.put_object(Bucket=name, Key="k", Body=b"v")))
