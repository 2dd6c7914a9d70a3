using System.Collections.Immutable;
using System.Text.Json;
using Amazon.CDK.AWS.Organizations;
using Constructs;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Organization;

/// <summary>
/// A service control policy: what nobody may do in the accounts below where it is attached, whatever their own policies say. It binds neither the management
/// account nor service-linked roles (Organizations User Guide, "Service control policies").
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Statements">What it denies, each with its name.</param>
internal sealed record ServiceControlPolicy(string Name, string Description, ImmutableArray<(string Id, Statement Statement)> Statements)
{
    /// <summary>
    /// The most characters of a policy (Organizations User Guide, "Quotas"), which was half of it before May 2026. Tests hold it to that half.
    /// </summary>
    public const int MaxCharacters = 10_240;

    /// <summary>Makes it.</summary>
    /// <param name="scope">Where, in the management account.</param>
    /// <param name="targets">To what it is attached; nothing for a policy that is only kept ready.</param>
    /// <exception cref="SettingsException">So many are left out that there is no room for them.</exception>
    public CfnPolicy In(Construct scope, params ImmutableArray<string> targets)
    {
        var content = new Dictionary<string, object>
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = Statements.Select(one => one.Statement.ToObject(one.Id)).ToArray(),
        };
        if (JsonSerializer.Serialize(content).Length is var length && length > MaxCharacters)
            throw new SettingsException($"-c breakglass: with so many roles the policy {Name} has {length} characters. Accepted: as many as fit into {MaxCharacters}.");
        return new CfnPolicy(scope, Name, new CfnPolicyProps
        {
            Name = Name,
            Description = Description,
            Type = "SERVICE_CONTROL_POLICY",
            TargetIds = targets.IsEmpty ? null : [.. targets],
            Content = content,
        });
    }
}
