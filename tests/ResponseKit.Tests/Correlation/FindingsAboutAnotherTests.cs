using System.Text;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Tests.Correlation;

/// <summary>A quarantine is put on a user by AWS, in the name of root, of a service or of the user. The user is whom it is about.</summary>
public sealed class FindingsAboutAnotherTests
{
    private static readonly ResponsePolicy Policy = new();

    [Theory]
    [InlineData("""{"type":"IAMUser","userName":"ci-bot","arn":"arn:aws:iam::111122223333:user/ci-bot","accountId":"111122223333","accessKeyId":"AKIAEXAMPLEEXAMPLE00"}""")]
    [InlineData("""{"type":"Root","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"}""")]
    [InlineData("""{"type":"AWSService","invokedBy":"support.amazonaws.com"}""")]
    public void A_quarantine_is_observed_of_the_user_and_not_of_the_caller(string identity)
    {
        var observation = Observer.Observe(Quarantine("leaked", identity), Policy)!;
        Assert.Equal(new Actor.User("111122223333", "leaked"), observation.Actor);
        Assert.Null(observation.AccessKeyId);
        Assert.Empty(observation.Lineage);
        Assert.All(observation.Signals, signal => Assert.Equal(observation.Actor, signal.Actor));
        Assert.Contains(observation.Signals, signal => signal.Finding.Decisive);
    }

    [Fact]
    public void A_quarantine_that_a_responder_put_on_a_user_counts_too()
    {
        var policy = Policy with { Guards = Policy.Guards with { Responders = ["arn:aws:iam::111122223333:user/ci-bot"] } };
        var caller = """{"type":"IAMUser","userName":"ci-bot","arn":"arn:aws:iam::111122223333:user/ci-bot","accountId":"111122223333"}""";
        Assert.Equal(new Actor.User("111122223333", "leaked"), Observer.Observe(Quarantine("leaked", caller), policy)!.Actor);
    }

    private static CloudTrailRecord Quarantine(string user, string identity)
    {
        var json = DetectionExample.Match(
            "x", "iam.amazonaws.com", "AttachUserPolicy",
            $$"""{"userName":"{{user}}","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""").ToRecordJson();
        var start = json.IndexOf("\"userIdentity\":", StringComparison.Ordinal) + "\"userIdentity\":".Length;
        var end = json.IndexOf('}', start) + 1;
        var record = json[..start] + identity + json[end..];
        return Assert.IsType<ParseResult.Parsed>(RecordParser.Parse(Encoding.UTF8.GetBytes(record))).Record;
    }
}
