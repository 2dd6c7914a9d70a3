using System.Text.Json.Nodes;

namespace ResponseKit.Tests.Replay.Reading;

/// <summary>What a caller writes into names, where a log is kept as text that says nowhere where a value ends.</summary>
public sealed class ForgedTextTests
{
    [Theory]
    [InlineData("x,type=AWSService")]
    [InlineData("x,type=Root")]
    [InlineData("x,invokedby=ecs.amazonaws.com,type=AWSService")]
    [InlineData("x=y,z")]
    public void A_session_s_name_makes_nobody_else_of_its_bearer(string session)
    {
        var record = Recorded(session);

        var read = ReadText.Of(LogForms.Parted["columns of Athena"]([record]));

        // What cannot be told apart may be left out, and told; it is never somebody else's.
        var told = Assert.Single(read.Results);
        var actor = Assert.IsType<ResponseKit.Records.ParseResult.Parsed>(told).Record.Actor;
        Assert.Equal("arn:aws:iam::111122223333:role/deploy", actor.Key);
    }

    [Fact]
    public void An_event_id_in_a_request_hides_no_other_record_of_the_same_message()
    {
        JsonObject[] records = [Recorded("a", """{"tags":{"eventID":"x"}}"""), Recorded("b", """{"tags":{"eventID":"x"}}""")];

        Assert.Equal(2, ReadText.Of(LogForms.Whole["a subscription"](records)).Summary.Records);
        Assert.Equal(2, ReadText.Of(LogForms.Whole["text in a text in a text"](records)).Summary.Records);
    }

    private static JsonObject Recorded(string session, string request = "null") => JsonNode.Parse($$"""
        {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:{{session}}","arn":"arn:aws:sts::111122223333:assumed-role/deploy/{{session}}",
        "accountId":"111122223333","accessKeyId":"ASIAEXAMPLE000000000","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE",
        "arn":"arn:aws:iam::111122223333:role/deploy","accountId":"111122223333","userName":"deploy"},"attributes":{"mfaAuthenticated":"false"} } },
        "eventTime":"2026-02-03T04:05:06Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7","userAgent":"aws-cli/2.0",
        "requestParameters":{{request}},"responseElements":null,"eventID":"{{Guid.NewGuid()}}","readOnly":false,"recipientAccountId":"111122223333"}
        """)!.AsObject();
}
