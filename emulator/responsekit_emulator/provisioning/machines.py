"""Step Functions: state machines."""

import json

from .kinds import Cloud, Made, Properties, kind, some, text


def _definition(cloud: Cloud, properties: Properties) -> str:
    if properties.get("DefinitionS3Location"):
        place = properties["DefinitionS3Location"]
        stored = cloud.client("s3").get_object(Bucket=place["Bucket"], Key=place["Key"])["Body"].read().decode()
    else:
        stored = text(properties.get("DefinitionString") or properties["Definition"])
    for name, value in (properties.get("DefinitionSubstitutions") or {}).items():
        # Within a JSON string, which is where substitutions stand.
        stored = stored.replace("${" + name + "}", json.dumps(str(value))[1:-1])
    return stored


def _logging(properties: Properties) -> Properties:
    given = properties.get("LoggingConfiguration")
    if not given:
        return {}
    destinations = [{"cloudWatchLogsLogGroup": {"logGroupArn": one["CloudWatchLogsLogGroup"]["LogGroupArn"]}}
                    for one in given.get("Destinations") or []]
    return {"loggingConfiguration": {**some(given, level="Level", includeExecutionData="IncludeExecutionData"),
                                     "destinations": destinations}}


@kind("AWS::StepFunctions::StateMachine", "StateMachineName", 80)
def machine(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html"""
    optional = {**some(properties, type="StateMachineType"), **_logging(properties)}
    if properties.get("TracingConfiguration"):
        optional["tracingConfiguration"] = some(properties["TracingConfiguration"], enabled="Enabled")
    tags = [{"key": tag["Key"], "value": tag["Value"]} for tag in properties.get("Tags") or []]
    arn = cloud.client("stepfunctions").create_state_machine(
        name=name, definition=_definition(cloud, properties), roleArn=properties["RoleArn"], tags=tags,
        **optional)["stateMachineArn"]
    return Made(arn, {"Arn": arn, "Name": name})


@machine.changing
def change_machine(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Executions that run go on as they began."""
    cloud.client("stepfunctions").update_state_machine(
        stateMachineArn=made.id, definition=_definition(cloud, properties), roleArn=properties["RoleArn"],
        **_logging(properties))
    return made


@machine.unmaking
def delete_machine(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("stepfunctions").delete_state_machine(stateMachineArn=made.id)
