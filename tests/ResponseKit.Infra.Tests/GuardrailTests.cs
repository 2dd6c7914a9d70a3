using ResponseKit.Aws.Actions;
using ResponseKit.Detections;
using ResponseKit.Infra.Tests.Synthesis;

namespace ResponseKit.Infra.Tests;

/// <summary>The service control policies, judged as IAM judges them.</summary>
public sealed class GuardrailTests
{
    private const string Freeze = "ResponseKit-emergency-freeze";
    private const string Tamper = "ResponseKit-tamper-protection";
    private const string Hub = Synthesized.HubAccount;
    private const string DenyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
    private const string StackSets = $"arn:aws:iam::{Template.Account}:role/stacksets-exec-0123456789abcdef0123456789abcdef";
    private const string BreakGlass = $"arn:aws:iam::{Template.Account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_BreakGlass_0123456789abcdef";
    private static readonly string Responder = $"arn:aws:iam::{Template.Account}:role/ResponseKitResponder";
    private static readonly string[] Outsiders =
    [
        $"arn:aws:iam::{Template.Account}:user/admin", $"arn:aws:iam::{Template.Account}:root", $"arn:aws:iam::{Template.Account}:role/Admin",
        // Names that look like those that are left out.
        $"arn:aws:iam::{Template.Account}:user/ResponseKitResponder", $"arn:aws:iam::{Template.Account}:role/x/ResponseKitResponder",
        $"arn:aws:iam::{Template.Account}:role/ResponseKitResponder2", $"arn:aws:iam::{Template.Account}:role/AWSReservedSSO_BreakGlass_0123456789abcdef",
        $"arn:aws:iam::{Template.Account}:role/cdk-hnb659fds-cfn-exec-role-{Template.Account}-eu-west-1", $"arn:aws:iam::{Template.Account}:role/ResponseKit-triage",
    ];

    private const string ManagementOnly = "only the management account can, which no such policy binds";
    private const string NoPermission = "it takes no permission, so that no policy denies it, and gives nothing that the caller had not before";

    // What detections of these kinds listen to and a freeze leaves alone, and why.
    private static readonly Dictionary<string, string> NotFrozen = new(StringComparer.Ordinal)
    {
        // CloudTrail writes the source of Application Auto Scaling so; its actions have another prefix.
        ["autoscaling:RegisterScalableTarget"] = NoPermission,
        ["organizations:AcceptHandshake"] = ManagementOnly,
        ["organizations:CreateAccount"] = ManagementOnly,
        ["organizations:InviteAccountToOrganization"] = ManagementOnly,
        ["signin:ConsoleLogin"] = NoPermission,
        ["signin:GetSigninToken"] = NoPermission,
        ["sts:GetSessionToken"] = NoPermission,
    };

    public static TheoryData<string> Callers => [.. Outsiders];

