using System.Collections.Concurrent;
using System.Collections.Immutable;
using Amazon.Runtime;
using Amazon.SecurityToken;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Accounts;

/// <summary>
/// Enters accounts by assuming their responder role, each time narrowed by a session policy to the permissions that are asked for. Sessions are
/// kept and used again while they live, so a warm function asks STS once for each account, region and phase.
/// </summary>
public sealed class AssumedAccountAccess : IAccountAccess
{
    private const int SessionsKept = 256;
    private readonly ConcurrentDictionary<(string Account, string SessionName, string Policy), ResponderSession> sessions;
    private readonly IAmazonSecurityTokenService sts;
    private readonly ResponderRole role;
    private readonly ClientSettings settings;
    private readonly string sessionName;

    /// <summary>Makes the way in. Nothing is sent before an account is entered.</summary>
    /// <param name="sts">
    /// STS in the region where the responder itself runs: a regional endpoint's sessions are valid in every region, opt-in regions included
    /// (IAM User Guide, "Manage AWS STS in an AWS Region").
    /// </param>
    /// <param name="role">The role to assume.</param>
    /// <param name="settings">For the clients made with the session.</param>
    public AssumedAccountAccess(IAmazonSecurityTokenService sts, ResponderRole role, ClientSettings settings)
        : this(sts, role, settings, "ResponseKit", new())
    {
    }

    private AssumedAccountAccess(
        IAmazonSecurityTokenService sts, ResponderRole role, ClientSettings settings, string sessionName,
        ConcurrentDictionary<(string Account, string SessionName, string Policy), ResponderSession> sessions)
    {
        this.sts = sts;
        this.role = role;
        this.settings = settings;
        this.sessionName = sessionName;
        this.sessions = sessions;
    }

    /// <inheritdoc/>
    public IAccountAccess For(string action, string? incident) =>
        new AssumedAccountAccess(sts, role, settings, SessionNames.Of(action, incident), sessions);

    /// <inheritdoc/>
    public async Task<AwsClients> EnterAsync(string account, string region, ImmutableArray<Permission> permissions, CancellationToken cancellationToken)
    {
        var partition = Arn.PartitionOf(region);
        var policy = SessionPolicy.For(permissions, partition, account, region);
        if (sessions.Count >= SessionsKept)
            sessions.Clear();
        var session = sessions.GetOrAdd(
            (account, sessionName, policy), key => new ResponderSession(sts, role, role.ArnIn(partition, account), key.SessionName, key.Policy));
        try
        {
            await session.GetCredentialsAsync().WaitAsync(cancellationToken);
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new AccountAccessException(EntryFailure.Explain(account, role.ArnIn(partition, account), error), error);
        }

        return new AwsClients(session, account, settings);
    }
}
