using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Aws.Actions.Iam;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>In whatever order, and however often, requests to brake one principal come: the same stands in the end.</summary>
public sealed class BrakeProperties
{
    private static readonly Gen<BrakeDocument> Documents =
        from minutes in Gen.Choose(0, 3)
        from sessions in Gen.SubListOf<string>("AROAEXAMPLE:ann", "AROAEXAMPLE:bob", "AROAEXAMPLE:cal")
        select new BrakeDocument(new DateTimeOffset(2026, 11, 2, 10, minutes, 0, TimeSpan.Zero), sessions.ToImmutableSortedSet(StringComparer.Ordinal));

    [Fact]
    public void The_order_of_brakes_and_their_number_make_no_difference() => Holds(
        from one in Documents from other in Documents from third in Documents select (one, other, third),
        all => all.one.Union(all.other) == all.other.Union(all.one)
            && all.one.Union(all.other).Union(all.third) == all.one.Union(all.other.Union(all.third))
            && all.one.Union(all.one) == all.one);

    [Fact]
    public void What_two_brakes_come_to_covers_both_and_ends_with_the_later() => Holds(
        from one in Documents from other in Documents select (one, other),
        pair =>
        {
            var both = pair.one.Union(pair.other);
            return both.Covers(pair.one) && both.Covers(pair.other) && (both.Until == pair.one.Until || both.Until == pair.other.Until)
                && pair.one.Covers(pair.other) == (both == pair.one);
        });

    private static void Holds<T>(Gen<T> values, Func<T, bool> property) => Prop.ForAll(values.ToArbitrary(), property).QuickCheckThrowOnFailure();
}
