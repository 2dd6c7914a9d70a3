using System.Text.RegularExpressions;
using ResponseKit.Aws.Actions;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>
/// What actions may declare. That they declare what they call, no more and no less, is for each action's own tests to show (ActionContract).
/// </summary>
public sealed partial class PermissionTests
{
    public static TheoryData<string, ActionMode> Phases
    {
        get
        {
            var data = new TheoryData<string, ActionMode>();
            foreach (var action in ActionCatalogue.All)
            {
                foreach (var mode in new[] { ActionMode.Plan, ActionMode.Apply, ActionMode.Revert })
                    data.Add(action.Descriptor.Id, mode);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Each_phase_declares_permissions_once(string id, ActionMode mode)
    {
        var permissions = Of(id, mode);
        Assert.True(permissions.Length > 0 || CannotRevert(id, mode), "The phase declares nothing.");
        Assert.Distinct(permissions.Select(permission => (permission.Action, permission.Resource)));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void A_permission_names_one_action_and_the_accounts_own_resources(string id, ActionMode mode)
    {
        Assert.All(Of(id, mode), permission => Assert.Matches(OneAction(), permission.Action));
        Assert.All(Of(id, mode), permission => Assert.Matches(OwnResource(), permission.Resource));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void A_write_on_everything_says_why(string id, ActionMode mode)
    {
        var wide = Of(id, mode).Where(permission => permission.Resource == "*" && !ApiCalls.IsRead(permission.Action));
        Assert.All(wide, permission => Assert.False(string.IsNullOrWhiteSpace(permission.Justification), permission.Action));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Only_applying_and_reverting_may_write(string id, ActionMode mode)
    {
        if (mode == ActionMode.Plan)
            Assert.DoesNotContain(Of(id, mode).Select(permission => permission.Action), action => !ApiCalls.IsRead(action));
        else if (!CannotRevert(id, mode))
            Assert.Contains(Of(id, mode), permission => !ApiCalls.IsRead(permission.Action));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void A_phase_fits_into_a_session_policy_in_every_partition(string id, ActionMode mode)
    {
        // The longest region of each partition; the document must fit in all of them.
        foreach (var (partition, region) in new[] { ("aws", "ap-northeast-1"), ("aws-cn", "cn-northwest-1"), ("aws-us-gov", "us-gov-east-1") })
            Assert.InRange(SessionPolicy.For(Of(id, mode), partition, "111122223333", region).Length, 1, SessionPolicy.MaxLength);
    }

    // What is irreversible as a whole makes no call when it is asked to revert: it only says so.
    private static bool CannotRevert(string id, ActionMode mode) =>
        mode == ActionMode.Revert && ActionCatalogue.Find(id)!.Descriptor.Reversibility is Reversibility.Irreversible;

    private static System.Collections.Immutable.ImmutableArray<Permission> Of(string id, ActionMode mode) =>
        ActionCatalogue.Find(id)!.Descriptor.Permissions.For(mode);

    [GeneratedRegex("^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$")]
    private static partial Regex OneAction();

    // AWS's own policies are in the account "aws".
    [GeneratedRegex(@"^(\*|arn:\{partition\}:[a-z0-9-]+:(\{region\}|\*)?:(\{account\}|aws):\S+)$")]
    private static partial Regex OwnResource();
}
