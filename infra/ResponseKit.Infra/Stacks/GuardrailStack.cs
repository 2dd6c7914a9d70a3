using Amazon.CDK;
using Constructs;
using ResponseKit.Infra.Organization;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Stacks;

/// <summary>
/// The service control policies, in the management account: the one against tampering, attached to the members' units, and the emergency freeze, ready and
/// attached to nothing.
/// </summary>
internal sealed class GuardrailStack : Stack
{
    /// <summary>Makes it.</summary>
    public GuardrailStack(Construct scope, string id, StackProps props, DeploymentSettings settings, OrganizationSettings organization)
        : base(scope, id, props)
    {
        var exempt = new Exempt(settings, organization);
        TamperProtection.Policy(exempt).In(this, organization.Units);
        var freeze = EmergencyFreeze.Policy(exempt).In(this);
        _ = new CfnOutput(this, "Freeze", new CfnOutputProps { Value = freeze.AttrId, Description = "The emergency freeze. See docs/deploy.md for how to attach it." });
    }
}
