using System.Collections.Immutable;
using System.Text;
using Amazon.CDK;
using Constructs;
using ResponseKit.Deployment;

namespace ResponseKit.Infra.Organization;

/// <summary>
/// Brings a template into all accounts of organizational units, also into those that are added later. Its permissions are StackSets' own, so that nothing
/// need be there in an account before.
/// </summary>
internal sealed class MemberStackSet : Construct
{
    // Half the accounts at a time, and one failing account in five keeps nobody else from being protected: a suspended account always fails.
    private const int AccountsAtOncePercent = 50;
    private const int FailingPercent = 20;
    private readonly CfnStackSet stackSet;

    /// <summary>Makes it.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Its name, behind ours.</param>
    /// <param name="description">What it is, for whoever finds it.</param>
    /// <param name="units">The organizational units, or the root.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="fill">Puts into a member's stack what belongs there.</param>
    /// <exception cref="InvalidOperationException">The template is larger than StackSets takes.</exception>
    public MemberStackSet(Construct scope, string id, string description, ImmutableArray<string> units, ImmutableArray<string> regions, Action<Stack> fill)
        : base(scope, id)
    {
        var template = MemberTemplate.Make(description, fill);
        if (Encoding.UTF8.GetByteCount(template) is var size && size > MemberTemplate.MaxBytes)
            throw new InvalidOperationException($"The template of {id} has {size} bytes, and a StackSet takes {MemberTemplate.MaxBytes}.");
        stackSet = new CfnStackSet(this, "StackSet", new CfnStackSetProps
        {
            StackSetName = $"{DeployedNames.Prefix}-{id.ToLowerInvariant()}",
            Description = description,
            PermissionModel = "SERVICE_MANAGED",
            CallAs = "DELEGATED_ADMIN",
            Capabilities = ["CAPABILITY_NAMED_IAM"],
            // An account that leaves must not keep a role that trusts the hub.
            AutoDeployment = new CfnStackSet.AutoDeploymentProperty { Enabled = true, RetainStacksOnAccountRemoval = false },
            // Accounts come and go while a deployment runs; else one operation would make the other fail.
            ManagedExecution = new Dictionary<string, object> { ["Active"] = true },
            OperationPreferences = new CfnStackSet.OperationPreferencesProperty
            {
                RegionConcurrencyType = "PARALLEL",
                ConcurrencyMode = "SOFT_FAILURE_TOLERANCE",
                MaxConcurrentPercentage = AccountsAtOncePercent,
                FailureTolerancePercentage = FailingPercent,
            },
            StackInstancesGroup = new[]
            {
                new CfnStackSet.StackInstancesProperty
                {
                    DeploymentTargets = new CfnStackSet.DeploymentTargetsProperty { OrganizationalUnitIds = [.. units] },
                    Regions = [.. regions],
                },
            },
            TemplateBody = template,
        });
    }

    /// <summary>Has it wait until another one is everywhere.</summary>
    public void After(MemberStackSet other) => stackSet.AddDependency(other.stackSet);
}
