using ResponseKit.Records;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Detections;

public sealed class SelectorTests
{
    private const string Root = """{"type":"Root","accountId":"111122223333","arn":"arn:aws:iam::111122223333:root"}""";

    [Theory]
    [InlineData("ec2", "RunInstances")]
    [InlineData("signin", "ConsoleLogin")]
    public void Takes_whatever_a_type_of_identity_calls(string service, string operation) =>
        Assert.True(Selector.ByIdentity("Root").Accepts((Sample.Of(service, operation) with { Identity = Root }).Record()));

    [Theory]
    [InlineData("""{"type":"IAMUser","userName":"Root"}""")]
    [InlineData("""{"type":"root"}""")]
    [InlineData("""{"type":["Root"]}""")]
    [InlineData("\"Root\"")]
    [InlineData("null")]
    public void Leaves_the_calls_of_others(string identity) =>
        Assert.False(Selector.ByIdentity("Root").Accepts((Sample.Of("ec2", "RunInstances") with { Identity = identity }).Record()));

    [Fact]
    public void Takes_only_the_named_calls_of_the_named_service_otherwise()
    {
        var selector = Selector.Writes("ec2.amazonaws.com", "RunInstances");
        Assert.True(selector.Accepts(Sample.Of("ec2", "RunInstances").Record()));
        Assert.False(selector.Accepts(Sample.Of("ec2", "StopInstances").Record()));
        Assert.False(selector.Accepts(Sample.Of("ecs", "RunInstances").Record()));
    }
}
