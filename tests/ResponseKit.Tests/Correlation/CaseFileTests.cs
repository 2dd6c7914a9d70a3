using System.Text.Json;
using FsCheck.Fluent;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

public sealed class CaseFileTests
{
    private static readonly ResourceRef Cluster = ResourceRef.Of(ResourceKind.EcsCluster, Account, "us-east-1", "mine");

    private static string Text(CaseFile file) => JsonSerializer.Serialize(file, CaseJson.Default.CaseFile);

    [Fact]
    public void The_order_of_arrival_makes_no_difference() => Properties.Holds(
        from observations in Any.ArrayOf() from shuffled in Gen.Shuffle(observations) select (observations, shuffled),
        pair => Text(Case(pair.observations)) == Text(Case(pair.shuffled)));

    [Fact]
    public void Arriving_twice_is_the_same_as_once() => Properties.Holds(
        Any.ArrayOf(), observations => Text(Case(observations)) == Text(Case([.. observations, .. observations])));

    [Fact]
    public void Adding_what_is_there_changes_nothing_at_all()
    {
        var file = Case(Of("1", 0));
        Assert.Equal(file.Observations.AsEnumerable(), file.Add(file.Observations[0]).Observations);
    }

    [Fact]
    public void Two_cases_unite_whichever_comes_first() => Properties.Holds(
        from one in Any.ArrayOf() from other in Any.ArrayOf() select (one: Case(one), other: Case(other)),
        pair => Text(pair.one.Union(pair.other)) == Text(pair.other.Union(pair.one)) && Text(pair.one.Union(pair.one)) == Text(pair.one));

    [Fact]
    public void Observations_are_in_the_order_of_time_and_one_an_event() => Properties.Holds(
        Any.ArrayOf(),
        observations => Case(observations).Observations is var kept
            && kept.Zip(kept.Skip(1)).All(pair => pair.First.Time <= pair.Second.Time)
            && kept.Select(observation => observation.EventId).Order().SequenceEqual(observations.Select(observation => observation.EventId).Distinct().Order()));

    [Fact]
    public void What_was_made_in_the_case_counts_as_made_whatever_came_later()
    {
        var file = Case(
            Made("2", 2, Cluster, LineageRelation.Altered), Made("1", 1, Cluster), Made("0", 0, Cluster, LineageRelation.Altered),
            Made("3", 3, Cluster with { Name = "theirs" }, LineageRelation.Altered), Made("4", 4, Cluster with { Name = "theirs" }, LineageRelation.Altered));
        Assert.Equal(
            [("mine", LineageRelation.Created, "1"), ("theirs", LineageRelation.Altered, "3")],
            file.Lineage.Select(entry => (entry.Resource.Name, entry.Relation, entry.EventId)));
    }

    [Fact]
    public void What_was_entered_is_kept_apart_with_the_last_time()
    {
        var role = ResourceRef.Of(ResourceKind.IamRole, Account, "us-east-1", "deploy");
        var file = Case(Made("1", 1, role, LineageRelation.Entered), Made("2", 2, role, LineageRelation.Altered), Made("3", 3, role, LineageRelation.Entered));
        Assert.Equal([(LineageRelation.Entered, "3"), (LineageRelation.Altered, "2")], file.Lineage.Select(entry => (entry.Relation, entry.EventId)));
    }

    [Fact]
    public void The_path_that_an_actor_had_first_counts()
    {
        var (before, after) = (new Actor.User(Account, "ci-bot") { Path = "/" }, new Actor.User(Account, "ci-bot") { Path = "/protected/" });
        var file = Case(Of("1", 1) with { Actor = before }, Of("2", 2) with { Actor = after });
        Assert.Equal("/", Assert.IsType<Actor.User>(file.Root).Path);
    }

    [Fact]
    public void The_root_is_the_actor_who_was_seen_with_his_path_where_any_record_tells_it()
    {
        var withPath = new Actor.User(Account, "ci-bot") { Path = "/ops/" };
        var file = Case(Of("1", 1), Of("2", 2) with { Actor = withPath }, Of("0", 0) with { Actor = new Actor.Role(Account, "deploy", "/ci/") });
        Assert.Equal("/ops/", Assert.IsType<Actor.User>(file.Root).Path);
        Assert.Equal(["arn:aws:iam::111122223333:role/deploy", Thief.Key], file.Actors.Select(actor => actor.Key));
    }

    [Fact]
    public void The_root_is_known_before_anything_of_him_is_seen() => Assert.Equal(Thief, CaseFile.Empty(Thief.Key).Root);

    [Fact]
    public void The_oldest_observations_give_way_when_there_are_too_many()
    {
        var file = Case(Enumerable.Range(0, CaseFile.MaxObservations + 2).Select(number => Of($"{number}", -number)));
        Assert.Equal(CaseFile.MaxObservations, file.Observations.Length);
        Assert.Equal(("0", $"{CaseFile.MaxObservations - 1}"), (file.Observations[^1].EventId, file.Observations[0].EventId));
    }
}
