using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Response;

namespace ResponseKit.Tests.Response;

public sealed class SessionPolicyTests
{
    [Fact]
    public void Groups_actions_by_resource_and_fills_the_resource_in()
    {
        var policy = SessionPolicy.For(
            [
                new("iam:ListAccessKeys", "arn:{partition}:iam::{account}:user/*"),
                new("iam:GetUser", "arn:{partition}:iam::{account}:user/*"),
                new("ec2:DescribeInstances"),
            ],
            "aws-cn", "111122223333", "cn-north-1");

        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"*"},"""
            + """{"Effect":"Allow","Action":["iam:GetUser","iam:ListAccessKeys"],"Resource":"arn:aws-cn:iam::111122223333:user/*"}]}""",
            policy);
    }

    [Fact]
    public void Resources_that_allow_the_same_share_a_statement()
    {
        var policy = SessionPolicy.For([new("ecs:StopTask", "b"), new("ecs:StopTask", "a")], "aws", "111122223333", "us-east-1");

        Assert.Equal("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecs:StopTask","Resource":["a","b"]}]}""", policy);
    }

    [Fact]
    public void No_permissions_allow_nothing() =>
        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""",
            SessionPolicy.For([], "aws", "111122223333", "us-east-1"));

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_the_actions()
    {
        var permissions = Enumerable.Range(0, 60).Select(i => new Permission("iam:GetUser", $"arn:aws:iam::111122223333:user/{i}-{new string('x', 40)}")).ToImmutableArray();

        var error = Assert.Throws<SessionPolicyTooLongException>(() => SessionPolicy.For(permissions, "aws", "111122223333", "us-east-1"));

        Assert.Contains("iam:GetUser", error.Message, StringComparison.Ordinal);
        Assert.Contains("2048", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Allows_exactly_what_was_declared_in_whatever_order()
    {
        var permission = from action in Gen.Elements("iam:GetUser", "iam:ListAccessKeys", "ec2:RunInstances", "ecs:StopTask")
                         from resource in Gen.Elements("*", "arn:{partition}:iam::{account}:user/*", "arn:{partition}:ecs:{region}:{account}:task/*")
                         select new Permission(action, resource);
        Prop.ForAll(permission.ArrayOf().Where(all => all.Length is > 0 and < 12).ToArbitrary(), permissions =>
        {
            var policy = SessionPolicy.For([.. permissions], "aws", "111122223333", "us-east-1");
            var declared = permissions.Select(one => (one.Action, one.ResourceIn("aws", "111122223333", "us-east-1"))).ToHashSet();
            return Allowed(policy).SetEquals(declared) && policy == SessionPolicy.For([.. permissions.Reverse()], "aws", "111122223333", "us-east-1");
        }).QuickCheckThrowOnFailure();
    }

    private static HashSet<(string Action, string Resource)> Allowed(string policy)
    {
        using var document = JsonDocument.Parse(policy);
        return
        [
            .. from statement in document.RootElement.GetProperty("Statement").EnumerateArray()
               from action in Values(statement.GetProperty("Action"))
               from resource in Values(statement.GetProperty("Resource"))
               select (action, resource),
        ];
    }

    private static IEnumerable<string> Values(JsonElement one) =>
        one.ValueKind == JsonValueKind.String ? [one.GetString()!] : one.EnumerateArray().Select(value => value.GetString()!);
}
