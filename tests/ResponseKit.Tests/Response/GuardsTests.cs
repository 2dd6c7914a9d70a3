using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Tests.Response;

public sealed class GuardsTests
{
    private const string Account = "111122223333";
    private static readonly ResponsePolicy Enforce = new() { Mode = ResponseMode.Enforce };

    private static ActionRequest Request(ActionDescriptor action, ActionMode mode, params ReadOnlySpan<string> targets) => new()
    {
        Mode = mode,
        Account = Account,
        Region = "us-east-1",
        Targets = [.. targets.ToArray().Select(target => ResourceRef.Parse(action.Target, target, Account, "us-east-1")!)],
        Reason = "test",
    };

    private static GuardVerdict Check(string target, GuardSettings guards, ActionMode mode = ActionMode.Apply, bool automatic = true, ActionDescriptor? action = null) =>
        Guards.Check(action ?? Descriptors.ContainRole, Request(action ?? Descriptors.ContainRole, mode, target), Enforce with { Guards = guards }, automatic);

    private static string Held(GuardVerdict verdict) => Assert.IsType<GuardVerdict.Held>(verdict).Reason;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_protected_principal_is_held_for_everybody_and_in_plans_too(bool automatic)
    {
        var guards = new GuardSettings { ProtectedPrincipals = [ArnPattern.Parse("arn:aws:iam::*:role/break-*")] };
        Assert.Contains("break-glass is protected by 'arn:aws:iam::*:role/break-*' in the policy file", Held(Check("break-glass", guards, automatic: automatic)), StringComparison.Ordinal);
        Held(Check("break-glass", guards, ActionMode.Plan, automatic));
        Assert.IsType<GuardVerdict.Free>(Check("deploy", guards, automatic: automatic));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_held_as_evidence_is_neither_ended_nor_released_whoever_asks_and_is_given_back_all_the_same(bool automatic)
    {
        var guards = new GuardSettings { ForensicHolds = ["i-0a1b2c3d4e5f60718"] };
        GuardVerdict Of(string id, ActionDescriptor action, ActionMode mode = ActionMode.Apply) => Check(id, guards, mode, automatic, action);
        Assert.Contains("under a forensic hold", Held(Of("i-0a1b2c3d4e5f60718", Descriptors.Terminate)), StringComparison.Ordinal);
        Held(Of("i-0a1b2c3d4e5f60718", Descriptors.Terminate, ActionMode.Plan));
        Assert.IsType<GuardVerdict.Free>(Of("i-0a1b2c3d4e5f60718", Descriptors.Terminate, ActionMode.Revert));
        Assert.IsType<GuardVerdict.Free>(Of("i-1a1b2c3d4e5f60718", Descriptors.Terminate));
    }

    [Fact]
    public void In_an_account_that_is_held_nothing_is_destroyed_and_identities_are_contained()
    {
        var guards = new GuardSettings { ForensicHolds = [Account] };
        Assert.Contains("nothing in it is destroyed", Held(Check("i-0a1b2c3d4e5f60718", guards, action: Descriptors.Terminate)), StringComparison.Ordinal);
        Held(Check("miner", guards, action: Descriptors.TearDownCluster));
        Assert.IsType<GuardVerdict.Free>(Check("deploy", guards));
        Assert.IsType<GuardVerdict.Free>(Check("i-0a1b2c3d4e5f60718", guards with { ForensicHolds = ["444455556666"] }, action: Descriptors.Terminate));
    }

    [Fact]
    public void Verifying_is_always_free() =>
        Assert.IsType<GuardVerdict.Free>(Guards.Check(
            Descriptors.ContainRole, Request(Descriptors.ContainRole, ActionMode.Verify, "break-glass"),
            new() { Guards = new() { ProtectedPrincipals = [ArnPattern.Parse("arn:aws:iam::*:role/**")], ExemptAccounts = [Account], ApprovalFor = ["iam.contain-role"] } }, automatic: true));

    [Fact]
    public void Undoing_obeys_protection_and_no_mode_cap_or_exemption()
    {
        var guards = new GuardSettings { ProtectedPrincipals = [ArnPattern.Parse("arn:aws:iam::*:role/break-*")], ExemptAccounts = [Account], ApprovalFor = ["iam.contain-role"] };
        GuardVerdict Undo(string role) => Guards.Check(
            Descriptors.ContainRole, Request(Descriptors.ContainRole, ActionMode.Revert, role), new() { Guards = guards }, automatic: true);
        Assert.IsType<GuardVerdict.Held>(Undo("break-glass"));
        Assert.IsType<GuardVerdict.Free>(Undo("deploy"));
    }

    [Fact]
    public void A_name_without_path_does_not_get_around_a_pattern_with_one()
    {
        var guards = new GuardSettings { ProtectedPrincipals = [ArnPattern.Parse("arn:aws:iam::*:role/ops/*")] };
        Assert.Contains("name its ARN with the path", Held(Check("deploy", guards)), StringComparison.Ordinal);
        Assert.IsType<GuardVerdict.Free>(Check("arn:aws:iam::111122223333:role/deploy", guards));
        Assert.DoesNotContain("name its ARN", Held(Check("arn:aws:iam::111122223333:role/ops/deploy", guards)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ResponseKit_never_contains_itself(bool automatic) =>
        Assert.Contains("ResponseKit's own role", Held(Check("rk", new() { ResponsekitRoles = [ArnPattern.Parse("arn:aws:iam::*:role/rk")] }, automatic: automatic)), StringComparison.Ordinal);

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS", "service-linked role")]
    [InlineData("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_1", "permission set")]
    public void Roles_that_AWS_keeps_are_held(string role, string reason) => Assert.Contains(reason, Held(Check(role, new(), automatic: false)), StringComparison.Ordinal);

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/AWSServiceRoleForMining")]
    [InlineData("arn:aws:iam::111122223333:role/AWSReservedSSO_Mining")]
    [InlineData("AWSServiceRoleForMining")]
    [InlineData("AWSReservedSSO_Mining")]
    public void A_name_alone_protects_nobody(string role) => Assert.IsType<GuardVerdict.Free>(Check(role, new()));

    [Fact]
    public void A_user_named_like_a_role_of_AWS_is_none() =>
        Assert.IsType<GuardVerdict.Free>(Check("AWSServiceRoleForECS", new(), action: Descriptors.ContainUser));

    [Fact]
    public void A_single_key_of_a_protected_user_may_be_deactivated() => Assert.IsType<GuardVerdict.Free>(
        Check("break-glass/AKIAEXAMPLEEXAMPLE00", new() { ProtectedPrincipals = [ArnPattern.Parse("arn:aws:iam::*:user/**")] }, action: Descriptors.DeactivateKey));

    [Fact]
    public void The_mode_binds_what_ResponseKit_does_by_itself()
    {
        var apply = Request(Descriptors.ContainRole, ActionMode.Apply, "deploy");
        var plan = apply with { Mode = ActionMode.Plan };
        Assert.Contains("mode is observe", Held(Guards.Check(Descriptors.ContainRole, apply, new(), automatic: true)), StringComparison.Ordinal);
        Assert.IsType<GuardVerdict.Free>(Guards.Check(Descriptors.ContainRole, plan, new(), automatic: true));
        var approve = new ResponsePolicy { Mode = ResponseMode.Approve };
        Assert.Contains("mode is approve", Assert.IsType<GuardVerdict.NeedsApproval>(Guards.Check(Descriptors.ContainRole, apply, approve, automatic: true)).Reason, StringComparison.Ordinal);
        Assert.IsType<GuardVerdict.NeedsApproval>(Guards.Check(Descriptors.ContainRole, plan, approve, automatic: true));
        Assert.IsType<GuardVerdict.Free>(Guards.Check(Descriptors.ContainRole, apply, Enforce, automatic: true));
    }

    [Fact]
    public void A_person_is_bound_by_no_mode_exemption_cap_or_approval()
    {
        var guards = new GuardSettings { ExemptAccounts = [Account], ApprovalFor = ["ec2.terminate-instances"], MaxInstancesPerIncident = 0 };
        var request = Request(Descriptors.Terminate, ActionMode.Apply, "i-0123456789abcdef0");
        Assert.IsType<GuardVerdict.Free>(Guards.Check(Descriptors.Terminate, request, new() { Guards = guards }, automatic: false));
    }

    [Fact]
    public void Nothing_is_done_automatically_in_an_exempt_account()
    {
        Assert.Contains("exempt", Held(Check("deploy", new() { ExemptAccounts = [Account] })), StringComparison.Ordinal);
        Assert.IsType<GuardVerdict.Free>(Check("deploy", new() { ExemptAccounts = ["999988887777"] }));
    }

    [Fact]
    public void Some_actions_wait_for_a_person()
    {
        Assert.Contains("iam.contain-role", Assert.IsType<GuardVerdict.NeedsApproval>(Check("deploy", new() { ApprovalFor = ["iam.contain-role"] })).Reason, StringComparison.Ordinal);
        Assert.IsType<GuardVerdict.Free>(Check("deploy", new() { ApprovalFor = ["iam.contain-user"] }));
    }

    [Theory]
    [InlineData(2, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(2, 1, false)]
    [InlineData(3, 1, true)]
    public void Destroying_more_instances_than_the_cap_waits_for_a_person(int cap, int before, bool isFree)
    {
        var request = Request(Descriptors.Terminate, ActionMode.Apply, "i-0123456789abcdef0", "i-0123456789abcdef1");
        var policy = Enforce with { Guards = new() { MaxInstancesPerIncident = cap } };
        Assert.Equal(isFree, Guards.Check(Descriptors.Terminate, request, policy, automatic: true, before) is GuardVerdict.Free);
        Assert.IsType<GuardVerdict.Free>(Guards.Check(Descriptors.ReleaseProtection, request, policy, automatic: true, before));
    }

    [Fact]
    public void Other_resources_have_a_cap_of_their_own()
    {
        var request = Request(Descriptors.TearDownCluster, ActionMode.Apply, "c");
        Assert.IsType<GuardVerdict.Free>(Guards.Check(Descriptors.TearDownCluster, request, Enforce with { Guards = new() { MaxInstancesPerIncident = 0 } }, automatic: true));
        Assert.IsType<GuardVerdict.NeedsApproval>(
            Guards.Check(Descriptors.TearDownCluster, request, Enforce with { Guards = new() { MaxResourcesPerIncident = 0 } }, automatic: true));
    }

    [Fact]
    public void What_is_named_like_a_part_of_responsekit_is_held_and_only_an_actor_s_function_role_or_user_is_not_left_alone_for_its_name()
    {
        var guards = new GuardSettings().WithOwnParts(Account, ["ResponseKit-triage", "ResponseKit-state-machine"]);
        bool IsOwn(ResourceKind kind, string name, string account = Account) => guards.IsOwnPart(ResourceRef.Of(kind, account, "us-east-1", name));

        Assert.True(IsOwn(ResourceKind.EventsRule, "ResponseKit-triage"));
        Assert.True(IsOwn(ResourceKind.EventsRule, "responsekit/ResponseKit-triage", "444455556666"));
        Assert.True(IsOwn(ResourceKind.LambdaFunction, "ResponseKit-triage"));
        Assert.False(IsOwn(ResourceKind.LambdaFunction, "ResponseKit-miner"));
        Assert.False(IsOwn(ResourceKind.LambdaFunction, "ResponseKit-triage", "444455556666"));
        Assert.False(IsOwn(ResourceKind.IamRole, "ResponseKit-miner"));
        Assert.False(IsOwn(ResourceKind.IamUser, "ResponseKit-triage"));
        Assert.False(IsOwn(ResourceKind.EventsRule, "payroll-nightly"));
        Assert.False(IsOwn(ResourceKind.AutoScalingGroup, "ResponseKit-miners"));
    }
}
