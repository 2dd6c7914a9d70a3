using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Finds the user that a request means, whatever they are called by now. A user that is renamed keeps the unique id, keys, password and policies (IAM User Guide,
/// "Rename an IAM user"); a name that is free may be given to somebody else, an id is never given again.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="uniqueId">The user's id; null when it is not known.</param>
/// <param name="accessKeyId">A lasting key of theirs; null when none is known.</param>
internal sealed class UserSearch(ActionRun run, string? uniqueId, string? accessKeyId)
{
    /// <summary>The option with which a request names a key.</summary>
    public const string KeyOption = "accessKeyId";

    /// <summary>The same as an option of an action that needs it for nothing else.</summary>
    public static ActionOption Key { get; } = new(KeyOption, "The id of an access key of the user", "Finds them under another name, when they were renamed.");

    private readonly IAmazonIdentityManagementService iam = run.Aws.Iam(run.Region);

    /// <summary>Whether the user has to be read before anything is done by name.</summary>
    public bool HasId => uniqueId is not null;

    /// <summary>What finding a user under another name needs. ListUsers has no resource types (Service Authorization Reference, AWS Identity and Access Management).</summary>
    /// <param name="anyUser">The ARN of any user.</param>
    public static IEnumerable<Permission> Permissions(string anyUser) => [new("iam:GetAccessKeyLastUsed", anyUser), new("iam:ListUsers")];

    /// <summary>A search by what a request says, or by what the receipt says that it undoes.</summary>
    public static UserSearch Of(ActionRun run, ActionReceipt? receipt = null)
    {
        string? Option(string name) => run.Option(name) is { Length: > 0 } text ? text : receipt?.Options.GetValueOrDefault(name);
        // Keys that begin with ASIA are temporary: AWS does not tell whose they are.
        return new UserSearch(run, Option(AuthorshipOptions.UniqueId.Name), Option(KeyOption) is { } key && key.StartsWith("AKIA", StringComparison.Ordinal) ? key : null);
    }

    /// <summary>The user; null when there is none that can be acted on, which is recorded.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="isUndoing">Whether for undoing: a user that is gone is an answer, for each step then says so; one that has the name now is somebody else.</param>
    public async Task<FoundUser?> FindAsync(CancellationToken cancellationToken, bool isUndoing = false)
    {
        var named = await ReadAsync(run.Target.Name, cancellationToken);
        // One that acted a moment ago and cannot be read is taken for the one: whoever keeps us from reading must not get away by that.
        if (named.Facts is null ? accessKeyId is not null || uniqueId is null : IsMeant(named.Facts))
            return named;
        if (named.Facts is not null && await OtherNameAsync(cancellationToken) is { } other)
        {
            var found = await ReadAsync(other, cancellationToken);
            if (found.Facts is { } facts && facts != PrincipalFacts.Gone && (uniqueId is null || facts.UniqueId == uniqueId))
            {
                run.AlreadyInPlace(new Step("renamed", "iam:GetUser", found.Principal.Title, $"Find user {run.Target.Name}, who is called {other} now"));
                return found;
            }
        }

        if (named.Facts == PrincipalFacts.Gone && isUndoing)
            return named;
        if (named.Facts == PrincipalFacts.Gone)
            run.NotFound(Step($"Look for user {run.Target.Name}"), NotFoundDetail());
        else
            _ = SamePrincipal.Is(run, named.Facts, named.Principal.Title, Step($"Contain user {run.Target.Name}"), uniqueId);
        return null;
    }

    private bool IsMeant(PrincipalFacts facts) => facts != PrincipalFacts.Gone && (uniqueId is null || facts.UniqueId == uniqueId);

    private async Task<FoundUser> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var principal = new UserPrincipal(run, name);
        return new(principal, await run.ReadAsync("iam:GetUser", principal.Title, PrincipalFacts.Gone, principal.GetAsync, cancellationToken));
    }

    private async Task<string?> OtherNameAsync(CancellationToken cancellationToken)
    {
        // IAM API Reference, "GetAccessKeyLastUsed": it names the owner, for a key of the account that was never used, too.
        if (accessKeyId is not null
            && await run.ReadAsync(
                "iam:GetAccessKeyLastUsed", $"the owner of access key {accessKeyId}", "",
                async token => (await iam.GetAccessKeyLastUsedAsync(new GetAccessKeyLastUsedRequest { AccessKeyId = accessKeyId }, token)).UserName ?? "", cancellationToken)
                is { Length: > 0 } owner && owner != run.Target.Name)
            return owner;
        if (uniqueId is null)
            return null;
        var users = await run.ReadAsync(
            "iam:ListUsers", "the account's users", [], token => iam.Paginators.ListUsers(new ListUsersRequest()).Users.AllAsync(token), cancellationToken);
        return users?.FirstOrDefault(user => user.UserId == uniqueId)?.UserName;
    }

    private string NotFoundDetail() =>
        $"there is no user {run.Target.Name} in account {run.Request.Account}"
        + (uniqueId, accessKeyId) switch
        {
            (null, null) => ", and neither an id nor a key is known by which they could be found under another name. Check the name; whether they were renamed: "
                + "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateUser.",
            ({ } id, _) => $", and none with the id {id} under another name. They were deleted; see by whom: "
                + "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteUser.",
            (null, { } key) => $", and key {key} is nobody's. They were deleted, or the key was; whether they were renamed: "
                + "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateUser.",
        };

    private Step Step(string summary) => new("user", "iam:GetUser", $"user {run.Target.Name}", summary);
}

/// <summary>A user under the name they have now.</summary>
/// <param name="Principal">The user.</param>
/// <param name="Facts">What IAM tells of them; <see cref="PrincipalFacts.Gone"/> when there is none, null when they could not be read.</param>
internal sealed record FoundUser(UserPrincipal Principal, PrincipalFacts? Facts);
