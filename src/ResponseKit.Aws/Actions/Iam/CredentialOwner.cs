using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Finds a credential with whoever has it now. A user who is renamed keeps credentials (IAM User Guide, "Rename an IAM user"), and somebody else may have the
/// name by then; the id of a credential is never given again.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="kind">The sort of credential.</param>
/// <param name="id">Its id.</param>
internal sealed class CredentialOwner(ActionRun run, CredentialKind kind, string id)
{
    private readonly IAmazonIdentityManagementService iam = run.Aws.Iam(run.Region);

    /// <summary>The user and the credential, which is null where nobody has it; null where it could not be read, which is recorded.</summary>
    /// <param name="user">Who had it by the record.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Owned?> FindAsync(string user, CancellationToken cancellationToken)
    {
        var named = await ReadAsync(user, cancellationToken);
        if (named is null or { Credential: not null })
            return named;
        foreach (var name in await OtherNamesAsync(user, cancellationToken))
        {
            if (await ReadAsync(name, cancellationToken) is { Credential: not null } other)
                return other;
        }

        return named;
    }

    private async Task<Owned?> ReadAsync(string user, CancellationToken cancellationToken)
    {
        var found = await run.ReadAsync(kind.ListCall, $"{kind.Noun}s of user {user}", [], token => kind.ListAsync(iam, user, token), cancellationToken);
        return found is null ? null : new Owned(user, found.FirstOrDefault(credential => credential.Id == id));
    }

    // IAM API Reference, "GetAccessKeyLastUsed": it names the owner, for a key of the account that was never used, too. Of other credentials only records tell.
    private async Task<IReadOnlyList<string>> OtherNamesAsync(string user, CancellationToken cancellationToken)
    {
        if (kind != CredentialKind.AccessKey)
            return await new IamHistory(run).NamesAfterAsync(user, cancellationToken);
        var owner = await run.ReadAsync(
            "iam:GetAccessKeyLastUsed", $"the owner of access key {id}", "",
            async token => (await iam.GetAccessKeyLastUsedAsync(new GetAccessKeyLastUsedRequest { AccessKeyId = id }, token)).UserName ?? "", cancellationToken);
        return owner is { Length: > 0 } ? [owner] : [];
    }
}

/// <summary>A credential and whose it is.</summary>
/// <param name="User">The user's name now.</param>
/// <param name="Credential">The credential; null where the user has none with that id.</param>
internal sealed record Owned(string User, Credential? Credential);
