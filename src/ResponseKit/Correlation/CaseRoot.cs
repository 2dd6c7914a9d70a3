using ResponseKit.Actors;

namespace ResponseKit.Correlation;

/// <summary>Finds whose case a record belongs to.</summary>
public static class CaseRoot
{
    /// <summary>How many links are followed at most.</summary>
    public const int MaxLinks = 16;

    /// <summary>
    /// The key of the actor at the top: the access key tells more than the actor, because a role has many callers. Links that go round in a
    /// circle lead to the same actor from wherever one starts.
    /// </summary>
    /// <param name="actor">Who made the call.</param>
    /// <param name="accessKeyId">The key that signed it.</param>
    /// <param name="parentOf">The parent of an actor key or access key id; null when there is none.</param>
    public static string Of(Actor actor, string? accessKeyId, Func<string, string?> parentOf)
    {
        var path = new List<string> { (accessKeyId is null ? null : parentOf(accessKeyId)) ?? actor.Key };
        while (path.Count < MaxLinks && parentOf(path[^1]) is { } parent)
        {
            var circle = path.IndexOf(parent);
            if (circle >= 0)
                return path[circle..].Min(StringComparer.Ordinal)!;
            path.Add(parent);
        }

        return path[^1];
    }
}
