using ResponseKit.Actors;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Tests.Policy;

public sealed class PrincipalPatternTests
{
    private const string Account = "111122223333";

    private static ResourceRef Role(string name, string? path) => ResourceRef.Of(ResourceKind.IamRole, Account, "us-east-1", name) with { Path = path };

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/break-glass", "/", true)]
    [InlineData("arn:aws:iam::111122223333:role/break-glass", "/ops/", true)]
    [InlineData("arn:aws:iam::111122223333:role/break-glass", null, true)]
    [InlineData("arn:aws:iam::*:role/break-*", "/ops/", true)]
    [InlineData("arn:aws:iam::*:role/ops/break-*", "/ops/", true)]
    [InlineData("arn:aws:iam::*:role/ops/*", "/ops/", true)]
    [InlineData("arn:aws:iam::*:role/ops/*", "/", false)]
    [InlineData("arn:aws:iam::*:role/ops/other-?", null, false)]
    [InlineData("arn:aws:iam::999988887777:role/ops/*", null, false)]
    [InlineData("arn:aws:iam::*:user/break-glass", "/", false)]
    [InlineData("arn:aws:iam::*:role/break", "/", false)]
    [InlineData("*", "/", true)]
    public void A_pattern_means_a_role_by_its_name_with_or_without_path(string pattern, string? path, bool matches) =>
        Assert.Equal(matches, PrincipalPattern.Matches(pattern, Role("break-glass", path)));

    [Fact]
    public void A_bare_name_does_not_get_around_a_pattern_with_a_path() =>
        Assert.True(PrincipalPattern.Matches("arn:aws:iam::111122223333:role/ops/*", Role("break-glass", null)));

    [Fact]
    public void A_false_path_does_not_get_around_a_pattern_that_spells_the_name_out()
    {
        Assert.True(PrincipalPattern.Matches("arn:aws:iam::111122223333:role/ops/break-glass", Role("break-glass", "/made-up/")));
        Assert.False(PrincipalPattern.Matches("arn:aws:iam::111122223333:role/ops/break-glass", Role("other", "/ops/")));
    }

    [Fact]
    public void Actors_that_are_no_principals_match_nothing()
    {
        Assert.True(PrincipalPattern.MatchesAny(["x", "arn:aws:iam::*:user/bob"], new Actor.User(Account, "bob")));
        Assert.False(PrincipalPattern.MatchesAny(["x"], new Actor.User(Account, "bob")));
        Assert.False(PrincipalPattern.MatchesAny(["*"], new Actor.Root(Account)));
    }
}
