using ResponseKit.Actors;
using ResponseKit.Detections;
using ResponseKit.Detections.Iam;

namespace ResponseKit.Tests.Detections.Iam;

public sealed class QuarantineAttachedTests
{
    [Fact]
    public void Is_decisive_about_the_user_rather_than_the_caller()
    {
        var record = Attach("deploy").Record();
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
    public void Says_nothing_about_what_cannot_be_a_user(string name) => Assert.Null(new QuarantineAttached().Look(Attach(name).Record()));

    private static DetectionExample Attach(string user) => DetectionExample.Match(
        "x", "iam.amazonaws.com", "AttachUserPolicy",
        $$"""{"userName":"{{user}}","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""");
}
