using System.Collections.Immutable;
using ResponseKit.Actors;

namespace ResponseKit.Policy;

/// <summary>
/// A time in which somebody is expected to do what would else look like an attack: a migration, a load test, a new account. What the named
/// principals do in it is explained and kept, and does not count. It has an owner to ask, and it always ends.
/// </summary>
/// <param name="Owner">Whom to ask about it: a person or team.</param>
/// <param name="Reason">What is being done.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends; at most <see cref="MaxDays"/> days later.</param>
/// <param name="Principals">ARN patterns of the users and roles that it is for.</param>
public sealed record ChangeWindow(string Owner, string Reason, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<string> Principals)
{
    /// <summary>How many days a window may last: what lasts longer is no change, and belongs into the allow-lists.</summary>
    public const int MaxDays = 31;

    /// <summary>Whether a call of this actor at this time falls into it.</summary>
    public bool Covers(Actor actor, DateTimeOffset time) => time >= From && time < Until && PrincipalPattern.MatchesAny(Principals, actor);
}
