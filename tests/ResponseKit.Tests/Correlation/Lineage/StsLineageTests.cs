using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation.Lineage;

public sealed class StsLineageTests
{
    [Theory]
    [InlineData("AssumeRole")]
    [InlineData("GetSessionToken")]
    [InlineData("GetFederationToken")]
    public void The_key_of_a_session_counts_to_whoever_opened_it(string operation)
    {
        var sample = Sample.Of("sts", operation, "{}", """{"credentials":{"accessKeyId":"ASIAEXAMPLEEXAMPLE01","expiration":"x"}}""");
        Assert.Equal(["ASIAEXAMPLEEXAMPLE01 -> arn:aws:iam::111122223333:user/ci-bot"], Read.Links(sample));
        Assert.Empty(Read.Lineage(sample));
    }

    [Fact]
    public void The_role_of_a_session_is_entered()
    {
        const string Answer = """{"credentials":{"accessKeyId":"ASIAEXAMPLEEXAMPLE01"}}""";
        Assert.Equal(
            ["Entered arn:aws:iam::111122223333:role/ci/deploy"],
            Read.Lineage(Sample.Of("sts", "AssumeRole", """{"roleArn":"arn:aws:iam::111122223333:role/ci/deploy","roleSessionName":"x"}""", Answer)));
        Assert.Empty(Read.Lineage(Sample.Of("sts", "AssumeRole", """{"roleArn":"arn:aws:iam::999988887777:role/theirs"}""", Answer)));
        Assert.Empty(Read.Lineage(Sample.Of("sts", "AssumeRole", """{"roleArn":"arn:aws:iam::111122223333:user/no-role"}""", Answer)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"credentials":{"accessKeyId":7}}""")]
    [InlineData("""{"credentials":{"accessKeyId":"arn:aws:iam::111122223333:user/innocent"}}""")]
    public void What_is_no_key_links_nothing(string response) => Assert.Empty(Read.Links(Sample.Of("sts", "AssumeRole", "{}", response)));
}
