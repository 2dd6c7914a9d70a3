"""SNS topics and what is delivered from them."""

from .harness import EmulatorTest, covers
from .test_lambda import Endpoint


class DeliveryTest(EmulatorTest):
    @covers("sns.http-attributes")
    def test_http_endpoints_are_sent_the_attributes(self) -> None:
        endpoint = Endpoint()
        self.addCleanup(endpoint.close)
        sns = self.aws.client("sns")
        topic = sns.create_topic(Name="told")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)

        sns.publish(TopicArn=topic, Message="x", Subject="y",
                    MessageAttributes={"verdict": {"DataType": "String", "StringValue": "contain"}})

        received = endpoint.wait()[-1]
        self.assertEqual(("x", "y"), (received["Message"], received["Subject"]))
        self.assertEqual({"verdict": {"Type": "String", "Value": "contain"}}, received["MessageAttributes"])
