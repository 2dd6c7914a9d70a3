using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>An IAM role and its policies.</summary>
internal sealed class RolePrincipal(ActionRun run) : IamPrincipal(run, run.Target.Name)
{
    public override string Kind => "Role";

    public override int InlineQuota => 10240;

    public override async Task<PrincipalFacts> GetAsync(CancellationToken cancellationToken)
    {
        var role = (await Iam.GetRoleAsync(new GetRoleRequest { RoleName = Name }, cancellationToken)).Role ?? throw NotInAnswer();
        return new PrincipalFacts(role.Path, role.PermissionsBoundary?.PermissionsBoundaryArn, role.RoleId);
    }

    public override async Task<IReadOnlyList<string>> AttachedAsync(CancellationToken cancellationToken)
    {
        var policies = Iam.Paginators.ListAttachedRolePolicies(new ListAttachedRolePoliciesRequest { RoleName = Name }).AttachedPolicies;
        return [.. (await policies.AllAsync(cancellationToken)).Select(policy => policy.PolicyArn)];
    }

    public override Task<IReadOnlyList<string>> PolicyNamesAsync(CancellationToken cancellationToken) =>
        Iam.Paginators.ListRolePolicies(new ListRolePoliciesRequest { RoleName = Name }).PolicyNames.AllAsync(cancellationToken);

    public override async Task<AmazonWebServiceResponse> AttachAsync(string policyArn, CancellationToken cancellationToken) =>
        await Iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = Name, PolicyArn = policyArn }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> DetachAsync(string policyArn, CancellationToken cancellationToken) =>
        await Iam.DetachRolePolicyAsync(new DetachRolePolicyRequest { RoleName = Name, PolicyArn = policyArn }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> PutPolicyAsync(string name, string document, CancellationToken cancellationToken) =>
        await Iam.PutRolePolicyAsync(
            new PutRolePolicyRequest { RoleName = Name, PolicyName = name, PolicyDocument = document }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> DeletePolicyAsync(string name, CancellationToken cancellationToken) =>
        await Iam.DeleteRolePolicyAsync(new DeleteRolePolicyRequest { RoleName = Name, PolicyName = name }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> SetBoundaryAsync(string policyArn, CancellationToken cancellationToken) =>
        await Iam.PutRolePermissionsBoundaryAsync(
            new PutRolePermissionsBoundaryRequest { RoleName = Name, PermissionsBoundary = policyArn }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> ClearBoundaryAsync(CancellationToken cancellationToken) =>
        await Iam.DeleteRolePermissionsBoundaryAsync(new DeleteRolePermissionsBoundaryRequest { RoleName = Name }, cancellationToken);

    protected override async Task<string> EncodedPolicyAsync(string name, CancellationToken cancellationToken) =>
        (await Iam.GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = Name, PolicyName = name }, cancellationToken)).PolicyDocument;
}
