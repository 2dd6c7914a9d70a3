using Xunit.Abstractions;

// All tests look at one deployment, and one of them removes it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer("ResponseKit.Deploy.Tests.Order", "ResponseKit.Deploy.Tests")]

namespace ResponseKit.Deploy.Tests;

/// <summary>
/// What removes the deployment comes after what looks at it. The drills are waited for in between: they run beside, and no longer publish when the deployment
/// is made once more.
/// </summary>
public sealed class Order : ITestCollectionOrderer
{
    public const string Drills = "Next to last: waits for the drills";
    public const string Last = "Last: removes the deployment";

    /// <summary>Whether the drills are among the tests that run.</summary>
    public static bool HasDrills { get; private set; }

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        var collections = testCollections.ToList();
        HasDrills = collections.Exists(collection => collection.DisplayName == Drills);
        return collections.OrderBy(collection => collection.DisplayName switch { Last => 2, Drills => 1, _ => 0 }).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
    }
}
