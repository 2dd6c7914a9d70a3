using ResponseKit.Correlation.Novelty;

namespace ResponseKit.Tests.Correlation.Novelty;

public sealed class BaselineFileTests
{
    private const string Actor = "arn:aws:iam::111122223333:user/ci-bot";
    private static readonly DateTimeOffset Day = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    private static readonly Baseline Known = new(Baseline.Empty.Actors.Add(
        Actor,
        ActorHistory.Empty.Add(Day, [new(TraitKind.Region, "eu-west-1"), new(TraitKind.Agent, "\u202e\"<script>")]).Add(Day.AddDays(3), [new(TraitKind.Region, "eu-west-1")])));

    [Fact]
    public void A_baseline_comes_back_from_its_file()
    {
        var read = BaselineFile.Read(BaselineFile.Write(Known), out var problem)!;
        Assert.Equal("", problem);
        Assert.Equal(Known.Of(Actor).Days, read.Of(Actor).Days);
        Assert.Equal(Known.Of(Actor).Seen.OrderBy(pair => pair.Key.Value), read.Of(Actor).Seen.OrderBy(pair => pair.Key.Value));
        Assert.Equal(BaselineFile.Write(Known), BaselineFile.Write(read));
    }

    [Fact]
    public void A_history_comes_back_by_itself() =>
        Assert.Equal(Known.Of(Actor).Seen.Count, BaselineFile.ReadHistory(BaselineFile.WriteHistory(Known.Of(Actor))).Seen.Count);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"format":"something-else","actors":{}}""")]
    [InlineData("""{"format":"responsekit-baseline-1","actors":null}""")]
    [InlineData("""{"format":"responsekit-baseline-1","actors":{"x":{"days":["yesterday"],"seen":{}}}}""")]
    [InlineData("""{"format":"responsekit-baseline-1","actors":{"x":{"days":[],"seen":{"region":{"eu-west-1":["2026-03-10T09:00:00Z"]}}}}}""")]
    [InlineData("""{"format":"responsekit-baseline-1","actors":{"x":{"days":[],"seen":{"mood":{}}}}}""")]
    public void What_is_no_baseline_is_refused_with_a_reason(string text)
    {
        Assert.Null(BaselineFile.Read(text, out var problem));
        Assert.Contains("it is no baseline", problem, StringComparison.Ordinal);
    }
}
