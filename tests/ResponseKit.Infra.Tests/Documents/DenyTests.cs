using System.Text.Json.Nodes;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Infra.Tests.Documents;

/// <summary>
/// Each statement that denies, evaluated by itself: it stops what it is there for, and not what must go on. Service control policies have tests of their own.
/// </summary>
public sealed class DenyTests
{
    private static readonly (string, string)[] Plain = [("aws:SecureTransport", "false")];
    private static readonly (string, string)[] Encrypted = [("aws:SecureTransport", "true"), ("s3:TlsVersion", "1.3")];
    private static readonly (string, string)[] OldTls = [("aws:SecureTransport", "true"), ("s3:TlsVersion", "1.1")];
    private static readonly string Anybody = $"arn:aws:iam::{Template.Account}:role/Anybody";

    // Of each kind of policy: what its denials must stop, one or more calls a statement, and what none of them may stop.
    private static readonly Dictionary<PolicyKind, (Call[] Stopped, Call[] Free)> Calls = new()
    {
        [PolicyKind.RoleInline] = (
            [
                new("iam:PutRolePolicy", $"arn:aws:iam::{Template.Account}:role/ResponseKit-triage"),
                new("iam:UpdateAssumeRolePolicy", $"arn:aws:iam::{Template.Account}:role/ResponseKitResponder"),
                new("lambda:PutFunctionConcurrency", $"arn:aws:lambda:us-east-1:{Template.Account}:function:ResponseKit-triage"),
            ],
            [
                new("iam:PutRolePolicy", $"arn:aws:iam::{Template.Account}:role/Deploy"), new("iam:PutRolePolicy", $"arn:aws:iam::{Template.Account}:role/x/ResponseKit-triage"),
                new("lambda:PutFunctionConcurrency", $"arn:aws:lambda:us-east-1:{Template.Account}:function:shop"),
                new("iam:PutUserPolicy", $"arn:aws:iam::{Template.Account}:user/ResponseKitResponder"),
            ]),
        [PolicyKind.Bucket] = (
            [new("s3:GetObject", "{own}/report.md", Plain), new("s3:PutObject", "{own}/report.md", OldTls), new("s3:ListBucket", "{own}", Plain), new("s3:BypassGovernanceRetention", "{own}/report.md", Encrypted)],
            [new("s3:GetObject", "{own}/report.md", Encrypted), new("s3:PutObject", "{own}/report.md", Encrypted), new("s3:BypassGovernanceRetention", "arn:aws:s3:::other/report.md", Encrypted)]),
        [PolicyKind.Topic] = ([new("sns:Publish", "{own}", Plain)], [new("sns:Publish", "{own}", Encrypted), new("sns:Subscribe", "{own}", Encrypted)]),
        [PolicyKind.Queue] = (
            [new("sqs:SendMessage", "{own}", Plain), new("sqs:ReceiveMessage", "{own}", Plain)],
            [new("sqs:SendMessage", "{own}", Encrypted), new("sqs:ReceiveMessage", "{own}", Encrypted)]),
    };

    [Fact]
    public async Task Each_denial_stops_what_it_is_for_and_nothing_else()
    {
        var denials = new List<FoundPolicy>();
        foreach (var made in new[] { await Synthesized.UsualAsync(), await Synthesized.OrganizationAsync() })
            denials.AddRange(made.Templates.SelectMany(TemplatePolicies.Of).Where(policy => policy.Kind != PolicyKind.ServiceControl && Denials(policy.Text).Any()));
        Assert.Equal(Calls.Keys.Select(kind => kind.Name).Order(StringComparer.Ordinal), denials.Select(policy => policy.Kind.Name).Distinct().Order(StringComparer.Ordinal));
        foreach (var policy in denials)
        {
            var (stopped, free) = Calls[policy.Kind];
            Assert.All(free, call => Assert.NotEqual("deny", Verdict(policy, policy.Text, call)));
            Assert.All(stopped, call => Assert.Equal("deny", Verdict(policy, policy.Text, call)));
            // A statement that stops none of these would be one that nobody has thought about.
            Assert.All(Denials(policy.Text), statement => Assert.Contains(stopped, call => Verdict(policy, Alone(statement), call) == "deny"));
        }
    }

    private static string Verdict(FoundPolicy policy, string document, Call call)
    {
        if (policy.Kind == PolicyKind.RoleInline)
        {
            var resource = call.Resource.Replace(Template.Account, Account(policy.Text), StringComparison.Ordinal);
            return PolicyJudge.Denies(document, call.Action, resource, call.Context) ? "deny" : "nothing";
        }

        var own = RolePolicy.Texts(JsonNode.Parse(policy.Text)!["Statement"]![0]!["Resource"])[0].Replace("/*", "", StringComparison.Ordinal);
        return PolicyJudge.SaysTo(Anybody, document, call.Action, call.Resource.Replace("{own}", own, StringComparison.Ordinal), call.Context);
    }

    // The management account has a responder, too.
    private static string Account(string document) => document.Contains(Synthesized.ManagementAccount, StringComparison.Ordinal) ? Synthesized.ManagementAccount : Template.Account;

    private static IEnumerable<JsonNode> Denials(string document) =>
        JsonNode.Parse(document)!["Statement"]!.AsArray().Where(statement => statement!["Effect"]!.GetValue<string>() == "Deny").Select(statement => statement!);

    private static string Alone(JsonNode statement) => new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement.DeepClone()) }.ToJsonString();

    private sealed record Call(string Action, string Resource, params (string, string)[] Context);
}
