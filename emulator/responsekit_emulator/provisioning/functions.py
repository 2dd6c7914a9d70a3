"""Lambda: functions, who may invoke them, how asynchronous invocations are retried; aliases."""

import io
import zipfile
from typing import Any

from .kinds import Cloud, Made, Properties, kind, some

SETTINGS = ("Runtime", "Role", "Handler", "Description", "Timeout", "MemorySize", "Environment", "TracingConfig", "Layers",
            "DeadLetterConfig", "LoggingConfig", "EphemeralStorage", "SnapStart", "VpcConfig", "FileSystemConfigs")


def _zipped(source: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("index.py", source)
    return content.getvalue()


def _code(properties: Properties) -> dict[str, Any]:
    code = properties["Code"]
    if "ZipFile" in code:
        return {"ZipFile": _zipped(code["ZipFile"])}
    return some(code, "S3Bucket", "S3Key", "S3ObjectVersion", "ImageUri")


def _set_concurrency(client: Any, name: str, properties: Properties) -> None:
    reserved = properties.get("ReservedConcurrentExecutions")
    if reserved is not None:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=int(reserved))
    else:
        client.delete_function_concurrency(FunctionName=name)


@kind("AWS::Lambda::Function", "FunctionName")
def function(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html"""
    client = cloud.client("lambda")
    tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags") or []}
    made = client.create_function(FunctionName=name, Code=_code(properties), Tags=tags, **some(
        properties, *SETTINGS, "PackageType", "Architectures", KMSKeyArn="KmsKeyArn"))
    _set_concurrency(client, name, properties)
    return Made(name, {"Arn": made["FunctionArn"]})


@function.changing
def change_function(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Settings, code and reserved concurrency."""
    client = cloud.client("lambda")
    client.update_function_configuration(FunctionName=made.id, **some(properties, *SETTINGS, KMSKeyArn="KmsKeyArn"))
    client.update_function_code(FunctionName=made.id, **_code(properties))
    _set_concurrency(client, made.id, properties)
    return made


@function.unmaking
def delete_function(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("lambda").delete_function(FunctionName=made.id)


@kind("AWS::Lambda::Permission", "", 100)
def permission(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html"""
    cloud.client("lambda").add_permission(StatementId=name, **some(
        properties, "FunctionName", "Action", "Principal", "SourceArn", "SourceAccount", "EventSourceToken",
        "FunctionUrlAuthType", "PrincipalOrgID"))
    return Made(name)


@permission.changing
def change_permission(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """A statement cannot be changed, only replaced."""
    delete_permission(cloud, made, properties)
    return permission.make(cloud, made.id, properties)


@permission.unmaking
def delete_permission(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Takes its statement out of the function's policy, unless that went with the function."""
    client = cloud.client("lambda")
    try:
        client.remove_permission(FunctionName=properties["FunctionName"], StatementId=made.id)
    except client.exceptions.ResourceNotFoundException:
        pass


@kind("AWS::Lambda::EventInvokeConfig")
def invoke_config(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html"""
    cloud.client("lambda").put_function_event_invoke_config(**some(
        properties, "FunctionName", "Qualifier", "MaximumRetryAttempts", "MaximumEventAgeInSeconds",
        "DestinationConfig"))
    return Made(f"{properties['FunctionName']}|{properties['Qualifier']}")


@kind("AWS::Lambda::Alias")
def alias(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html"""
    arn = cloud.client("lambda").create_alias(**some(
        properties, "FunctionName", "FunctionVersion", "Name", "Description", "RoutingConfig"))["AliasArn"]
    return Made(arn, {"AliasArn": arn})


@alias.changing
def change_alias(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Points it elsewhere."""
    cloud.client("lambda").update_alias(**some(
        properties, "FunctionName", "FunctionVersion", "Name", "Description", "RoutingConfig"))
    return made
