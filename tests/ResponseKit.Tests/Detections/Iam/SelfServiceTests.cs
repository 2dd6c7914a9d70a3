using ResponseKit.Detections;
using ResponseKit.Detections.Iam;

namespace ResponseKit.Tests.Detections.Iam;

/// <summary>The examples' caller is the IAM user ci-bot.</summary>
public sealed class SelfServiceTests
{
    [Theory]
    [InlineData("ci-bot", 40)]
    [InlineData("CI-Bot", 40)]
    [InlineData("somebody", 30)]
    public void Making_oneself_administrator_weighs_more(string user, int weight) =>
        Assert.Equal(weight, new AdminPolicyAttached().Look(Attach(user).Record())!.Weight);

    [Fact]
    public void A_role_of_the_callers_name_is_not_the_caller()
    {
        var example = DetectionExample.Match(
            "x", "iam.amazonaws.com", "AttachRolePolicy", """{"roleName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}""");
        Assert.Equal(25, new AdminPolicyAttached().Look(example.Record())!.Weight);
    }

    [Fact]
    public void The_secret_of_a_new_key_is_in_no_fact()
    {
        var example = DetectionExample.Match(
            "x", "iam.amazonaws.com", "CreateAccessKey", """{"userName":"deploy"}""",
            response: """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE01","secretAccessKey":"very-secret","userName":"deploy"}}""");
        var finding = new AccessKeyCreated().Look(example.Record())!;
        Assert.Equal("AKIAEXAMPLEEXAMPLE01", finding.Facts["accessKeyId"]);
        Assert.DoesNotContain(finding.Facts.Values, fact => fact.Contains("very-secret"));
    }

    private static DetectionExample Attach(string user) => DetectionExample.Match(
        "x", "iam.amazonaws.com", "AttachUserPolicy", $$"""{"userName":"{{user}}","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}""");
}
