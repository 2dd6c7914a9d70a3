using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;
using Amazon.SecurityToken.Model;

namespace ResponseKit.Cli.Drill.Estate;

/// <summary>
/// A colleague's forensic hold: termination protection on one instance, switched on from the responders' role. It looks just like what the
/// attacker does, and must stay.
/// </summary>
internal static class ForensicHold
{
    public const string Role = "IncidentResponder";

    public static string RoleArn => $"arn:aws:iam::{DrillAccount.Id}:role/security/{Role}";

    public static async Task PlaceAsync(DrillAccount account, string region, string instanceId, CancellationToken cancellationToken)
    {
        var iam = account.Administrator.Aws.Iam(region);
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{DrillAccount.Id}}:root"},"Action":"sts:AssumeRole"}]}""";
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = Role, Path = "/security/", AssumeRolePolicyDocument = trust }, cancellationToken);
        await iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = Role, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" }, cancellationToken);
        var session = await account.Administrator.Sts(region).AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = RoleArn, RoleSessionName = "case-2025-118" }, cancellationToken);
        using var responder = account.Enter(session.Credentials);
        var ec2 = responder.Aws.Ec2(region);
        await ec2.CreateTagsAsync(
            new CreateTagsRequest { Resources = [instanceId], Tags = [new Amazon.EC2.Model.Tag { Key = "case", Value = "2025-118" }] }, cancellationToken);
        await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = instanceId, DisableApiTermination = true }, cancellationToken);
    }
}
