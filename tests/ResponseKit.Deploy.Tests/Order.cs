using Xunit.Abstractions;

// All tests look at one deployment, and one of them removes it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer("ResponseKit.Deploy.Tests.Order", "ResponseKit.Deploy.Tests")]

namespace ResponseKit.Deploy.Tests;

/// <summary>What removes the deployment comes after what looks at it.</summary>
public sealed class Order : ITestCollectionOrderer
{
    public const string Last = "Last: removes the deployment";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName == Last).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
}
