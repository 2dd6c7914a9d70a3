using ResponseKit.Actors;
using ResponseKit.Correlation;

namespace ResponseKit.Tests.Correlation;

public sealed class CaseRootTests
{
    private static readonly Actor Role = new Actor.Role("111122223333", "deploy");

    private static string Root(Actor actor, string? key, params (string Child, string Parent)[] links) =>
        CaseRoot.Of(actor, key, child => links.Where(link => link.Child == child).Select(link => link.Parent).FirstOrDefault());

    [Fact]
    public void Without_links_an_actor_s_case_is_his_own() => Assert.Equal(Role.Key, Root(Role, "ASIA1"));

    [Fact]
    public void A_session_s_deeds_are_those_of_whoever_opened_it()
    {
        Assert.Equal("thief", Root(Role, "ASIA1", ("ASIA1", "thief")));
        Assert.Equal(Role.Key, Root(Role, "ASIA2", ("ASIA1", "thief")));
        Assert.Equal(Role.Key, Root(Role, null, ("ASIA1", "thief")));
    }

    [Fact]
    public void A_made_user_s_deeds_are_his_maker_s_over_several_steps() =>
        Assert.Equal("thief", Root(Role, "ASIA1", ("ASIA1", "user2"), ("user2", "user1"), ("user1", "thief"), (Role.Key, "innocent")));

    [Fact]
    public void The_key_tells_more_than_the_actor() => Assert.Equal("thief", Root(Role, "ASIA1", (Role.Key, "maker"), ("ASIA1", "thief")));

    [Fact]
    public void A_circle_leads_to_the_same_actor_from_wherever_one_starts()
    {
        (string, string)[] circle = [("a", "b"), ("b", "c"), ("c", "a"), ("before", "b"), ("1", "a"), ("2", "b"), ("3", "c"), ("4", "before")];
        Assert.All(["1", "2", "3", "4"], key => Assert.Equal("a", Root(Role, key, circle)));
        Assert.Equal("self", Root(Role, "1", ("1", "self"), ("self", "self")));
    }

    [Fact]
    public void An_endless_chain_ends()
    {
        var asked = 0;
        Assert.Equal($"{CaseRoot.MaxLinks}", CaseRoot.Of(Role, "0", child => $"{Math.Max(int.Parse(child), asked++) + 1}")[..2]);
        Assert.InRange(asked, CaseRoot.MaxLinks, CaseRoot.MaxLinks + 2);
    }
}
