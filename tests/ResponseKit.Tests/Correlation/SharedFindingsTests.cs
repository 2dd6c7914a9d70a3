using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Resources;

namespace ResponseKit.Tests.Correlation;

public sealed class SharedFindingsTests
{
    private static Finding Found => new Finding(5, "read about the account's identities by ListUsers").With("userName", "ci-bot");

    [Fact]
    public void The_same_finding_again_is_one_object() => Assert.Same(SharedFindings.Of(Found), SharedFindings.Of(Found));

    [Fact]
    public void Findings_that_differ_in_anything_stay_apart()
    {
        ImmutableArray<Finding> all =
        [
            Found, Found with { Weight = 6 }, Found with { Decisive = true }, Found with { Allowed = "of a change window" }, Found.With("userName", "other"),
            Found.With("eventName", "ListUsers"), Found with { About = new Actor.User("111122223333", "other") },
            Found with { Removes = ResourceRef.Of(ResourceKind.Trail, "111122223333", "us-east-1", "main") },
        ];
        Assert.All(all.Concat(all.Reverse()), finding =>
        {
            var shared = SharedFindings.Of(finding);
            Assert.Equal(finding with { Facts = shared.Facts }, shared);
            Assert.Equal(finding.Facts.AsEnumerable(), shared.Facts.AsEnumerable());
        });
    }
}
