using System.Net;
using Amazon.IdentityManagement;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>A user or role, for which IAM has the same calls under two names.</summary>
internal abstract class IamPrincipal(ActionRun run, string name)
{
    protected IAmazonIdentityManagementService Iam { get; } = run.Aws.Iam(run.Region);

    public ResourceRef Target { get; } = run.Target with { Name = name };

    public string Name => Target.Name;

    /// <summary>User or Role, as it stands in the calls' names.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// How many characters all its inline policies may have together, white space not counted. IAM User Guide, "IAM and AWS STS quotas".
    /// </summary>
    public abstract int InlineQuota { get; }

    /// <summary>"user ci-bot", for people.</summary>
    public string Title => $"{Kind.ToLowerInvariant()} {Name}";

    /// <summary>The principal, or an error with the code NoSuchEntity.</summary>
    public abstract Task<PrincipalFacts> GetAsync(CancellationToken cancellationToken);

    /// <summary>The ARNs of the managed policies attached to it.</summary>
    public abstract Task<IReadOnlyList<string>> AttachedAsync(CancellationToken cancellationToken);

    /// <summary>The names of its inline policies.</summary>
    public abstract Task<IReadOnlyList<string>> PolicyNamesAsync(CancellationToken cancellationToken);

    public abstract Task<AmazonWebServiceResponse> AttachAsync(string policyArn, CancellationToken cancellationToken);

    public abstract Task<AmazonWebServiceResponse> DetachAsync(string policyArn, CancellationToken cancellationToken);

    public abstract Task<AmazonWebServiceResponse> PutPolicyAsync(string name, string document, CancellationToken cancellationToken);

    public abstract Task<AmazonWebServiceResponse> DeletePolicyAsync(string name, CancellationToken cancellationToken);

    public abstract Task<AmazonWebServiceResponse> SetBoundaryAsync(string policyArn, CancellationToken cancellationToken);

    public abstract Task<AmazonWebServiceResponse> ClearBoundaryAsync(CancellationToken cancellationToken);

    /// <summary>An inline policy's document, or an error with the code NoSuchEntity.</summary>
    public async Task<string> PolicyAsync(string name, CancellationToken cancellationToken) =>
        // IAM answers with documents in URL encoding, and the SDK leaves them so.
        WebUtility.UrlDecode(await EncodedPolicyAsync(name, cancellationToken));

    /// <summary>The error of an answer that succeeded and does not have the principal: it is not known, which is not the same as gone.</summary>
    protected AmazonServiceException NotInAnswer() => new AmazonIdentityManagementServiceException($"IAM answered Get{Kind} without the {Title}")
    {
        ErrorCode = "IncompleteAnswer",
    };

    protected abstract Task<string> EncodedPolicyAsync(string name, CancellationToken cancellationToken);
}
