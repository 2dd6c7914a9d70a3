using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Detections.Iam;
using ResponseKit.Records;

namespace ResponseKit.Tests.Detections.Iam;

public sealed class PolicyDocumentTests
{
    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":["*"],"Resource":["*"]}}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*:*","Resource":"arn:aws:*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"IAM:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"i?m:*","Resource":"arn:aws:iam::*:user/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":["ec2:*","kms:*","lambda:*","s3:*"],"Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::logs"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}""")]
    [InlineData("""{"statement":[{"effect":"allow","action":"*","resource":"*"}]}""")]
    [InlineData("""{"Statement":[1,null,{},{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    public void Knows_a_policy_that_makes_an_administrator(string policy)
    {
        Assert.True(Parse(policy)!.GrantsAdministration);
        Assert.True(Parse(WebUtility.UrlEncode(policy))!.GrantsAdministration);
        Assert.True(Parse(Uri.EscapeDataString(policy))!.GrantsAdministration);
    }

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::example/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":["iam:ChangePassword","iam:CreateAccessKey"],"Resource":"arn:aws:iam::*:user/${aws:username}"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotAction":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":[],"Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*"}]}""")]
    [InlineData("""{"Statement":[]}""")]
    public void Knows_a_policy_that_does_not(string policy) => Assert.False(Parse(policy)!.GrantsAdministration);

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("%7B")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("Statement")]
    public void Reads_nothing_from_what_is_no_policy(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Reads_a_policy_that_is_an_object_already()
    {
        using var json = JsonDocument.Parse("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
        Assert.True(PolicyDocument.Parse(new Field(json.RootElement))!.GrantsAdministration);
    }

    [Fact]
    public void Tells_full_mail_rights_from_sending()
    {
        Assert.True(Parse("""{"Statement":{"Effect":"Allow","Action":"ses:*","Resource":"*"}}""")!.GrantsMail);
        Assert.False(Parse("""{"Statement":{"Effect":"Allow","Action":["ses:SendEmail","ses:SendRawEmail"],"Resource":"*"}}""")!.GrantsMail);
    }

    [Fact]
    public void Never_throws_whatever_the_text() => Prop.ForAll<string>(text =>
    {
        _ = Parse(text ?? "")?.GrantsAdministration;
        _ = Parse("{\"Statement\":" + text + "}")?.GrantsAdministration;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Never_throws_whatever_the_strings_in_it() => Prop.ForAll<string[], string[]>((actions, resources) =>
    {
        var policy = JsonSerializer.Serialize(new { Statement = new { Effect = "Allow", Action = actions, Resource = resources, NotAction = resources } });
        _ = Parse(policy)!.GrantsAdministration;
    }).QuickCheckThrowOnFailure();

    private static PolicyDocument? Parse(string policy)
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(policy));
        return PolicyDocument.Parse(new Field(json.RootElement));
    }
}
