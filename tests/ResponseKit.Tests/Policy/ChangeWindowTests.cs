using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Policy;

public sealed class ChangeWindowTests
{
    private const string Right =
        """{"changeWindows":[{"owner":"platform team","reason":"CHG-7 move","from":"2025-11-02T09:00:00Z","until":"2025-11-02T12:00+01:00","principals":["arn:aws:iam::*:user/ci-*"]}]}""";

    private static string Refusal(string window) => PolicyFile.Parse($$"""{"changeWindows":[{{window}}]}""").ToString()!;

    private static ResponsePolicy Policy => Assert.IsType<PolicyResult.Loaded>(PolicyFile.Parse(Right)).Policy;

    [Fact]
    public void A_window_covers_its_principals_within_its_time()
    {
        var window = Assert.Single(Policy.ChangeWindows);
        Assert.Equal(("platform team", "CHG-7 move"), (window.Owner, window.Reason));
        Assert.True(window.Covers(Call("2025-11-02T09:00:00Z")));
        Assert.False(window.Covers(Call("2025-11-02T08:59:59Z")));
        Assert.False(window.Covers(Call("2025-11-02T11:00:00Z")));
        Assert.False(window.Covers(Call("2025-11-02T09:00:00Z", Identities.User("alice"))));
        Assert.False(window.Covers(Call("2025-11-02T09:00:00Z", Identities.User(path: "/x:user/"))));
        Assert.False(window.Covers(Call("2025-11-02T09:00:00Z", Identities.Federated("IAMUser", "arn:aws:iam::111122223333:user/ci-bot"))));
    }

    private static CloudTrailRecord Call(string time, string? identity = null) =>
        (Sample.Of("ec2", "RunInstances") with { Time = time, Identity = identity ?? Identities.User() }).Record();

    [Fact]
    public void What_is_done_in_a_window_is_kept_and_explained_and_does_not_count()
    {
        var record = Sample.Of("cloudtrail", "StopLogging", """{"name":"main"}""").Record();
        var observation = Observer.Observe(record, Policy)!;
        var verdict = Assert.IsType<Verdict.Ignore>(Correlator.Judge(new CaseFile(observation.Actor.Key, [observation]), Policy));
        Assert.Equal(0, verdict.Score);
        Assert.Contains(
            "stopped the CloudTrail trail main, because of the change window of platform team until 2025-11-02 11:00 UTC (CHG-7 move).",
            Assert.Single(verdict.Explanation.NotCounted), StringComparison.Ordinal);
        Assert.IsType<Verdict.Watch>(Correlator.Judge(new CaseFile(observation.Actor.Key, [Observer.Observe(record, new())!]), new()));
    }

    [Fact]
    public void A_decisive_finding_counts_in_a_window_too()
    {
        var record = Sample.Of(
            "ecs", "RegisterTaskDefinition", """{"family":"x","containerDefinitions":[{"name":"x","image":"a/b","command":["xmrig","-o","stratum+tcp://x"]}]}""").Record();
        var observation = Observer.Observe(record, Policy)!;
        Assert.IsType<Verdict.Contain>(Correlator.Judge(new CaseFile(observation.Actor.Key, [observation]), Policy));
    }

    [Theory]
    [InlineData("1", "changeWindows[0]: It is 1, not an object.")]
    [InlineData("{}", "changeWindows[0].owner: It is missing.")]
    [InlineData("""{"owner":"a","reason":"b","from":"soon","until":"2025-11-02T12:00:00Z","principals":["arn:aws:iam::*:user/x"]}""", "changeWindows[0].from: It is 'soon'.")]
    [InlineData("""{"owner":"a","reason":"b","from":"2025-11-02T12:00:00Z","until":"2025-11-02T12:00:00Z","principals":["arn:aws:iam::*:user/x"]}""", "up to 31 days after from")]
    [InlineData("""{"owner":"a","reason":"b","from":"2025-11-02T12:00:00Z","until":"2025-12-24T12:00:00Z","principals":["arn:aws:iam::*:user/x"]}""", "up to 31 days after from")]
    [InlineData("""{"owner":"a","reason":"b","from":"2025-11-02T12:00:00Z","until":"2025-11-03T12:00:00Z","principals":[]}""", "changeWindows[0].principals: It is a list.")]
    [InlineData("""{"owner":"a","reason":"b","from":"2025-11-02T12:00:00Z","until":"2025-11-03T12:00:00Z","principals":["alice"]}""", "changeWindows[0].principals[0]: It is 'alice'.")]
    [InlineData("""{"owner":"a","reason":"b","form":"x"}""", "changeWindows[0].form: There is no such key.")]
    public void A_wrong_window_is_refused_by_name(string window, string problem) => Assert.Contains(problem, Refusal(window), StringComparison.Ordinal);
}
