using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Detections;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>The document of the brake: it stops what it must stop until its end, leaves everything else alone, and fits where it is put.</summary>
public sealed partial class BrakeDocumentTests
{
    private const string User = "arn:aws:iam::111122223333:user/teams/blue/mallory";
    private const string Role = "arn:aws:iam::111122223333:role/deploy";

    private static readonly DateTimeOffset Until = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly BrakeDocument Brake = new(Until, ImmutableSortedSet<string>.Empty);

    // What detections of spending and ways back listen to and a brake leaves alone, and why.
    private static readonly Dictionary<string, string> NotBraked = new(StringComparer.Ordinal)
    {
        // CloudTrail writes the source of Application Auto Scaling so; its actions have another prefix.
        ["autoscaling:RegisterScalableTarget"] = "it takes no permission of that name",
        ["iam:DeleteVirtualMFADevice"] = "AWS refuses it for a device in use, and taking one out of use is braked",
        ["organizations:AcceptHandshake"] = "who is braked in the management account is asked about by page",
        ["organizations:CreateAccount"] = "an account that is made costs nothing by itself, and entering it needs rights that are braked",
        ["organizations:InviteAccountToOrganization"] = "nothing comes of an invitation by itself",
        ["signin:ConsoleLogin"] = "it takes no permission",
        ["signin:GetSigninToken"] = "it takes no permission",
        ["sts:GetSessionToken"] = "it takes no permission, and the session is braked like its user",
    };

    // What its name calls deleting or stopping, and blinds those who watch or takes a second factor away.
    private static readonly string[] Watchers = ["access-analyzer", "cloudtrail", "config", "guardduty", "securityhub"];

    [Fact]
    public void It_is_good_wherever_it_is_put()
    {
        foreach (var kind in new[] { PolicyKind.UserInline, PolicyKind.RoleInline, PolicyKind.Managed })
            Assert.Empty(PolicyGrammar.Problems(Brake.Text(User), kind));
        var sessions = new BrakeDocument(Until, ImmutableSortedSet.Create(StringComparer.Ordinal, "AROAEXAMPLEEXAMPLE12:ann@example.com"));
        Assert.Empty(PolicyGrammar.Problems(sessions.Text(Role), PolicyKind.RoleInline));
        Assert.Empty(PolicyGrammar.Problems(Brake.Text($"arn:aws-us-gov:iam::111122223333:user/{new string('u', 64)}"), PolicyKind.UserInline));
    }

    [Fact]
    public void It_denies_what_detections_of_spending_ways_back_and_blinding_listen_to()
    {
        var document = Brake.Text(User);
        var listened = DetectionCatalogue.All.Select(detection => detection.Descriptor)
            .Where(detection => detection.Category is SignalCategory.Provisioning or SignalCategory.Persistence)
            .SelectMany(detection => detection.Selectors).Where(selector => selector is { ReadOnly: false, IdentityType: null })
            .SelectMany(selector => selector.EventNames.Select(name => $"{selector.EventSource.Split('.')[0]}:{name}")).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(listened.Count > 40);
        var free = listened.Where(action => !PolicyJudge.Denies(document, action, "*", Before)).Except(NotBraked.Keys).Order(StringComparer.Ordinal);
        Assert.Equal([], free);
        Assert.All(NotBraked.Keys, action => Assert.Contains(action, listened));
        string[] blinding =
        [
            "cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors", "cloudtrail:UpdateTrail", "guardduty:DeleteDetector", "guardduty:UpdateDetector",
            "guardduty:DisassociateMembers", "config:StopConfigurationRecorder", "config:DeleteConfigurationRecorder", "config:DeleteDeliveryChannel", "securityhub:DisableSecurityHub",
            "access-analyzer:DeleteAnalyzer", "organizations:LeaveOrganization",
        ];
        Assert.All(blinding, action => Assert.True(PolicyJudge.Denies(document, action, "*", Before), action));
    }

    [Fact]
    public void It_denies_no_action_by_which_something_is_read_deleted_or_stopped()
    {
        var hit = BrakeDocument.Actions.Select(action => action.Split(':'))
            .SelectMany(action => ServiceReference.Instance.ActionsLike(action[0], action[1]).Select(name => (Service: action[0], Name: name))).ToList();
        Assert.True(hit.Count > 300);
        // Taking a second factor off opens the door, and the token is a new credential.
        string[] meant = ["deactivatemfadevice", "getfederationtoken"];
        var harm = hit.Where(one => Harmless().IsMatch(one.Name) && !Watchers.Contains(one.Service) && !meant.Contains(one.Name));
        Assert.Equal([], harm.Select(one => $"{one.Service}:{one.Name}"));
        Assert.DoesNotContain(hit, one => Watchers.Contains(one.Service) && Glances().IsMatch(one.Name));
        Assert.All(BrakeDocument.Actions, action => Assert.NotEmpty(ServiceReference.Instance.ActionsLike(action.Split(':')[0], action.Split(':')[1])));
    }

