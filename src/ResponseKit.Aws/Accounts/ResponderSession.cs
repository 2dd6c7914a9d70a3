using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace ResponseKit.Aws.Accounts;

/// <summary>A session of a responder role. The SDK asks for a new one by itself shortly before the old one ends, also in the middle of a run.</summary>
internal sealed class ResponderSession : RefreshingAWSCredentials
{
    private readonly IAmazonSecurityTokenService sts;
    private readonly AssumeRoleRequest request;

    public ResponderSession(IAmazonSecurityTokenService sts, ResponderRole role, string roleArn, string sessionName, string policy)
    {
        this.sts = sts;
        PreemptExpiryTime = TimeSpan.FromMinutes(3);
        request = new AssumeRoleRequest
        {
            RoleArn = roleArn,
            RoleSessionName = sessionName,
            ExternalId = role.ExternalId,
            DurationSeconds = (int)role.SessionLength.TotalSeconds,
            Policy = policy,
        };
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        throw new NotSupportedException("Only the asynchronous way is used.");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        // The SDK's own base class hands no token on.
        var response = await sts.AssumeRoleAsync(request, CancellationToken.None);
        return new CredentialsRefreshState(response.Credentials.GetCredentials(), response.Credentials.Expiration!.Value);
    }
}
