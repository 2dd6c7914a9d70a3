using System.Text.Json;
using ResponseKit.Detections;
using ResponseKit.Detections.Iam;

namespace ResponseKit.Tests.Detections.Iam;

public sealed class TrustTests
{
    [Theory]
    [InlineData("""{"AWS":"*"}""", "{}", 40)]
    [InlineData("\"*\"", """{"StringEquals":{"sts:ExternalId":"x"}}""", 40)]
    [InlineData("""{"AWS":"*"}""", """{"StringEquals":{"aws:PrincipalOrgID":"o-example1234"}}""", 0)]
    [InlineData("""{"AWS":"*"}""", """{"StringNotEquals":{"aws:PrincipalOrgID":"o-example1234"}}""", 40)]
    [InlineData("""{"AWS":"*"}""", """{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-example1234"}}""", 40)]
    [InlineData("""{"AWS":"*"}""", """{"StringLike":{"aws:PrincipalArn":"*"}}""", 40)]
    [InlineData("""{"AWS":"*"}""", """{"Null":{"aws:PrincipalOrgID":"false"}}""", 40)]
    [InlineData("""{"AWS":"444455556666"}""", "{}", 25)]
    [InlineData("""{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::444455556666:user/x"]}""", "{}", 25)]
    [InlineData("""{"AWS":"arn:aws-us-gov:sts::444455556666:assumed-role/a/b"}""", "{}", 25)]
    [InlineData("""{"AWS":"444455556666"}""", """{"StringEquals":{"sts:ExternalId":"x"}}""", 15)]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:user/x"}""", "{}", 0)]
    [InlineData("""{"AWS":"AIDAEXAMPLEEXAMPLE000"}""", "{}", 0)]
    [InlineData("""{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}""", "{}", 0)]
    [InlineData("""{"Service":["ec2.amazonaws.com"]}""", "{}", 0)]
    public void Weighs_a_trust_by_how_far_it_reaches(string principal, string condition, int weight)
    {
        var trust = $$"""{"Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"sts:AssumeRole","Condition":{{condition}}}]}""";
        Assert.Equal(weight, new OutsideTrust().Look(Create(trust).Record())?.Weight ?? 0);
    }

    [Fact]
    public void Takes_everyone_but_some_for_everyone()
    {
        var trust = """{"Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}""";
        Assert.Equal(40, new OutsideTrust().Look(Create(trust).Record())!.Weight);
    }

    [Fact]
    public void A_changed_trust_weighs_more_than_a_new_role()
    {
        var trust = """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}]}""";
        var change = DetectionExample.Match("x", "iam.amazonaws.com", "UpdateAssumeRolePolicy",
            $$"""{"roleName":"web","policyDocument":{{JsonSerializer.Serialize(trust)}}}""");
        Assert.True(new OutsideTrust().Look(change.Record())!.Weight > new OutsideTrust().Look(Create(trust).Record())!.Weight);
    }

    private static DetectionExample Create(string trust) => DetectionExample.Match(
        "x", "iam.amazonaws.com", "CreateRole", $$"""{"roleName":"web","assumeRolePolicyDocument":{{JsonSerializer.Serialize(trust)}}}""");
}
