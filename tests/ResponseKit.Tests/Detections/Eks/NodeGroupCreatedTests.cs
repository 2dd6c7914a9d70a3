using ResponseKit.Detections;
using ResponseKit.Detections.Eks;

namespace ResponseKit.Tests.Detections.Eks;

public sealed class NodeGroupCreatedTests
{
    [Fact]
    public void Weighs_by_size_and_hardware()
    {
        Assert.Equal(4, Weight("m6i.large", 4));
        Assert.Equal(10, Weight("m6i.large", 20));
        Assert.Equal(20, Weight("m6i.large", 100));
        Assert.Equal(20, Weight("g5.xlarge", 1));
        Assert.Equal(40, Weight("g5.xlarge", 100));
    }

    private static int Weight(string type, int size) => new NodeGroupCreated().Look(
        DetectionExample.Match(
            "x", "eks.amazonaws.com", "CreateNodegroup",
            $$"""{"nodegroupName":"a","scalingConfig":{"minSize":0,"maxSize":{{size}},"desiredSize":1},"instanceTypes":["{{type}}"]}""").Record())!.Weight;
}
