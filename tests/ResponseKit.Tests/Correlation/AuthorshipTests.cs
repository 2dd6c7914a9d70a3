using ResponseKit.Correlation;
using ResponseKit.Resources;

namespace ResponseKit.Tests.Correlation;

public sealed class AuthorshipTests
{
    private static readonly DateTimeOffset Since = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, typeof(Origin.Theirs))]
    [InlineData(0, typeof(Origin.Theirs))]
    [InlineData(-5, typeof(Origin.Theirs))]
    [InlineData(-6, typeof(Origin.Earlier))]
    [InlineData(-86_400, typeof(Origin.Earlier))]
    public void A_resource_is_the_actors_from_the_time_of_the_record_on(int seconds, Type verdict) =>
        Assert.IsType(verdict, Authorship.ByTime(Since.AddSeconds(seconds), Since, "created"));

    [Fact]
    public void A_resource_without_a_time_proves_nothing() => Assert.IsType<Origin.Unproven>(Authorship.ByTime(null, Since, "created"));

    [Theory]
    [InlineData("arn:aws:iam::111122223333:user/thief", "arn:aws:iam::111122223333:user/ops/thief", true)]
    [InlineData("arn:aws:iam::111122223333:role/deploy", "arn:aws:sts::111122223333:assumed-role/deploy/session", true)]
    [InlineData("arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:root", true)]
    [InlineData("arn:aws:iam::111122223333:user/deploy", "arn:aws:iam::111122223333:role/deploy", false)]
    [InlineData("arn:aws:iam::111122223333:user/deploy", "arn:aws:sts::111122223333:assumed-role/deploy/x", false)]
    [InlineData("arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::444455556666:role/deploy", false)]
    [InlineData("arn:aws:iam::111122223333:role/deploy", "arn:aws-cn:iam::111122223333:role/deploy", false)]
    [InlineData("arn:aws:iam::111122223333:user/x", "arn:aws:iam::111122223333:user/role/deploy", false)]
    [InlineData("arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::111122223333:user/x:role/deploy", false)]
    [InlineData("arn:aws:iam::111122223333:role/session", "arn:aws:sts::111122223333:assumed-role/deploy/session", false)]
    [InlineData("deploy", "deploy", false)]
    [InlineData("", "", false)]
    public void Two_ARNs_name_one_principal_or_not(string one, string other, bool isSame)
    {
        Assert.Equal(isSame, Authorship.IsSamePrincipal(one, other));
        Assert.Equal(isSame, Authorship.IsSamePrincipal(other, one));
    }

    [Fact]
    public void Every_row_says_what_counts_and_names_an_AWS_page() => Assert.All(Authorship.All, row =>
    {
        Assert.StartsWith("https://docs.aws.amazon.com/", row.Page, StringComparison.Ordinal);
        Assert.All((string[])[row.OnRecord, row.OnResource, row.Forgery], text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.Same(row, Authorship.Of(row.Kind));
    });

    [Fact]
    public void What_is_never_made_by_anybodys_call_has_no_row() => Assert.Null(Authorship.Of(ResourceKind.Trail));
}