    public static TheoryData<string> Actions => [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)];

    public static TheoryData<string, string> Parts => new()
    {
        { "iam:PutRolePolicy", $"arn:aws:iam::{Template.Account}:role/ResponseKitResponder" },
        { "iam:CreateRole", $"arn:aws:iam::{Template.Account}:role/ResponseKitResponder" },
        { "iam:UpdateAssumeRolePolicy", $"arn:aws:iam::{Template.Account}:role/ResponseKit-forwarder" },
        { "iam:PassRole", $"arn:aws:iam::{Hub}:role/ResponseKit-iam-contain-user" },
        { "events:DisableRule", $"arn:aws:events:eu-west-1:{Template.Account}:rule/ResponseKit-writes" },
        { "events:RemoveTargets", $"arn:aws:events:eu-west-1:{Hub}:rule/ResponseKit/ResponseKit-triage" },
        { "events:DeleteEventBus", $"arn:aws:events:eu-west-1:{Hub}:event-bus/ResponseKit" },
        { "events:PutRule", $"arn:aws:events:us-west-2:{Template.Account}:rule/ResponseKit-heartbeat" },
        { "events:PutTargets", $"arn:aws:events:eu-west-1:{Hub}:rule/ResponseKit/ResponseKit-triage" },
        { "iam:PutRolePermissionsBoundary", $"arn:aws:iam::{Template.Account}:role/ResponseKitResponder" },
        { "iam:DeleteRole", $"arn:aws:iam::{Hub}:role/ResponseKit-triage" },
        { "iam:CreatePolicyVersion", $"arn:aws:iam::{Template.Account}:policy/ResponseKit-actions-1" },
        { "sns:DeleteTopic", $"arn:aws:sns:eu-west-1:{Hub}:ResponseKit-Hub-HubTopicAlarms0123-ABC" },
        { "sns:SetSubscriptionAttributes", $"arn:aws:sns:eu-west-1:{Hub}:ResponseKit-Hub-HubTopicTopic0123-ABC" },
        { "logs:DeleteMetricFilter", $"arn:aws:logs:eu-west-1:{Hub}:log-group:ResponseKit-Hub-HubtriageLog0123-ABC" },
        { "cloudwatch:DisableAlarmActions", $"arn:aws:cloudwatch:eu-west-1:{Hub}:alarm:ResponseKit-silent" },
        { "cloudformation:UpdateTerminationProtection", $"arn:aws:cloudformation:eu-west-1:{Hub}:stack/ResponseKit-Hub/4567" },
        { "lambda:PutFunctionConcurrency", $"arn:aws:lambda:eu-west-1:{Hub}:function:ResponseKit-triage" },
        { "lambda:UpdateFunctionCode", $"arn:aws:lambda:eu-west-1:{Hub}:function:ResponseKit-triage" },
        { "states:StopExecution", $"arn:aws:states:eu-west-1:{Hub}:execution:ResponseKit:INC-1" },
        { "dynamodb:DeleteTable", $"arn:aws:dynamodb:eu-west-1:{Hub}:table/ResponseKit-Hub-HubStoreTable0123-ABC" },
        { "s3:PutBucketPolicy", "arn:aws:s3:::responsekit-hub-hubstoreevidence0123-abc" },
        { "sqs:PurgeQueue", $"arn:aws:sqs:eu-west-1:{Template.Account}:StackSet-ResponseKit-rules-0123-RegionUnforwardedQueue-ABC" },
        { "cloudwatch:SetAlarmState", $"arn:aws:cloudwatch:eu-west-1:{Hub}:alarm:ResponseKit-quiet" },
        { "cloudformation:DeleteStack", $"arn:aws:cloudformation:eu-west-1:{Template.Account}:stack/StackSet-ResponseKit-rules-0123/4567" },
        { "cloudformation:DeleteStackInstances", $"arn:aws:cloudformation:eu-west-1:{Hub}:stackset/ResponseKit-roles:0123" },
    };

    [Fact]
    public async Task Only_the_protection_against_tampering_is_attached()
    {
        Assert.Equal(["ou-ab12-11111111", "ou-ab12-22222222"], RolePolicy.Texts((await ResourceAsync(Tamper)).Properties["TargetIds"]));
        Assert.False((await ResourceAsync(Freeze)).Properties.ContainsKey("TargetIds"));
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Neither_policy_hinders_an_action(string id)
    {
        var action = ActionCatalogue.Find(id)!.Descriptor.Permissions;
        foreach (var permission in action.Plan.Concat(action.Apply).Concat(action.Revert))
        {
            // The resource of somebody else: what an action would do to ResponseKit itself is denied to it anyway.
            var resource = permission.ResourceIn("aws", Template.Account, "eu-west-1").Replace("*", "attacker", StringComparison.Ordinal);
            foreach (var policy in new[] { await OfAsync(Freeze), await OfAsync(Tamper) })
            {
                Assert.False(
                    policy.Denies(Responder, permission.Action, resource, ("iam:PolicyARN", DenyAll), ("iam:PermissionsBoundary", DenyAll)), $"{permission.Action} on {resource}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Nobody_but_a_deployer_changes_a_part(string action, string resource)
    {
        var policy = await OfAsync(Tamper);
        Assert.All([.. Outsiders, Responder], caller => Assert.True(policy.Denies(caller, action, resource), caller));
        Assert.All(
            [StackSets, BreakGlass, .. HubDeployers()], caller => Assert.False(policy.Denies(caller, action, resource), caller));
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Nobody_makes_himself_one_who_is_left_out(string caller)
    {
        var policy = await OfAsync(Tamper);
        foreach (var role in new[] { Responder, StackSets, $"arn:aws:iam::{Template.Account}:role/stacksets-exec-mine" }.Concat(HubDeployers()))
        {
            foreach (var action in new[] { "iam:CreateRole", "iam:UpdateAssumeRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:PassRole" })
                Assert.True(policy.Denies(caller, action, role), $"{action} on {role}");
        }
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Nobody_lifts_a_quarantine(string caller)
    {
        var policy = await OfAsync(Tamper);
        var thief = $"arn:aws:iam::{Template.Account}:user/thief";
        Assert.True(policy.Denies(caller, "iam:DetachUserPolicy", thief, ("iam:PolicyARN", DenyAll)));
        Assert.True(policy.Denies(caller, "iam:DeleteUserPermissionsBoundary", thief, ("iam:PermissionsBoundary", DenyAll)));
        Assert.False(policy.Denies(caller, "iam:DetachUserPolicy", thief, ("iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess")));
        Assert.True(policy.Denies(caller, "organizations:LeaveOrganization", "*"));
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Nobody_takes_the_hubs_keys_away(string caller)
    {
        var keys = (await Synthesized.OrganizationAsync()).Of("Hub").OfType("AWS::KMS::Key").ToList();
        var policy = await OfAsync(Tamper);
        var arn = $"arn:aws:kms:eu-west-1:{Hub}:key/1";
        Assert.Equal(2, keys.Count);
        foreach (var key in keys)
        {
            var tag = Assert.Single(key.Properties["Tags"]!.AsArray())!;
            Assert.True(policy.Denies(caller, "kms:DisableKey", arn, ($"aws:ResourceTag/{tag["Key"]}", tag["Value"]!.GetValue<string>())));
            Assert.False(policy.Denies(caller, "kms:DisableKey", arn));
        }
    }

    [Fact]
    public async Task What_keeps_the_kit_running_is_not_denied()
    {
        var policy = await OfAsync(Tamper);
        Assert.False(policy.Denies($"arn:aws:iam::{Template.Account}:role/ResponseKit-forwarder", "events:PutEvents", $"arn:aws:events:eu-west-1:{Hub}:event-bus/ResponseKit"));
        Assert.False(policy.Denies($"arn:aws:iam::{Hub}:role/ResponseKit-state-machine", "lambda:InvokeFunction", $"arn:aws:lambda:eu-west-1:{Hub}:function:ResponseKit-plan"));
        Assert.False(policy.Denies($"arn:aws:iam::{Hub}:role/ResponseKit-triage", "states:StartExecution", $"arn:aws:states:eu-west-1:{Hub}:stateMachine:ResponseKit"));
        Assert.False(policy.Denies($"arn:aws:iam::{Hub}:role/ResponseKit-look", "sts:AssumeRole", Responder));
        // A person sets the kill switch, and invokes a function from the console.
        var table = $"arn:aws:dynamodb:eu-west-1:{Hub}:table/ResponseKit-Hub-HubStoreTable0123-ABC";
        Assert.False(policy.Denies($"arn:aws:iam::{Hub}:role/OnCall", "dynamodb:PutItem", table));
        foreach (var (action, resource) in new[]
        {
            ("iam:PutRolePolicy", $"arn:aws:iam::{Template.Account}:role/shop"), ("iam:CreateRole", $"arn:aws:iam::{Template.Account}:role/NotResponseKit-x"),
            ("events:DisableRule", $"arn:aws:events:eu-west-1:{Template.Account}:rule/nightly"), ("sns:DeleteTopic", $"arn:aws:sns:eu-west-1:{Template.Account}:orders"),
            ("cloudformation:DeleteStack", $"arn:aws:cloudformation:eu-west-1:{Template.Account}:stack/shop/1"), ("s3:DeleteBucket", "arn:aws:s3:::shop"),
            ("cloudwatch:DeleteAlarms", $"arn:aws:cloudwatch:eu-west-1:{Template.Account}:alarm:shop"), ("dynamodb:DeleteTable", $"arn:aws:dynamodb:eu-west-1:{Template.Account}:table/orders"),
        })
            Assert.All(Outsiders, caller => Assert.False(policy.Denies(caller, action, resource), $"{action} on {resource}"));
        Assert.All(Outsiders, caller => Assert.False(policy.Denies(caller, "lambda:UpdateFunctionCode", $"arn:aws:lambda:eu-west-1:{Template.Account}:function:shop")));
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task The_freeze_denies_what_detections_of_spending_and_ways_back_listen_to(string caller)
    {
        var policy = await OfAsync(Freeze);
        var listened = DetectionCatalogue.All.Select(detection => detection.Descriptor)
            .Where(detection => detection.Category is SignalCategory.Provisioning or SignalCategory.Persistence)
            .SelectMany(detection => detection.Selectors).Where(selector => selector is { ReadOnly: false, IdentityType: null })
            .SelectMany(selector => selector.EventNames.Select(name => $"{selector.EventSource.Split('.')[0]}:{name}")).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(listened.Count > 40);
        var free = string.Join(", ", listened.Where(action => !policy.Denies(caller, action, "*")).Except(NotFrozen.Keys).Order(StringComparer.Ordinal));
        Assert.True(free.Length == 0, $"The freeze leaves free: {free}");
        Assert.All(NotFrozen.Keys, action => Assert.Contains(action, listened));
    }

    [Fact]
    public async Task The_freeze_leaves_reading_stopping_and_responders_alone()
    {
        var policy = await OfAsync(Freeze);
        string[] stopping = ["ec2:DescribeInstances", "ec2:TerminateInstances", "ec2:StopInstances", "ecs:StopTask", "ecs:DeleteService", "iam:ListUsers", "iam:DeleteAccessKey", "s3:GetObject"];
        Assert.All(Outsiders, caller => Assert.All(stopping, action => Assert.False(policy.Denies(caller, action, "*"), action)));
        Assert.All([Responder, StackSets, BreakGlass, .. HubDeployers()], caller => Assert.False(policy.Denies(caller, "iam:PutUserPolicy", "*"), caller));
    }

    [Fact]
    public async Task More_roles_than_a_policy_has_room_for_are_refused()
    {
        var output = Directory.CreateTempSubdirectory("responsekit-infra-").FullName;
        try
        {
            var (exitCode, error) = await InfraProcess.RunAsync(
                new Dictionary<string, string>
                {
                    ["scope"] = "organization",
                    ["organization"] = Synthesized.OrganizationId,
                    ["hub"] = Hub,
                    ["management"] = Synthesized.ManagementAccount,
                    ["units"] = "r-ab12",
                    ["breakglass"] = string.Join(',', Enumerable.Range(1, 40).Select(number => $"arn:aws:iam::{Template.Account}:role/BreakGlass{number}")),
                },
                output, "eu-west-1");
            Assert.Equal(1, exitCode);
            Assert.Contains("-c breakglass: with so many roles the policy ResponseKit-tamper-protection has ", error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(output, "cdk.out")) && Directory.EnumerateFiles(Path.Combine(output, "cdk.out"), "*.template.json").Any());
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static IEnumerable<string> HubDeployers() => new[] { "deploy", "cfn-exec" }.Select(what => $"arn:aws:iam::{Hub}:role/cdk-hnb659fds-{what}-role-{Hub}-eu-west-1");

    private static async Task<Resource> ResourceAsync(string name) =>
        (await Synthesized.OrganizationAsync()).Of("Management-Guardrails").Find("AWS::Organizations::Policy", "Name", name);

    private static async Task<Guardrail> OfAsync(string name) => new((await ResourceAsync(name)).Properties["Content"]!);
}
