"""SNS and SQS: topics, subscriptions, queues, and their policies."""

from .kinds import Cloud, Made, Properties, kind, text, words

QUEUE_ATTRIBUTES = (
    "ContentBasedDeduplication", "DelaySeconds", "FifoQueue", "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId",
    "MaximumMessageSize", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy",
    "RedrivePolicy", "SqsManagedSseEnabled", "VisibilityTimeout")
TOPIC_ATTRIBUTES = ("ContentBasedDeduplication", "DisplayName", "FifoTopic", "KmsMasterKeyId", "SignatureVersion",
                    "TracingConfig")
SUBSCRIPTION_ATTRIBUTES = ("DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery",
                           "RedrivePolicy", "SubscriptionRoleArn")


def _attributes(properties: Properties, names: tuple[str, ...]) -> dict[str, str]:
    return {name: words(properties[name]) for name in names if properties.get(name) is not None}


@kind("AWS::SQS::Queue", "QueueName", 80)
def queue(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html"""
    if properties.get("FifoQueue") and not name.endswith(".fifo"):
        name += ".fifo"
    tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags") or []}
    url = cloud.client("sqs").create_queue(QueueName=name, Attributes=_attributes(properties, QUEUE_ATTRIBUTES),
                                           tags=tags)["QueueUrl"]
    return Made(url, {"Arn": cloud.arn("sqs", name), "QueueName": name, "QueueUrl": url})


@queue.changing
def change_queue(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Its attributes."""
    attributes = _attributes(properties, QUEUE_ATTRIBUTES)
    attributes.pop("FifoQueue", None)
    cloud.client("sqs").set_queue_attributes(QueueUrl=made.id, Attributes=attributes)
    return made


@queue.unmaking
def delete_queue(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("sqs").delete_queue(QueueUrl=made.id)


@kind("AWS::SQS::QueuePolicy")
def queue_policy(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html"""
    for url in properties["Queues"]:
        document = text(properties["PolicyDocument"])
        cloud.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": document})
    return Made(name, {"Id": name})


@kind("AWS::SNS::Topic", "TopicName", 256)
def topic(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html"""
    arn = cloud.client("sns").create_topic(Name=name, Attributes=_attributes(properties, TOPIC_ATTRIBUTES),
                                           Tags=properties.get("Tags") or [])["TopicArn"]
    for one in properties.get("Subscription") or []:
        cloud.client("sns").subscribe(TopicArn=arn, Protocol=one["Protocol"], Endpoint=one["Endpoint"])
    return Made(arn, {"TopicArn": arn, "TopicName": name})


@topic.changing
def change_topic(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Its attributes."""
    for name, value in _attributes(properties, TOPIC_ATTRIBUTES).items():
        if name != "FifoTopic":
            cloud.client("sns").set_topic_attributes(TopicArn=made.id, AttributeName=name, AttributeValue=value)
    return made


@topic.unmaking
def delete_topic(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it with its subscriptions."""
    cloud.client("sns").delete_topic(TopicArn=made.id)


@kind("AWS::SNS::TopicPolicy")
def topic_policy(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html"""
    for arn in properties["Topics"]:
        document = text(properties["PolicyDocument"])
        cloud.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=document)
    return Made(name, {"Id": name})


@kind("AWS::SNS::Subscription")
def subscription(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html"""
    attributes = _attributes(properties, SUBSCRIPTION_ATTRIBUTES)
    arn = cloud.client("sns").subscribe(
        TopicArn=properties["TopicArn"], Protocol=properties["Protocol"], Endpoint=properties.get("Endpoint"),
        Attributes=attributes, ReturnSubscriptionArn=True)["SubscriptionArn"]
    return Made(arn, {"Arn": arn})


@subscription.unmaking
def delete_subscription(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Ends it."""
    cloud.client("sns").unsubscribe(SubscriptionArn=made.id)
