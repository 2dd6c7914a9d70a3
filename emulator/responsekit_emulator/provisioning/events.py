"""EventBridge: buses, their policies, rules with targets."""

import json

from .kinds import Cloud, Made, Properties, kind, some, text


@kind("AWS::Events::EventBus", "Name", 256)
def bus(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html"""
    optional = some(properties, "Description", "KmsKeyIdentifier", "DeadLetterConfig", "Tags")
    arn = cloud.client("events").create_event_bus(Name=name, **optional)["EventBusArn"]
    if properties.get("Policy"):
        cloud.client("events").put_permission(EventBusName=name, Policy=text(properties["Policy"]))
    return Made(name, {"Arn": arn, "Name": name})


@bus.changing
def change_bus(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Its policy is all that the emulator can change."""
    if properties.get("Policy"):
        cloud.client("events").put_permission(EventBusName=made.id, Policy=text(properties["Policy"]))
    return made


@bus.unmaking
def delete_bus(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("events").delete_event_bus(Name=made.id)


def _statements(cloud: Cloud, bus_name: str) -> list[Properties]:
    policy = cloud.client("events").describe_event_bus(Name=bus_name).get("Policy")
    return json.loads(policy)["Statement"] if policy else []


def _keep(cloud: Cloud, bus_name: str, statements: list[Properties]) -> None:
    document = {"Version": "2012-10-17", "Statement": statements}
    cloud.client("events").put_permission(EventBusName=bus_name, Policy=json.dumps(document))


@kind("AWS::Events::EventBusPolicy")
def bus_policy(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html"""
    bus_name, sid = properties.get("EventBusName") or "default", properties["StatementId"]
    statement = properties.get("Statement")
    if statement is None:
        statement = {"Effect": "Allow", "Principal": properties["Principal"], "Action": properties["Action"],
                     "Resource": cloud.arn("events", f"event-bus/{bus_name}")}
    others = [one for one in _statements(cloud, bus_name) if one.get("Sid") != sid]
    _keep(cloud, bus_name, [*others, {"Sid": sid, **statement}])
    return Made(f"{bus_name}|{sid}")


@bus_policy.unmaking
def delete_bus_policy(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Takes its statement out."""
    bus_name, sid = made.id.split("|")
    cloud.client("events").remove_permission(EventBusName=bus_name, StatementId=sid)


@kind("AWS::Events::Rule", "Name")
def rule(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html"""
    client, bus_name = cloud.client("events"), properties.get("EventBusName") or "default"
    optional = some(properties, "Description", "RoleArn", "ScheduleExpression", "State", "Tags")
    if properties.get("EventPattern"):
        optional["EventPattern"] = text(properties["EventPattern"])
    arn = client.put_rule(Name=name, EventBusName=bus_name, **optional)["RuleArn"]
    targets = properties.get("Targets") or []
    known = client.list_targets_by_rule(Rule=name, EventBusName=bus_name)["Targets"]
    gone = {one["Id"] for one in known} - {one["Id"] for one in targets}
    if gone:
        client.remove_targets(Rule=name, EventBusName=bus_name, Ids=sorted(gone))
    if targets:
        client.put_targets(Rule=name, EventBusName=bus_name, Targets=targets)
    short = bus_name.rpartition("/")[2]
    return Made(name if short == "default" else f"{short}|{name}", {"Arn": arn})


@rule.unmaking
def delete_rule(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it with its targets."""
    client, bus_name = cloud.client("events"), properties.get("EventBusName") or "default"
    name = made.id.rpartition("|")[2]
    ids = [one["Id"] for one in client.list_targets_by_rule(Rule=name, EventBusName=bus_name)["Targets"]]
    if ids:
        client.remove_targets(Rule=name, EventBusName=bus_name, Ids=ids)
    client.delete_rule(Name=name, EventBusName=bus_name)
