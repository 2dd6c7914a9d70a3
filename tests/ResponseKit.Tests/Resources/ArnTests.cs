using FsCheck.Fluent;
using ResponseKit.Resources;

namespace ResponseKit.Tests.Resources;

public sealed class ArnTests
{
    [Fact]
    public void Reading_what_was_written_gives_the_same()
    {
        var arns =
            from partition in Gen.Elements("aws", "aws-cn", "aws-us-gov")
            from service in Gen.Elements("iam", "ec2", "lambda")
            from region in Gen.Elements("", "us-east-1")
            from account in Gen.Elements("", "111122223333")
            from resource in Properties.TextOf("abc:/*", 1, 20)
            select new Arn(partition, service, region, account, resource);
        Properties.Holds(arns, arn => Arn.TryParse(arn.ToString(), out var read) && read == arn);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("arn:aws:iam::111122223333")]
    [InlineData("arn:aws:iam::111122223333:")]
    [InlineData("arn::iam::111122223333:user/x")]
    [InlineData("arn:aws:::111122223333:user/x")]
    [InlineData("ARN:aws:iam::111122223333:user/x")]
    public void What_is_no_ARN_is_not_read(string? text) => Assert.False(Arn.TryParse(text, out _));

    [Fact]
    public void A_text_longer_than_any_ARN_is_not_read()
    {
        Assert.True(Arn.TryParse("arn:aws:iam::1:" + new string('x', 2033), out _));
        Assert.False(Arn.TryParse("arn:aws:iam::1:" + new string('x', 2034), out _));
    }

    [Theory]
    [InlineData("us-east-1", "aws")]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    public void A_region_belongs_to_a_partition(string region, string partition) => Assert.Equal(partition, Arn.PartitionOf(region));
}