    [Theory]
    [InlineData("ec2:TerminateInstances")]
    [InlineData("ec2:StopInstances")]
    [InlineData("autoscaling:DeleteAutoScalingGroup")]
    [InlineData("autoscaling:TerminateInstanceInAutoScalingGroup")]
    [InlineData("autoscaling:SuspendProcesses")]
    [InlineData("ecs:DeleteService")]
    [InlineData("ecs:StopTask")]
    [InlineData("lambda:DeleteFunction")]
    [InlineData("iam:DeleteAccessKey")]
    [InlineData("iam:DeleteRole")]
    [InlineData("sts:AssumeRole")]
    [InlineData("s3:GetObject")]
    [InlineData("s3:PutObject")]
    [InlineData("lambda:InvokeFunction")]
    [InlineData("sts:GetCallerIdentity")]
    public void It_leaves_clearing_up_and_daily_work_alone(string action) => Assert.False(PolicyJudge.Denies(Brake.Text(User), action, "*", Before));

    [Fact]
    public void Who_is_braked_cannot_take_their_own_policies_away_and_can_take_those_of_others()
    {
        foreach (var action in new[] { "iam:DeleteUserPolicy", "iam:DetachUserPolicy" })
        {
            Assert.True(PolicyJudge.Denies(Brake.Text(User), action, User, Before));
            Assert.False(PolicyJudge.Denies(Brake.Text(User), action, "arn:aws:iam::111122223333:user/bob", Before));
        }
    }

    [Theory]
    [InlineData("ec2:RunInstances", "*")]
    [InlineData("iam:CreateAccessKey", "arn:aws:iam::111122223333:user/bob")]
    [InlineData("iam:DeleteUserPolicy", User)]
    public void It_ends_by_itself(string action, string resource)
    {
        Assert.True(PolicyJudge.Denies(Brake.Text(User), action, resource, ("aws:CurrentTime", "2026-11-02T09:59:59Z")));
        Assert.False(PolicyJudge.Denies(Brake.Text(User), action, resource, ("aws:CurrentTime", "2026-11-02T10:00:00Z")));
    }

    [Fact]
    public void It_binds_only_the_sessions_that_are_named()
    {
        var document = new BrakeDocument(Until, ImmutableSortedSet.Create(StringComparer.Ordinal, "AROAEXAMPLE:ann", "AROAEXAMPLE:bob")).Text(Role);
        Assert.True(PolicyJudge.Denies(document, "ec2:RunInstances", "*", Before, ("aws:userid", "AROAEXAMPLE:ann")));
        Assert.False(PolicyJudge.Denies(document, "ec2:RunInstances", "*", Before, ("aws:userid", "AROAEXAMPLE:cal")));
        Assert.False(PolicyJudge.Denies(document, "ec2:RunInstances", "*", Before, ("aws:userid", "AROAEXAMPLE:ann2")));
    }

    [Fact]
    public void It_is_read_again_as_it_was_written_and_nothing_else_is_taken_for_it()
    {
        var written = new BrakeDocument(Until, ImmutableSortedSet.Create(StringComparer.Ordinal, "AROAEXAMPLE:ann"));
        Assert.Equal(written, BrakeDocument.Of(written.Text(Role)));
        Assert.Equal(Brake, BrakeDocument.Of(Brake.Text(User)));
        var text = Brake.Text(User);
        Assert.All(
            [
                "", "{}", "[]", "not JSON", Quarantine.Document, text.Replace("Deny", "Allow", StringComparison.Ordinal), text.Replace("\"ec2:Run*\",", "", StringComparison.Ordinal),
                text.Replace("DateLessThan", "DateGreaterThan", StringComparison.Ordinal), text.Replace("2026-11-02", "tomorrow", StringComparison.Ordinal),
                text.Replace("{\"DateLessThan\"", "{\"StringEquals\":{\"aws:username\":\"x\"},\"DateLessThan\"", StringComparison.Ordinal),
            ],
            (string? other) => Assert.Null(BrakeDocument.Of(other)));
    }

    private static (string Key, string Value) Before => ("aws:CurrentTime", "2026-11-02T09:30:00Z");

    [GeneratedRegex("^(describe|get|list|batchget|search|query|select|view|lookup|test|preview|download|scan|validate|simulate|delete|batchdelete|stop|batchstop|terminate|remove"
        + "|cancel|deregister|detach|disassociate|release|revoke|disable|suspend|untag|unsubscribe|deactivate|reject)")]
    private static partial Regex Harmless();

    [GeneratedRegex("^(describe|get|list|batchget|search|query|select|view|lookup|test|preview|download|scan|validate|simulate)")]
    private static partial Regex Glances();
}
