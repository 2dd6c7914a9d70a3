using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Policy;

/// <summary>
/// A time in which somebody is expected to do what would else look like an attack: a migration, a load test, a new account. What the named
/// principals do in it is explained and kept, and does not count. It has an owner to ask, and it always ends.
/// </summary>
/// <param name="Owner">Whom to ask about it: a person or team.</param>
/// <param name="Reason">What is being done.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends; at most <see cref="MaxDays"/> days later.</param>
/// <param name="Principals">Patterns of the users and roles that it is for.</param>
public sealed record ChangeWindow(string Owner, string Reason, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<ArnPattern> Principals)
{
    /// <summary>How many days a window may last: what lasts longer is no change, and belongs into the allow-lists.</summary>
    public const int MaxDays = 31;

    /// <summary>Whether the call falls into it, and surely is of one of the principals.</summary>
    public bool Covers(CloudTrailRecord record) => record.Time >= From && record.Time < Until && Exemption.Of(Principals, record) is not null;
}
