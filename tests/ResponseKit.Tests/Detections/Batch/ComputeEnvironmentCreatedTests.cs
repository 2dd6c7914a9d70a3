using ResponseKit.Detections;
using ResponseKit.Detections.Batch;
using ResponseKit.Policy;

namespace ResponseKit.Tests.Detections.Batch;

public sealed class ComputeEnvironmentCreatedTests
{
    [Fact]
    public void Weighs_by_vcpus_and_hardware()
    {
        Assert.Equal(3, Weight(256, "optimal"));
        Assert.Equal(13, Weight(1024, "optimal"));
        Assert.Equal(23, Weight(4096, "c5"));
        Assert.Equal(20, Weight(256, "g5"));
        Assert.Equal(40, Weight(10_000, "p3.16xlarge"));
    }

    [Fact]
    public void Approved_hardware_is_as_any_other() =>
        Assert.Equal(3, Weight(256, "g5", new DetectionSettings { ApprovedInstanceFamilies = ["g5"] }));

    private static int Weight(int vcpus, string type, DetectionSettings? settings = null) => new ComputeEnvironmentCreated().Look(
        DetectionExample.Match(
            "x", "batch.amazonaws.com", "CreateComputeEnvironment",
            $$"""{"computeResources":{"instanceTypes":["{{type}}"],"maxvCpus":{{vcpus}} } }""").Record(),
        settings)!.Weight;
}
