"""What CloudTrail calls an operation, whether it counts as reading, and whether it is recorded at all."""

READING = ("Describe", "List", "Get", "Head", "Lookup", "BatchGet", "Search", "Query", "Scan", "Select", "View",
           "Check", "Test", "Validate", "Estimate", "Simulate", "Preview")
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html counts these as changes.
CHANGING = {("sts", "GetSessionToken"), ("sts", "GetFederationToken")}
GLOBAL_SERVICES = {"iam", "organizations", "cloudfront", "route53"}
EVENT_SOURCES = {"monitoring": "monitoring", "email": "ses"}

# Lambda's names carry the API version of the operation, and sometimes a revision.
# https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
LAMBDA_NAMES = {
    "AddPermission": "AddPermission20150331v2",
    "AddLayerVersionPermission": "AddLayerVersionPermission20181031",
    "CreateAlias": "CreateAlias20150331",
    "CreateEventSourceMapping": "CreateEventSourceMapping20150331",
    "CreateFunction": "CreateFunction20150331",
    "DeleteAlias": "DeleteAlias20150331",
    "DeleteEventSourceMapping": "DeleteEventSourceMapping20150331",
    "DeleteFunction": "DeleteFunction20150331",
    "DeleteFunctionConcurrency": "DeleteFunctionConcurrency20171031",
    "GetAccountSettings": "GetAccountSettings20160819",
    "GetAlias": "GetAlias20150331",
    "GetEventSourceMapping": "GetEventSourceMapping20150331",
    "GetFunction": "GetFunction20150331v2",
    "GetFunctionConcurrency": "GetFunctionConcurrency20190930",
    "GetFunctionConfiguration": "GetFunctionConfiguration20150331v2",
    "GetPolicy": "GetPolicy20150331v2",
    "ListAliases": "ListAliases20150331",
    "ListEventSourceMappings": "ListEventSourceMappings20150331",
    "ListFunctions": "ListFunctions20150331",
    "ListTags": "ListTags20170331",
    "ListVersionsByFunction": "ListVersionsByFunction20150331",
    "PublishLayerVersion": "PublishLayerVersion20181031",
    "PublishVersion": "PublishVersion20150331",
    "PutFunctionConcurrency": "PutFunctionConcurrency20171031",
    "RemovePermission": "RemovePermission20150331v2",
    "TagResource": "TagResource20170331v2",
    "UntagResource": "UntagResource20170331v2",
    "UpdateAlias": "UpdateAlias20150331",
    "UpdateEventSourceMapping": "UpdateEventSourceMapping20150331",
    "UpdateFunctionCode": "UpdateFunctionCode20150331v2",
    "UpdateFunctionConfiguration": "UpdateFunctionConfiguration20150331v2",
}

# Data events: a trail does not record them unless told to.
# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
DATA_EVENTS = {
    "lambda": {"Invoke", "InvokeAsync", "InvokeWithResponseStream"},
    "dynamodb": {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem",
                 "TransactGetItems", "TransactWriteItems", "ExecuteStatement"},
    "sqs": {"SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch",
            "ChangeMessageVisibility"},
    "sns": {"Publish", "PublishBatch"},
    "s3": {"GetObject", "PutObject", "DeleteObject", "DeleteObjects", "HeadObject", "CopyObject", "ListObjects",
           "ListObjectsV2", "UploadPart", "CreateMultipartUpload", "CompleteMultipartUpload"},
    "events": {"PutEvents"},
    "monitoring": {"PutMetricData", "GetMetricData", "GetMetricStatistics"},
    "logs": {"PutLogEvents", "GetLogEvents", "FilterLogEvents"},
}


def is_read_only(service: str | None, action: str | None) -> bool:
    """CloudTrail's `readOnly`. AssumeRole counts as reading, GetSessionToken and GetFederationToken do not."""
    if (service, action) in CHANGING:
        return False
    if service == "sts":
        return True
    return (action or "").startswith(READING)


def event_name(service: str, action: str) -> str:
    """CloudTrail's `eventName`."""
    return LAMBDA_NAMES.get(action, action) if service == "lambda" else action


def event_source(service: str) -> str:
    """CloudTrail's `eventSource`."""
    return f"{EVENT_SOURCES.get(service, service)}.amazonaws.com"


def is_data_event(service: str, action: str) -> bool:
    """True for calls that are not management events."""
    return action in DATA_EVENTS.get(service, ())


def recorded_region(service: str, region: str) -> str:
    """The region under which CloudTrail files the call: global services appear in us-east-1."""
    return "us-east-1" if service in GLOBAL_SERVICES else region
