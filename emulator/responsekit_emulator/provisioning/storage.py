"""DynamoDB and S3: tables, buckets, bucket policies."""

from typing import Any

from .kinds import Cloud, Made, Properties, kind, some, text

TABLE_SETTINGS = ("AttributeDefinitions", "BillingMode", "DeletionProtectionEnabled", "GlobalSecondaryIndexes", "KeySchema",
                  "LocalSecondaryIndexes", "ProvisionedThroughput", "TableClass", "Tags")


def _encryption(given: Properties) -> Properties:
    return some(given, "SSEType", "KMSMasterKeyId", Enabled="SSEEnabled")


def _keep_items(client: Any, name: str, properties: Properties) -> None:
    expiry = properties.get("TimeToLiveSpecification")
    now = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    if expiry and (now.get("TimeToLiveStatus") == "ENABLED") != bool(expiry.get("Enabled")):
        client.update_time_to_live(TableName=name, TimeToLiveSpecification=some(expiry, "AttributeName", "Enabled"))
    backups = properties.get("PointInTimeRecoverySpecification")
    if backups:
        client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=some(
            backups, "PointInTimeRecoveryEnabled", "RecoveryPeriodInDays"))


@kind("AWS::DynamoDB::Table", "TableName", 255)
def table(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html"""
    client, settings = cloud.client("dynamodb"), some(properties, *TABLE_SETTINGS)
    if properties.get("SSESpecification"):
        settings["SSESpecification"] = _encryption(properties["SSESpecification"])
    if properties.get("StreamSpecification"):
        settings["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
    made = client.create_table(TableName=name, **settings)["TableDescription"]
    _keep_items(client, name, properties)
    return Made(name, {"Arn": made["TableArn"], "TableId": made.get("TableId"),
                       "StreamArn": made.get("LatestStreamArn")})


@table.changing
def change_table(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """What can change without a new table."""
    client = cloud.client("dynamodb")
    client.update_table(TableName=made.id, **some(properties, "BillingMode", "DeletionProtectionEnabled"))
    _keep_items(client, made.id, properties)
    return made


@table.unmaking
def delete_table(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it, unless it is protected."""
    cloud.client("dynamodb").delete_table(TableName=made.id)


def _as_table(cloud: Cloud, properties: Properties) -> Properties:
    """A global table's properties as those of its replica in this region."""
    here = next(one for one in properties["Replicas"] if one["Region"] == cloud.region)
    encryption = {**(properties.get("SSESpecification") or {}), **(here.get("SSESpecification") or {})}
    return {**properties, **here, "SSESpecification": encryption or None}


@kind("AWS::DynamoDB::GlobalTable", "TableName", 255)
def global_table(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html"""
    return table.make(cloud, name, _as_table(cloud, properties))


@global_table.changing
def change_global_table(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """As a table."""
    return change_table(cloud, made, _as_table(cloud, properties))


global_table.unmaking(delete_table)


@kind("AWS::S3::Bucket", "BucketName", 63)
def bucket(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html"""
    where = {} if cloud.region == "us-east-1" else {
        "CreateBucketConfiguration": {"LocationConstraint": cloud.region}}
    cloud.client("s3").create_bucket(
        Bucket=name, ObjectLockEnabledForBucket=bool(properties.get("ObjectLockEnabled")), **where)
    made = Made(name, {"Arn": f"arn:aws:s3:::{name}", "DomainName": f"{name}.s3.amazonaws.com",
                       "RegionalDomainName": f"{name}.s3.{cloud.region}.amazonaws.com",
                       "WebsiteURL": f"http://{name}.s3-website-{cloud.region}.amazonaws.com"})
    return change_bucket(cloud, made, properties)


@bucket.changing
def change_bucket(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Everything but what only an empty name can be given. Lifecycle rules are not applied."""
    client, name = cloud.client("s3"), made.id
    if properties.get("VersioningConfiguration"):
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration=properties["VersioningConfiguration"])
    if properties.get("ObjectLockConfiguration"):
        client.put_object_lock_configuration(
            Bucket=name, ObjectLockConfiguration=properties["ObjectLockConfiguration"])
    if properties.get("PublicAccessBlockConfiguration"):
        client.put_public_access_block(
            Bucket=name, PublicAccessBlockConfiguration=properties["PublicAccessBlockConfiguration"])
    if properties.get("BucketEncryption"):
        rules = [{"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
                  **some(rule, "BucketKeyEnabled")}
                 for rule in properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]]
        client.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules})
    if properties.get("OwnershipControls"):
        client.put_bucket_ownership_controls(Bucket=name, OwnershipControls=properties["OwnershipControls"])
    if properties.get("Tags"):
        client.put_bucket_tagging(Bucket=name, Tagging={"TagSet": properties["Tags"]})
    return made


@bucket.unmaking
def delete_bucket(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it, if it is empty."""
    cloud.client("s3").delete_bucket(Bucket=made.id)


@kind("AWS::S3::BucketPolicy")
def bucket_policy(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html"""
    cloud.client("s3").put_bucket_policy(Bucket=properties["Bucket"], Policy=text(properties["PolicyDocument"]))
    return Made(properties["Bucket"])


@bucket_policy.unmaking
def delete_bucket_policy(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Takes it away."""
    cloud.client("s3").delete_bucket_policy(Bucket=made.id)
