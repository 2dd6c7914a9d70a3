using System.Text;

namespace ResponseKit.Tests.Replay.Reading;

/// <summary>What holds no CloudTrail records is named, and never taken for a log in which nothing happened.</summary>
public sealed class ForeignContentTests
{
    private const string Record =
        """{"eventVersion":"1.11","userIdentity":{"type":"IAMUser"},"eventTime":"2026-02-03T04:05:06Z","eventSource":"ec2.amazonaws.com","eventName":"Other","awsRegion":"us-east-1","eventID":"a","recipientAccountId":"111122223333"}""";

    [Theory]
    [InlineData("""{"metadata":{"product":{"name":"CloudTrail"}},"class_uid":6003,"api":{}}""", "OCSF events")]
    [InlineData("""[{"class_uid":3001,"time":1}]""", "OCSF events")]
    [InlineData("2 111122223333 eni-0a1b 10.0.0.1 10.0.0.2 443 49152 6 1 40 1 2 ACCEPT OK\n", "VPC flow log")]
    [InlineData("version account-id interface-id srcaddr dstaddr\n", "VPC flow log")]
    [InlineData("0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a a-bucket [03/Feb/2026:04:05:06 +0000] 192.0.2.1 - X REST.GET.OBJECT\n", "S3 server access log")]
    [InlineData("https 2026-02-03T04:05:06.000000Z app/web/0a 192.0.2.1:1 10.0.0.1:80 0 0 0 200 200\n", "Load Balancing access log")]
    [InlineData("#Version: 1.0\n#Fields: date time\n", "CloudFront access log")]
    [InlineData("user,arn,user_creation_time,password_enabled\n", "IAM credential report")]
    [InlineData("""{"schemaVersion":"2.0","accountId":"111122223333","type":"T","service":{"serviceName":"guardduty"},"severity":8}""", "GuardDuty findings")]
    [InlineData("""{"SchemaVersion":"2018-10-08","ProductArn":"arn:aws:securityhub"}""", "Security Hub findings")]
    [InlineData("""{"fileVersion":"1.0","configurationItems":[]}""", "AWS Config snapshot")]
    [InlineData("""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"2026-02-03T04:05:06Z","eventName":"ObjectCreated:Put","s3":{"object":{}}}]}""", "S3 event notifications")]
    [InlineData("""{"s3Bucket":"b","s3ObjectKey":["k"]}""", "notifications of delivered files")]
    [InlineData("""{"@timestamp":"2026","aws":{"cloudtrail":{}},"ecs":{}}""", "Elastic documents without event.original")]
    [InlineData("%PDF-1.7\n", "PDF document")]
    [InlineData("PAR1\u0015", "Parquet file")]
    [InlineData("<?xml version=\"1.0\"?><a/>", "XML or HTML page")]
    [InlineData("""{"Records":[{"foo":1,"bar":{"a":[1]}}]}""", "objects with the members foo, bar")]
    [InlineData("""["one","two","a text that holds nothing at all, however long it is"]""", "texts without a record")]
    [InlineData("""{"Events":["a text that is none of the objects that are looked for here"]}""", "something else than objects")]
    [InlineData("""{"Events":[{"EventId":"1","Username":"u"}]}""", "members EventId, Username")]
    [InlineData("eventName,message\nRunInstances,this is not a record and holds none either\n", "rows without a record")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22]", "something else than objects")]
    public void It_is_named(string text, string what)
    {
        foreach (var content in new[] { Encoding.UTF8.GetBytes(text), LogForms.Gzip(Encoding.UTF8.GetBytes(text)), LogForms.Zip([("a", Encoding.UTF8.GetBytes(text))]) })
        {
            var read = ReadText.Of(content);

            Assert.Equal(0, read.Summary.Records);
            Assert.Contains(what, read.Skipped, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_is_counted_beside_records()
    {
        var read = ReadText.Of(Encoding.UTF8.GetBytes($$"""{"Records":[{{Record}},{"class_uid":6003},{"class_uid":6003}]}"""));

        Assert.Equal(1, read.Summary.Records);
        Assert.Contains("2 things in it hold no CloudTrail record and were left out; the first is of OCSF events", read.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_around_records_that_stand_for_nothing_are_no_loss()
    {
        var read = ReadText.Of(Encoding.UTF8.GetBytes(
            $$"""{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","message":"CWL CONTROL MESSAGE: Checking health of destination."}]}""" + "\n{\"index\":{\"_id\":\"1\"}}\n" + Record));

        Assert.Equal((1, ""), (read.Summary.Records, read.Skipped));
    }

    [Fact]
    public void Text_that_should_be_an_object_and_is_not_is_told()
    {
        var read = ReadText.Of(Encoding.UTF8.GetBytes(Record[..^1] + ",\"requestParameters\":\"{\\\"instanceType\\\":\"}"));

        Assert.Contains("its requestParameters are text that is neither JSON nor a map", Assert.IsType<ResponseKit.Records.ParseResult.Rejected>(Assert.Single(read.Results)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_cut_off_in_its_wrapping_is_told()
    {
        var cut = System.Text.Json.JsonSerializer.Serialize(Record[..^30]);

        var read = ReadText.Of(Encoding.UTF8.GetBytes($$"""{"events":[{"message":{{cut}}}]}"""));

        Assert.Contains("1 records in it are cut off", read.Skipped, StringComparison.Ordinal);
    }
}
