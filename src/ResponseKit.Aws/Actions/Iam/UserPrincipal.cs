using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>An IAM user and its policies.</summary>
internal sealed class UserPrincipal(ActionRun run, string name) : IamPrincipal(run, name)
{
    public override string Kind => "User";

    public override int InlineQuota => 2048;

    public override async Task<PrincipalFacts> GetAsync(CancellationToken cancellationToken)
    {
        var user = (await Iam.GetUserAsync(new GetUserRequest { UserName = Name }, cancellationToken)).User ?? throw NotInAnswer();
        return new PrincipalFacts(user.Path, user.PermissionsBoundary?.PermissionsBoundaryArn, user.UserId);
    }

    public override async Task<IReadOnlyList<string>> AttachedAsync(CancellationToken cancellationToken)
    {
        var policies = Iam.Paginators.ListAttachedUserPolicies(new ListAttachedUserPoliciesRequest { UserName = Name }).AttachedPolicies;
        return [.. (await policies.AllAsync(cancellationToken)).Select(policy => policy.PolicyArn)];
    }

    public override Task<IReadOnlyList<string>> PolicyNamesAsync(CancellationToken cancellationToken) =>
        Iam.Paginators.ListUserPolicies(new ListUserPoliciesRequest { UserName = Name }).PolicyNames.AllAsync(cancellationToken);

    public override async Task<AmazonWebServiceResponse> AttachAsync(string policyArn, CancellationToken cancellationToken) =>
        await Iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = Name, PolicyArn = policyArn }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> DetachAsync(string policyArn, CancellationToken cancellationToken) =>
        await Iam.DetachUserPolicyAsync(new DetachUserPolicyRequest { UserName = Name, PolicyArn = policyArn }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> PutPolicyAsync(string name, string document, CancellationToken cancellationToken) =>
        await Iam.PutUserPolicyAsync(
            new PutUserPolicyRequest { UserName = Name, PolicyName = name, PolicyDocument = document }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> DeletePolicyAsync(string name, CancellationToken cancellationToken) =>
        await Iam.DeleteUserPolicyAsync(new DeleteUserPolicyRequest { UserName = Name, PolicyName = name }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> SetBoundaryAsync(string policyArn, CancellationToken cancellationToken) =>
        await Iam.PutUserPermissionsBoundaryAsync(
            new PutUserPermissionsBoundaryRequest { UserName = Name, PermissionsBoundary = policyArn }, cancellationToken);

    public override async Task<AmazonWebServiceResponse> ClearBoundaryAsync(CancellationToken cancellationToken) =>
        await Iam.DeleteUserPermissionsBoundaryAsync(new DeleteUserPermissionsBoundaryRequest { UserName = Name }, cancellationToken);

    protected override async Task<string> EncodedPolicyAsync(string name, CancellationToken cancellationToken) =>
        (await Iam.GetUserPolicyAsync(new GetUserPolicyRequest { UserName = Name, PolicyName = name }, cancellationToken)).PolicyDocument;
}
