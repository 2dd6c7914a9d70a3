using System.Collections.Immutable;
using System.Diagnostics;
using FsCheck.Fluent;
using ResponseKit.Resources;

namespace ResponseKit.Tests.Resources;

public sealed class ArnPatternTests
{
    private const string Account = "111122223333";

    private static ResourceRef Role(string name, string? path) => ResourceRef.Of(ResourceKind.IamRole, Account, "us-east-1", name) with { Path = path };

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::111122223333:role/deploy", true)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:role/deploy", true)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:user/deploy", false)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:user/x:role/deploy", false)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:role/x:role/deploy", false)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:role/ci/deploy", false)]
    [InlineData("arn:aws:iam::*:role/ci/deploy", "arn:aws:iam::111122223333:role/deploy", false)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws-cn:iam::111122223333:role/deploy", false)]
    [InlineData("arn:aws:iam::444455556666:role/deploy", "arn:aws:iam::111122223333:role/deploy", false)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws:iam::111122223333:role/Deploy", false)]
    [InlineData("arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/ci/deploy", false)]
    [InlineData("arn:aws:iam::*:role/**", "arn:aws:iam::111122223333:role/ci/deploy", true)]
    [InlineData("arn:aws:iam::*:role/**", "arn:aws:iam::111122223333:role/deploy", true)]
    [InlineData("arn:aws:iam::*:role/ci/**", "arn:aws:iam::111122223333:role/deploy", false)]
    [InlineData("arn:aws:iam::*:role/ci/**", "arn:aws:iam::111122223333:role/ci", false)]
    [InlineData("arn:aws:iam::*:role/ci/**", "arn:aws:iam::111122223333:role/ci/a/b/deploy", true)]
    [InlineData("arn:aws:iam::*:role/c*/dep?oy", "arn:aws:iam::111122223333:role/ci/deploy", true)]
    [InlineData("arn:aws:iam::*:role/c*y", "arn:aws:iam::111122223333:role/ci/deploy", false)]
    [InlineData("arn:aws:iam::*:role/deploy", "arn:aws:sts::111122223333:assumed-role/deploy/session", false)]
    [InlineData("arn:aws:lambda:*:111122223333:function:ResponseKit-*", "arn:aws:lambda:eu-west-1:111122223333:function:ResponseKit-triage", true)]
    [InlineData("arn:aws:lambda:*:111122223333:function:ResponseKit-*", "arn:aws:lambda:eu-west-1:111122223333:function:ResponseKit-triage:live", false)]
    [InlineData("arn:aws:lambda:*:111122223333:function:ResponseKit-*", "arn:aws:lambda:eu-west-1:111122223333:layer:ResponseKit-x", false)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:ResponseKit-*", "arn:aws:sns:eu-west-1:111122223333:ResponseKit-notices", true)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:ResponseKit-*", "arn:aws:sns:us-east-1:111122223333:ResponseKit-notices", false)]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:ResponseKit-*", "arn:aws:sns:eu-west-1:111122223333:ResponseKit-x:subscription", false)]
    [InlineData("arn:aws:iam::*:role/deploy", "deploy", false)]
    public void A_pattern_is_matched_component_by_component(string pattern, string arn, bool matches) => Assert.Equal(matches, ArnPattern.Parse(pattern).Matches(arn));

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/break-glass", "/", true, true)]
    [InlineData("arn:aws:iam::111122223333:role/break-glass", "/ops/", false, true)]
    [InlineData("arn:aws:iam::111122223333:role/break-glass", null, false, true)]
    [InlineData("arn:aws:iam::111122223333:role/Break-Glass", "/", false, true)]
    [InlineData("arn:aws:iam::*:role/break-*", "/ops/", false, true)]
    [InlineData("arn:aws:iam::*:role/ops/break-*", "/ops/", true, true)]
    [InlineData("arn:aws:iam::*:role/ops/break-glass", "/made-up/", false, true)]
    [InlineData("arn:aws:iam::*:role/ops/*", "/", false, false)]
    [InlineData("arn:aws:iam::*:role/ops/*", null, false, true)]
    [InlineData("arn:aws:iam::*:role/ops/**", null, false, true)]
    [InlineData("arn:aws:iam::*:role/ops/**", "/ops/eu/", true, true)]
    [InlineData("arn:aws:iam::*:role/ops/**", "/", false, false)]
    [InlineData("arn:aws:iam::*:role/ops/other-?", null, false, false)]
    [InlineData("arn:aws:iam::444455556666:role/ops/*", null, false, false)]
    [InlineData("arn:aws-cn:iam::*:role/break-glass", "/", false, false)]
    [InlineData("arn:aws:iam::*:user/break-glass", "/", false, false)]
    [InlineData("arn:aws:iam::*:role/break", "/", false, false)]
    public void A_guard_protects_whom_a_pattern_may_mean_and_an_exemption_spares_only_whom_it_surely_means(string text, string? path, bool means, bool mayMean)
    {
        var pattern = ArnPattern.Parse(text);
        Assert.Equal((means, mayMean), (pattern.Means(Role("break-glass", path)), pattern.MayMean(Role("break-glass", path))));
    }

    [Fact]
    public void A_pattern_of_something_else_means_no_principal()
    {
        var pattern = ArnPattern.Parse("arn:aws:iam::111122223333:policy/break-glass");
        Assert.False(pattern.Means(Role("break-glass", "/")) || pattern.MayMean(Role("break-glass", null)));
        var instance = ResourceRef.Of(ResourceKind.Instance, Account, "us-east-1", "i-0123456789abcdef0");
        Assert.False(ArnPattern.Parse("arn:aws:iam::111122223333:role/**").MayMean(instance));
    }

    [Theory]
    [InlineData("", "visible ASCII")]
    [InlineData("arn:aws:iam::111122223333:role/d\u0435ploy", "visible ASCII")]
    [InlineData("deploy", "not a whole ARN")]
    [InlineData("*", "not a whole ARN")]
    [InlineData("arn:*:iam::111122223333:role/deploy", "partition '*'")]
    [InlineData("arn:aws:*::111122223333:role/deploy", "service '*'")]
    [InlineData("arn:aws:iam:eu-*:111122223333:role/deploy", "region 'eu-*'")]
    [InlineData("arn:aws:iam::1111*:role/deploy", "account '1111*'")]
    [InlineData("arn:aws:iam::111122223333:*", "does not say what kind")]
    [InlineData("arn:aws:iam::111122223333:*/deploy", "kind of resource '*'")]
    [InlineData("arn:aws:iam::111122223333:ro?e/deploy", "kind of resource 'ro?e'")]
    [InlineData("arn:aws:iam::111122223333:role:deploy", "a slash follows")]
    [InlineData("arn:aws:iam::111122223333:role/", "name ''")]
    [InlineData("arn:aws:iam::111122223333:role/x:y", "name 'x:y'")]
    [InlineData("arn:aws:iam::111122223333:role/**/deploy", "'**'")]
    [InlineData("arn:aws:iam::111122223333:role/deploy**", "'**'")]
    [InlineData("arn:aws:lambda:*:111122223333:function:**", "'**'")]
    public void A_text_that_cannot_be_meant_is_refused_in_words(string text, string words)
    {
        Assert.False(ArnPattern.TryParse(text, out _, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.Equal(problem, Assert.Throws<FormatException>(() => ArnPattern.Parse(text)).Message);
    }

    [Fact]
    public void No_pattern_without_text_is_one() => Assert.False(ArnPattern.TryParse(null, out _, out _));

    [Fact]
    public void No_ARN_of_another_kind_account_or_partition_ever_matches() => Properties.Holds(
        from pattern in Arns.Patterns from arn in Arns.Principals select (pattern, arn),
        it => Arn.TryParse(it.arn, out var arn)
            && (!it.pattern.Matches(it.arn)
                || (arn.Resource.StartsWith(it.pattern.Kind + "/", StringComparison.Ordinal)
                    && it.pattern.Partition == arn.Partition && it.pattern.Account is var account && (account == "*" || account == arn.Account))));

    [Fact]
    public void No_principal_of_another_kind_account_or_name_is_ever_meant() => Properties.Holds(
        from pattern in Arns.Patterns from arn in Arns.Principals select (pattern, principal: Arns.Ref(arn)),
        it => !it.pattern.MayMean(it.principal)
            || (it.principal.Kind.Prefix == it.pattern.Kind + "/" && it.pattern.Account is var account && (account == "*" || account == it.principal.Account)
                && (!it.pattern.HasLiteralName || it.pattern.Segments[^1].Equals(it.principal.Name, StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public void A_pattern_without_wildcards_means_one_ARN_and_no_other() => Properties.Holds(
        from one in Arns.Principals.Where(arn => !arn.AsSpan().ContainsAny('*', '?')) from other in Arns.Principals select (one, other),
        it => ArnPattern.Parse(it.one).Matches(it.one) && ArnPattern.Parse(it.one).Matches(it.other) == (it.one == it.other));

    [Fact]
    public void Every_ARN_fits_itself_as_a_pattern() => Properties.Holds(
        Arns.Principals.Where(arn => !arn.Contains("**", StringComparison.Ordinal)),
        arn => ArnPattern.Parse(arn).Matches(arn) && ArnPattern.Parse(arn).Means(Arns.Ref(arn)) && ArnPattern.Parse(arn).MayMean(Arns.Ref(arn)));

    [Fact]
    public void Whom_an_exemption_spares_a_guard_protects_too_and_the_text_matches() => Properties.Holds(
        from pattern in Arns.Patterns from arn in Arns.Principals select (pattern, arn),
        it => it.pattern.Means(Arns.Ref(it.arn)) == it.pattern.Matches(it.arn) && (!it.pattern.Matches(it.arn) || it.pattern.MayMean(Arns.Ref(it.arn))));

    [Fact]
    public void A_pattern_without_two_stars_at_the_end_never_spans_segments() => Properties.Holds(
        from pattern in Arns.Patterns.Where(pattern => !pattern.Text.EndsWith("/**", StringComparison.Ordinal)) from arn in Arns.Principals select (pattern, arn),
        it => !it.pattern.Matches(it.arn) || it.pattern.Segments.Length == it.arn.Split(':', 6)[5].Split('/').Length - 1);

    [Fact]
    public void Case_makes_no_other_name_to_a_guard_and_one_to_an_exemption() => Properties.Holds(
        Properties.Name.Where(name => name.Any(char.IsAsciiLetter)),
        name =>
        {
            var flipped = string.Concat(name.Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
            var pattern = ArnPattern.Parse($"arn:aws:iam::{Account}:role/{name}");
            return pattern.MayMean(Role(flipped, "/")) && !pattern.Means(Role(flipped, "/"));
        });

    [Theory]
    [InlineData("ResponseK\u0131tResponder")]
    [InlineData("Re\u017fponseKitResponder")]
    [InlineData("Response\u212AitResponder")]
    public void No_letter_is_taken_for_one_that_only_looks_or_sorts_like_it(string name) =>
        Assert.False(ArnPattern.Parse("arn:aws:iam::111122223333:role/ResponseKitResponder").MayMean(Role(name, "/")));

    [Fact]
    public void Whatever_the_text_it_is_a_pattern_or_refused_with_a_sentence() => Properties.Holds(
        from prefix in FsCheck.Fluent.Gen.Elements("", "arn:", "arn:aws:iam::111122223333:", "arn:aws:iam::*:role/") from rest in Properties.Hostile select prefix + rest,
        text => ArnPattern.TryParse(text, out var pattern, out var problem) ? pattern.Text == text : problem.EndsWith('.'));

    [Fact]
    public void A_hostile_pattern_takes_no_time()
    {
        var pattern = ArnPattern.Parse("arn:aws:iam::*:role/" + string.Concat(Enumerable.Repeat("*a", 480)) + "b/*");
        var role = Role("x", "/" + new string('a', 510) + "/");
        var clock = Stopwatch.StartNew();
        for (var time = 0; time < 100; time++)
            Assert.False(pattern.MayMean(role));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public void Patterns_of_the_same_text_are_equal()
    {
        ImmutableArray<ArnPattern> twice = [ArnPattern.Parse("arn:aws:iam::*:role/a"), ArnPattern.Parse("arn:aws:iam::*:role/a"), ArnPattern.Parse("arn:aws:iam::*:role/b")];
        Assert.Equal(["arn:aws:iam::*:role/a", "arn:aws:iam::*:role/b"], twice.Distinct().Select(pattern => pattern.ToString()));
        Assert.False(twice[0].Equals((object)"arn:aws:iam::*:role/a"));
    }
}
