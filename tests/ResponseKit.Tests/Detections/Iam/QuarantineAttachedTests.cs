using ResponseKit.Actors;
using ResponseKit.Detections;
using ResponseKit.Detections.Iam;

namespace ResponseKit.Tests.Detections.Iam;

public sealed class QuarantineAttachedTests
{
    [Fact]
    public void Is_decisive_about_the_user_rather_than_the_service_that_calls()
    {
        var record = ByService("deploy").Record();
        var finding = new QuarantineAttached().Look(record)!;
        Assert.True(finding.Decisive);
        Assert.Equal(new Actor.User("111122223333", "deploy"), finding.About);
        Assert.NotEqual(record.Actor, finding.About);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("x:user/admin")]
    [InlineData("")]
    public void Says_nothing_about_what_cannot_be_a_user(string name) => Assert.Null(new QuarantineAttached().Look(ByService(name).Record()));

    [Theory]
    [InlineData("ci-bot", "AWS Internal", true)]
    [InlineData("CI-Bot", "AWS Internal/3", true)]
    [InlineData("ci-bot", "AWS Internals", false)]
    [InlineData("ci-bot", "aws internal", false)]
    [InlineData("ci-bot", "203.0.113.7", false)]
    [InlineData("ci-bot", "iam.amazonaws.com", false)]
    [InlineData("ci-bot2", "AWS Internal", false)]
    public void In_a_user_s_name_only_AWS_itself_counts(string user, string address, bool counts) =>
        Assert.Equal(counts, new QuarantineAttached().Look((Attach(user) with { SourceAddress = address }).Record()) is not null);

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine", true)]
    [InlineData("arn:aws-us-gov:iam::aws:policy/AWSCompromisedKeyQuarantineV4", true)]
    [InlineData("arn:aws:iam::111122223333:policy/AWSCompromisedKeyQuarantineV3", false)]
    [InlineData("arn:aws:iam::111122223333:policy/aws:policy/AWSCompromisedKeyQuarantineV3", false)]
    [InlineData("AWSCompromisedKeyQuarantineV3", false)]
    public void Only_AWS_s_own_policy_counts(string policy, bool counts) => Assert.Equal(
        counts,
        new QuarantineAttached().Look((ByService("deploy") with { Request = $$"""{"userName":"deploy","policyArn":"{{policy}}"}""" }).Record()) is not null);

    private static DetectionExample ByService(string user) => Attach(user) with
    {
        Identity = """{"type":"AWSService","invokedBy":"support.amazonaws.com"}""",
        SourceAddress = "support.amazonaws.com",
    };

    private static DetectionExample Attach(string user) => DetectionExample.Match(
        "x", "iam.amazonaws.com", "AttachUserPolicy",
        $$"""{"userName":"{{user}}","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""");
}
