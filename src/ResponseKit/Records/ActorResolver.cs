using ResponseKit.Actors;
using ResponseKit.Resources;
using ResponseKit.Sharing;
using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// Finds the principal behind a record. Source: CloudTrail User Guide, "CloudTrail userIdentity element". Never throws.
/// </summary>
public static class ActorResolver
{
    private static readonly RecentTexts<Actor?> Principals = new(ReadIamPrincipal);

    /// <summary>The principal of a record.</summary>
    /// <param name="record">The whole record: for SAML and web identities the role stands in the request.</param>
    /// <param name="account">
    /// The account that was acted upon. A principal of another account is <see cref="Actor.External"/>: its own account's record names it.
    /// </param>
    internal static Actor Resolve(in RecordMembers record, string account)
    {
        var identity = record.Identity;
        var actor = identity["type"].SharedText switch
        {
            "Root" => new Actor.Root(identity["accountId"].SharedText ?? account, Partition(identity["arn"].SharedText)),
            "IAMUser" => User(identity, account, record.Region.SharedText ?? ""),
            "AssumedRole" => AssumedRole(identity, account),
            "FederatedUser" => Issuer(identity, account),
            "WebIdentityUser" or "SAMLUser" => RequestedRole(record, account),
            "IdentityCenterUser" => IdentityCenter(identity, account),
            "AWSAccount" => Account(identity, account),
            "AWSService" => new Actor.Service(account, identity["invokedBy"].SharedText ?? "unnamed"),
            null when identity["invokedBy"].SharedText is { } service => new Actor.Service(account, service),
            null => new Actor.Unknown(account, "The record names no identity."),
            var type => new Actor.Unknown(account, $"Identities of type '{Printable.Of(type)}' have no known principal to contain."),
        };
        return actor.Account == account
            ? actor
            : new Actor.External(Printable.Of(actor.Account, 12), Printable.Of(identity["principalId"].Text ?? actor.Key, 256));
    }

    /// <summary>
    /// The actor of a key. An IAM path is not part of a key, so it is not known afterwards.
    /// </summary>
    public static Actor FromKey(string key)
    {
        if (IamPrincipal(key) is { } principal)
            return WithoutPath(principal);
        return key.Split(':', 3) switch
        {
            ["identity-center", .. var id] => new Actor.IdentityCenterUser("", string.Join(':', id), null),
            ["external", var account, var principalId] => new Actor.External(account, principalId),
            ["service", .. var name] => new Actor.Service("", string.Join(':', name)),
            ["unknown", .. var account] => new Actor.Unknown(string.Join(':', account), "Only the account is known."),
            _ => new Actor.Unknown("", $"'{Printable.Of(key)}' is no actor's key."),
        };
    }

    private static Actor WithoutPath(Actor principal) => principal switch
    {
        Actor.User user => user with { Path = null },
        Actor.Role role => role with { Path = null },
        _ => principal,
    };

    private static Actor User(Field identity, string account, string region)
    {
        if (IamPrincipal(identity["arn"].SharedText) is Actor.User user)
            return user;
        // Sign-in records name the user without an ARN, and hide a name that does not exist.
        return !identity["arn"].IsPresent && identity["userName"].Text is { } name and not "HIDDEN_DUE_TO_SECURITY_REASONS" && IamName.IsValid(name)
            ? new Actor.User(identity["accountId"].SharedText ?? account, name, Arn.PartitionOf(region))
            : new Actor.Unknown(account, $"No IAM user can be read from '{Printable.Of(identity["arn"].SharedText ?? identity["userName"].Text)}'.");
    }

    // The session's own ARN drops the role's path, and its name is the caller's choice; the issuer is the role itself.
    private static Actor AssumedRole(Field identity, string account)
    {
        var issuer = identity["sessionContext"]["sessionIssuer"];
        if (IamPrincipal(issuer["arn"].SharedText) is Actor.Role role)
            return role;
        if (!issuer.IsPresent && identity["invokedBy"].SharedText is { } service)
            return new Actor.Service(account, service);
        return Arn.TryParse(identity["arn"].SharedText, out var arn) && arn is { Service: "sts", Region: "" } && AccountId.IsWord(arn.Account)
            && arn.Resource.Split('/') is ["assumed-role", var name, _] && IamName.IsValid(name)
            ? new Actor.Role(arn.Account, name, null, arn.Partition)
            : new Actor.Unknown(
                account, $"The role session's issuer '{Printable.Of(issuer["arn"].SharedText)}' is no role, and no role can be read from '{Printable.Of(identity["arn"].SharedText)}'.");
    }

    private static Actor Issuer(Field identity, string account)
    {
        var issuer = identity["sessionContext"]["sessionIssuer"];
        return IamPrincipal(issuer["arn"].SharedText)
            ?? new Actor.Unknown(account, $"The federated session's issuer '{Printable.Of(issuer["arn"].SharedText)}' is no IAM principal.");
    }

    // Anybody on the internet may ask for a role in vain, and so name whom they like.
    private static Actor RequestedRole(in RecordMembers record, string account) =>
        record.ErrorCode.IsPresent ? new Actor.Unknown(account, "A federated identity asked for a role and was refused, so it is not known whose it is.")
        : IamPrincipal(record.Request["roleArn"].Text) as Actor.Role as Actor
            ?? new Actor.Unknown(account, "The record does not say which role the federated identity asked for.");

    private static Actor IdentityCenter(Field identity, string account)
    {
        var person = identity["onBehalfOf"];
        return person["userId"].Text is { Length: > 0 and <= 128 } id && id == Printable.Of(id, 128)
            ? new Actor.IdentityCenterUser(account, id, person["identityStoreArn"].Text)
            : new Actor.Unknown(account, "The record does not say which Identity Center user it was.");
    }

    private static Actor Account(Field identity, string account)
    {
        var other = identity["accountId"].SharedText;
        return AccountId.IsValid(other) && other != account
            ? new Actor.External(other!, Printable.Of(identity["principalId"].Text ?? "", 256))
            : new Actor.Unknown(account, $"The record names only the account '{Printable.Of(other)}' as its principal.");
    }

    /// <summary>The user, role or root of an IAM ARN; null for anything else.</summary>
    internal static Actor? IamPrincipal(string? text) => text is null ? null : Principals.Of(text);

    private static Actor? ReadIamPrincipal(string text)
    {
        if (!Arn.TryParse(text, out var arn) || arn is not { Service: "iam", Region: "" } || !AccountId.IsWord(arn.Account))
            return null;
        if (arn.Resource == "root")
            return new Actor.Root(arn.Account, arn.Partition);
        var slash = arn.Resource.IndexOf('/');
        if (slash < 0 || !IamName.TrySplit(arn.Resource[(slash + 1)..], out var path, out var name))
            return null;
        return arn.Resource[..slash] switch
        {
            "user" => new Actor.User(arn.Account, name, arn.Partition) { Path = path },
            "role" => new Actor.Role(arn.Account, name, path, arn.Partition),
            _ => null,
        };
    }

    private static string Partition(string? text) => Arn.TryParse(text, out var arn) ? arn.Partition : "aws";
}
