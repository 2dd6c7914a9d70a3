using ResponseKit.Aws.Actions;
using ResponseKit.Response;

namespace ResponseKit.Aws.Tests.Accounts;

public sealed class SessionPolicyTests
{
    [Fact]
    public void Every_phase_of_every_action_fits_into_a_session_policy_where_names_are_longest() => Assert.All(
        from action in ActionCatalogue.All
        from mode in Enum.GetValues<ActionMode>()
        select (action.Descriptor, mode),
        phase =>
        {
            var policy = SessionPolicy.For(phase.Descriptor.Permissions.For(phase.mode), "aws-us-gov", "111122223333", "ap-southeast-2");
            Assert.True(policy.Length <= SessionPolicy.MaxLength, $"{phase.Descriptor.Id}, {phase.mode}: {policy.Length} characters");
        });
}
