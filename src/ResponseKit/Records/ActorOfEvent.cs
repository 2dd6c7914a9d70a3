using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// Finds the principal whom a finding of GuardDuty's or a notice of AWS Health's is about. Names only, since these events hold no ARNs: a role's path is
/// not known. Sources: GuardDuty API Reference, "AccessKeyDetails" and "User"; AWS Health User Guide, "Reference: AWS Health events Amazon
/// EventBridge schema". Never throws.
/// </summary>
internal static class ActorOfEvent
{
    // What AWS Health writes where it names nothing.
    private static readonly string[] NoNames = ["UNKNOWN", "AWS_ACCOUNT"];

    /// <summary>The principal, and the id of its key where one is named.</summary>
    /// <param name="detail">The event's detail.</param>
    /// <param name="account">The account that it is about.</param>
    /// <param name="region">The region, which tells the partition.</param>
    public static (Actor Actor, string? AccessKeyId) Resolve(Field detail, string account, string region)
    {
        var partition = Arn.PartitionOf(region);
        var key = detail["resource"]["accessKeyDetails"];
        var sequence = detail["service"]["detection"]["sequence"]["actors"].Items.Take(100).Select(actor => actor["user"]).Where(user => user.IsObject).ToList();
        return key.IsPresent ? (Named(key["userType"].Text, key["userName"].Text, account, partition), KeyId(key["accessKeyId"]))
            : sequence.Count > 0 ? OfSequence(sequence, account, partition)
            : detail["eventTypeCode"].IsPresent ? OfNotice(detail, account, partition)
            : (new Actor.Unknown(account, "The finding names no principal."), null);
    }

    private static (Actor Actor, string? AccessKeyId) OfSequence(List<Field> users, string account, string partition)
    {
        var actors = users.Select(user => Named(user["type"].Text, user["name"].Text, account, partition)).DistinctBy(actor => actor.Key).ToList();
        return actors.Count == 1
            ? (actors[0], users.Select(user => KeyId(user["credentialUid"])).FirstOrDefault(id => id is not null))
            : (new Actor.Unknown(account, "The finding names several principals."), null);
    }

    private static Actor Named(string? type, string? name, string account, string partition)
    {
        var known = IamName.TrySplit(name ?? "", out var path, out var last);
        return type switch
        {
            "Root" => new Actor.Root(account, partition),
            // A name without a slash may still have a path: it is not known then.
            "IAMUser" when known => new Actor.User(account, last!, partition) { Path = path == "/" ? null : path },
            "Role" or "AssumedRole" when known => new Actor.Role(account, last!, path == "/" ? null : path, partition),
            // A federated session has the name that its maker chose, not that of the user behind it.
            _ => new Actor.Unknown(account, $"No principal can be read from '{Printable.Of(name)}' of type '{Printable.Of(type)}'."),
        };
    }

    private static (Actor Actor, string? AccessKeyId) OfNotice(Field detail, string account, string partition)
    {
        var entities = detail["affectedEntities"].Items.Take(100).Select(entity => entity["entityValue"]).ToList();
        var named = detail["eventMetadata"]["userName"];
        ImmutableArray<Actor> users =
        [
            .. (named.IsPresent ? [named] : entities).Select(field => User(field.Text, account, partition)).OfType<Actor>().DistinctBy(user => user.Key),
        ];
        var keyId = entities.Prepend(detail["eventMetadata"]["publicKey"]).Select(KeyId).FirstOrDefault(id => id is not null);
        return (users.Length == 1 ? users[0] : new Actor.Unknown(account, users.Length == 0 ? "The notice names no user." : "The notice names several users."), keyId);
    }

    private static Actor? User(string? text, string account, string partition)
    {
        if (ActorResolver.IamPrincipal(text) is { } principal)
            return principal.Account == account ? principal : null;
        return IamName.IsValid(text) && !IsKeyId(text) && !AccountId.IsValid(text) && !NoNames.Contains(text) ? new Actor.User(account, text, partition) : null;
    }

    private static string? KeyId(Field field) => IsKeyId(field.Text) ? field.Text : null;

    // The prefixes of long-term and temporary keys: IAM User Guide, "IAM identifiers".
    private static bool IsKeyId(string? text) =>
        IamName.IsAccessKeyId(text) && (text.StartsWith("AKIA", StringComparison.Ordinal) || text.StartsWith("ASIA", StringComparison.Ordinal));
}
