using System.Collections.Immutable;
using System.Text.Json;
using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Rules;
using ResponseKit.Tests.Detections;

namespace ResponseKit.Tests.Rules;

/// <summary>Which sessions that are opened reach triage, and that replay leaves out what a deployment would not be brought.</summary>
public sealed class SessionOpeningTests
{
    private const string Sts = "sts.amazonaws.com";
    private const string Account = DetectionExample.Account;
    private const string Region = "us-east-1";
    private const string Provider = $"arn:aws:iam::{Account}:oidc-provider/";
    private static readonly ImmutableArray<EventRule> Rules = EventRules.For(Observer.Selectors, [], new("aws", Account, Region));

    public static TheoryData<string, string> OfIdentitiesThatCanBeStolen => new()
    {
        { "AssumeRole", Identity("IAMUser", "AIDAEXAMPLEEXAMPLE01") },
        { "AssumeRole", Identity("Root", Account) },
        { "AssumeRole", Identity("AssumedRole", "AROAEXAMPLEEXAMPLE01:ana") },
        { "AssumeRole", Identity("FederatedUser", $"{Account}:ana") },
        { "AssumeRole", Identity("AWSAccount", "AIDAEXAMPLEEXAMPLE01") },
        // What the console asks for in somebody's name.
        { "AssumeRole", Identity("AssumedRole", "AROAEXAMPLEEXAMPLE01:ana", "AWS Internal") },
        { "AssumeRoot", Identity("IAMUser", "AIDAEXAMPLEEXAMPLE01") },
        { "AssumeRoleWithSAML", Identity("SAMLUser", "R0GLNiq=:ana@example.com") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + "login.example.com:app:ana") },
        // Providers whose names only look like known ones.
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + "gitlab.com.example.com:app:ana") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + "gitlab.com/mallory:app:ana") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + $"oidc.eks.{Region}.amazonaws.com.example.com/id/1:app:ana") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + $"example.com/oidc.eks.{Region}.amazonaws.com/id/1:app:ana") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", "arn:aws:iam::999900001111:oidc-provider/gitlab.com:app:ana") },
        // A user may be named like anything.
        { "AssumeRole", Identity("IAMUser", "AWSService") },
    };

    public static TheoryData<string, string> OfServicesAndKnownIssuers => new()
    {
        { "AssumeRole", """{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}""" },
        { "AssumeRole", """{"type":"AWSService","invokedBy":"AWS Internal"}""" },
        { "AssumeRole", Identity("AssumedRole", "AROAEXAMPLEEXAMPLE01:ana", "cloudformation.amazonaws.com") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + $"oidc.eks.{Region}.amazonaws.com/id/0123456789ABCDEF:sts.amazonaws.com:system:serviceaccount:shop:web") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + "token.actions.githubusercontent.com:sts.amazonaws.com:repo:example/shop:ref:refs/heads/main") },
        { "AssumeRoleWithWebIdentity", Identity("WebIdentityUser", Provider + "gitlab.com:shop:project_path:example/shop") },
    };

    [Theory]
    [MemberData(nameof(OfIdentitiesThatCanBeStolen))]
    public void A_session_that_an_identity_opens_is_delivered(string operation, string identity) => Assert.Equal((true, true), Delivered(operation, identity));

    [Theory]
    [MemberData(nameof(OfServicesAndKnownIssuers))]
    public void A_session_of_a_service_or_with_a_token_of_a_known_issuer_is_not(string operation, string identity) => Assert.Equal((false, false), Delivered(operation, identity));

    [Fact]
    public void What_the_rule_delivers_is_what_replay_takes_for_delivered() => Properties.Holds(
        from operation in Gen.Elements("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot")
        from type in Gen.Elements("IAMUser", "AssumedRole", "Root", "WebIdentityUser", "AWSService", "AWSAccount", "awsservice", "New")
        from beginning in Gen.Elements("", Provider, Provider + "gitlab.com", Provider + "gitlab.com:", Provider + $"oidc.eks.{Region}.amazonaws.com/id/", Provider + "token.actions.githubusercontent.com:")
        from rest in Properties.TextOf("a:/.*", 0, 6)
        from service in Gen.Elements(null, "ec2.amazonaws.com", ".amazonaws.com", "ec2.amazonaws.com ", "AWS Internal", "")
        select (operation, Identity(type, beginning + rest, service)),
        call => Delivered(call.operation, call.Item2) is var (byRule, byReplay) && byRule == byReplay);

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Replay_without_reads_takes_an_example_if_a_rule_that_is_always_deployed_delivers_it(string id, string name)
    {
        var (_, example) = Examples.Find(id, name);
        var record = example.Record();
        var envelope = EventPatterns.Envelop(example.ToRecordJson());
        var isWrite = record.ReadOnly != true || record.EventName is "GetSessionToken" or "GetFederationToken";
        var byRule = Rules.Any(rule => !rule.IsOptional && (isWrite || rule.NeedsReads) && rule.Accepts(envelope));
        Assert.Equal((name, byRule), (name, RuleDelivery.WithoutReads(record)));
    }

    private static (bool ByRule, bool ByReplay) Delivered(string operation, string identity)
    {
        var json = (DetectionExample.Match("a session", Sts, operation) with { Identity = identity, IsRead = true }).ToRecordJson();
        var record = ((ParseResult.Parsed)RecordParser.Parse(JsonElement.Parse(json))).Record;
        return (Rules.Any(rule => rule is { IsOptional: false, NeedsReads: true } && rule.Accepts(EventPatterns.Envelop(json))), RuleDelivery.WithoutReads(record));
    }

    private static string Identity(string type, string principal, string? service = null)
    {
        var members = new Dictionary<string, string> { ["type"] = type, ["principalId"] = principal, ["accountId"] = Account, ["arn"] = $"arn:aws:iam::{Account}:user/ana" };
        if (service is not null)
            members["invokedBy"] = service;
        return JsonSerializer.Serialize(members);
    }
}
