using ResponseKit.Resources;

namespace ResponseKit.Tests.Resources;

public sealed class NamesTests
{
    [Theory]
    [InlineData("us-east-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("ap-southeast-12", true)]
    [InlineData("eusc-de-east-1", true)]
    [InlineData("us-east", false)]
    [InlineData("east-1", false)]
    [InlineData("us-east-1a", false)]
    [InlineData("us-east-123", false)]
    [InlineData("US-EAST-1", false)]
    [InlineData("us--1", false)]
    [InlineData("us-east-1\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("us-aaaaaaaaaaaaaa-bbbbbbbbbbbbbb-1", false)]
    public void A_region_has_a_shape(string? text, bool isOne) => Assert.Equal(isOne, RegionName.IsValid(text));

    [Theory]
    [InlineData("111122223333", true)]
    [InlineData("000000000000", true)]
    [InlineData("11112222333", false)]
    [InlineData("1111222233334", false)]
    [InlineData("11112222333x", false)]
    [InlineData(null, false)]
    public void An_account_id_is_twelve_digits(string? text, bool isOne) => Assert.Equal(isOne, AccountId.IsValid(text));

    [Theory]
    [InlineData("ci-bot", true)]
    [InlineData("a+b=c,d.e@f_g-1", true)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ü", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_IAM_name_has_few_characters(string? text, bool isOne) => Assert.Equal(isOne, IamName.IsValid(text));

    [Fact]
    public void An_IAM_name_may_have_64_characters()
    {
        Assert.True(IamName.IsValid(new string('x', 64)));
        Assert.False(IamName.IsValid(new string('x', 65)));
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/a/", true)]
    [InlineData("/a/b!/", true)]
    [InlineData("a/", false)]
    [InlineData("/a", false)]
    [InlineData("/a b/", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_path_stands_between_slashes(string? text, bool isOne) => Assert.Equal(isOne, IamName.IsPath(text));

    [Fact]
    public void An_access_key_id_has_16_to_128_characters()
    {
        Assert.False(IamName.IsAccessKeyId(new string('A', 15)));
        Assert.True(IamName.IsAccessKeyId(new string('A', 16)));
        Assert.True(IamName.IsAccessKeyId(new string('A', 128)));
        Assert.False(IamName.IsAccessKeyId(new string('A', 129)));
    }
}
