using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;

namespace ResponseKit.Tests.Detections.Ec2;

public sealed class InstanceTypesTests
{
    [Theory]
    [InlineData("p4d.24xlarge")]
    [InlineData("p5en.48xlarge")]
    [InlineData("p6-b200.48xlarge")]
    [InlineData("g4dn.xlarge")]
    [InlineData("gr6.4xlarge")]
    [InlineData("G5.XLARGE")]
    [InlineData("inf2.xlarge")]
    [InlineData("trn1n.32xlarge")]
    [InlineData("dl1.24xlarge")]
    [InlineData("vt1.3xlarge")]
    [InlineData("f2.6xlarge")]
    [InlineData("hpc7a.96xlarge")]
    public void Knows_accelerated_families(string type) => Assert.True(InstanceTypes.IsAccelerated(type));

    [Theory]
    [InlineData("t3.micro")]
    [InlineData("m6i.metal")]
    [InlineData("c5.24xlarge")]
    [InlineData("u-6tb1.112xlarge")]
    [InlineData("i4i.large")]
    [InlineData("mac2.metal")]
    [InlineData("is4gen.large")]
    [InlineData("g.xlarge")]
    [InlineData("p4d")]
    [InlineData(".xlarge")]
    [InlineData("")]
    [InlineData(null)]
    public void Takes_nothing_else_for_accelerated(string? type) => Assert.False(InstanceTypes.IsAccelerated(type));

    [Theory]
    [InlineData("t3.nano", 1)]
    [InlineData("t3.large", 2)]
    [InlineData("m5.xlarge", 4)]
    [InlineData("c5a.24xlarge", 96)]
    [InlineData("u7i-12tb.224xlarge", 896)]
    [InlineData("m5.metal", 96)]
    [InlineData("m7i.metal-24xl", 96)]
    [InlineData("c7i.metal-48xl", 192)]
    public void Reads_vcpus_from_the_size(string type, int vcpus) => Assert.Equal(vcpus, InstanceTypes.Vcpus(type));

    [Theory]
    [InlineData("m5.huge")]
    [InlineData("m5.-1xlarge")]
    [InlineData("m5.0xlarge")]
    [InlineData("m5.99999999999xlarge")]
    [InlineData("m5.metal-xl")]
    [InlineData("m5.")]
    [InlineData("m5")]
    [InlineData(null)]
    public void Reads_no_vcpus_from_what_is_no_size(string? type) => Assert.Null(InstanceTypes.Vcpus(type));

    [Fact]
    public void Approves_a_family_by_its_exact_name()
    {
        var settings = new DetectionSettings { ApprovedInstanceFamilies = ["g5"] };
        Assert.True(InstanceTypes.IsApproved("g5.xlarge", settings));
        Assert.True(InstanceTypes.IsApproved("G5.xlarge", settings));
        Assert.False(InstanceTypes.IsApproved("g5g.xlarge", settings));
        Assert.False(InstanceTypes.IsApproved(null, settings));
    }
}
