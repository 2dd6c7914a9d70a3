using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation.Blame;

/// <summary>What is kept of five minutes: little, the same in whatever order it came, and never without what matters.</summary>
public sealed class SlotTests
{
    private static readonly CallOutcome Refused = new CallOutcome.Denied("AccessDenied");

    [Fact]
    public void Neither_order_nor_repetition_nor_writing_it_down_in_between_makes_a_difference() => Properties.Holds(Many, many =>
    {
        var (straight, odd) = (new Slot(), new Slot());
        foreach (var observation in many)
            straight.Add(observation);
        foreach (var observation in many.Reverse().Concat(many))
        {
            odd.Add(observation);
            odd = Slot.Of(Written(odd.ToContent()));
        }

        return Ids(straight).SequenceEqual(Ids(odd)) && straight.IsThinned == odd.IsThinned && straight.IsCut == odd.IsCut;
    });

    [Fact]
    public void What_says_that_it_changed_nothing_changed_nothing() => Properties.Holds(Many, many =>
    {
        var slot = new Slot();
        return many.All(observation =>
        {
            var before = Text(slot);
            return slot.Add(observation) || Text(slot) == before;
        });
    });

    [Theory]
    [InlineData(20)]
    [InlineData(200)]
    [InlineData(20_000)]
    public void A_flood_of_refused_calls_takes_no_more_room_however_long_it_lasts(int many)
    {
        var slot = new Slot();
        for (var at = 0; at < many; at++)
            slot.Add(Tried($"e{at:00000}", at * 300.0 / many / 60, $"was refused {at}"));

        Assert.Equal(13, slot.Kept.Count());
        Assert.True(slot.IsThinned);
        Assert.False(slot.IsCut);
        Assert.Contains(slot.Kept, observation => observation.EventId == "e00000");
        Assert.Contains(slot.Kept, observation => observation.Time >= At(4));
    }

    [Fact]
    public void A_flood_of_the_same_call_is_written_once_a_minute()
    {
        var slot = new Slot();
        var written = Enumerable.Range(0, 300).Count(second => slot.Add(Tried($"e{second:000}", second / 60.0, "was refused")));

        Assert.Equal(5, written);
        Assert.Equal(["e000", "e240"], slot.Kept.Select(observation => observation.EventId).Order(StringComparer.Ordinal));
        Assert.False(slot.IsThinned);
    }

    [Fact]
    public void Of_two_hundred_kinds_of_noise_the_grave_act_and_what_took_effect_stay()
    {
        var slot = new Slot();
        var noise = Enumerable.Range(0, 200).SelectMany(kind => Enumerable.Range(0, 20)
            .Select(at => Signalled($"n{kind}-{at}", at / 10.0, SignalCategory.Recon, 5, $"noise.{kind}", Refused)));
        foreach (var observation in noise
            .Append(Signalled("grave", 1, SignalCategory.Obstruction, 60))
            .Append(Signalled("effect", 1, SignalCategory.Persistence, 10))
            .Append(Signalled("heavy", 1, SignalCategory.Provisioning, 30, outcome: Refused)))
            slot.Add(observation);

        Assert.True(slot.IsCut);
        Assert.InRange(slot.Kept.Count(), Slot.MaxKinds, 4 * Slot.MaxKinds);
        Assert.Equal(3, slot.Kept.Count(observation => observation.EventId is "grave" or "effect" or "heavy"));
    }

    [Fact]
    public void Other_programs_and_addresses_are_no_other_kind_so_nobody_makes_room_with_them()
    {
        var slot = new Slot();
        for (var at = 0; at < 1_000; at++)
            slot.Add(Tried($"e{at:0000}", at / 250.0, "was refused") with { From = new($"198.51.100.{at % 250}", $"tool-{at}") });

        Assert.Equal(13, slot.Kept.Count());
    }

    [Fact]
    public void Whatever_was_made_is_kept_for_the_response_though_a_verdict_needs_little_of_it()
    {
        var made = Enumerable.Range(0, 500).Select(at => Made($"e{at:000}", at / 100.0, ResourceRef.Of(ResourceKind.EcsCluster, Account, "us-east-1", $"c{at}"))).ToList();

        var tree = Assert.Single(new CaseTrees(made, new()).Since(DateTimeOffset.MinValue));

        Assert.Equal(500, tree.File.Lineage.Length);
        Assert.InRange(Assert.Single(tree.Evidence).Observations.Length, 1, 20);
    }

    private static Observation Tried(string id, double minutes, string did) => Of(
        id, minutes, new Signal("test.refused", SignalCategory.PermissionProbing, id, At(minutes), Thief, "us-east-1", Refused, new Finding(5, did)));

    private static Gen<Observation[]> Many =>
        from some in Any.ArrayOf(30)
        from flood in Flooding.ArrayOf(40)
        select some.Concat(flood).Select((one, at) => one with { EventId = $"e{at:00}", Time = Start.AddSeconds(one.Time.Second * 5) }).ToArray();

    // Few kinds, very many things.
    private static Gen<Observation> Flooding =>
        from kind in Gen.Elements("a", "b", "c")
        from thing in Gen.Choose(1, 25)
        from second in Gen.Choose(0, 59)
        from outcome in Gen.Elements(Refused, new CallOutcome.Succeeded())
        select Of("", second / 60.0, new Signal($"flood.{kind}", SignalCategory.Recon, "", At(0), Thief, "us-east-1", outcome, new Finding(5, $"did {thing}")));

    private static SlotContent Written(SlotContent content) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(content, CaseJson.Default.SlotContent), CaseJson.Default.SlotContent)!;

    private static string Text(Slot slot) => JsonSerializer.Serialize(slot.ToContent(), CaseJson.Default.SlotContent);

    private static ImmutableArray<string> Ids(Slot slot) => [.. slot.Kept.Select(observation => observation.EventId).Order(StringComparer.Ordinal)];
}
