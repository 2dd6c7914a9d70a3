using System.Text.Json;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Tests.Detections.Ec2;

public sealed class MachinesTests
{
    [Fact]
    public void An_accelerated_group_is_not_hidden_by_a_modest_one() => Assert.Equal(25, Weight(("m5.xlarge", 1), ("g5.12xlarge", 2)));

    [Fact]
    public void Small_groups_add_up() => Assert.Equal(15, Weight(("m5.xlarge", 4), ("c5.xlarge", 4), ("r5.xlarge", 4)));

    [Fact]
    public void A_few_ordinary_machines_are_not_remarkable() => Assert.Equal(0, Weight(("m5.xlarge", 1), ("c5.xlarge", 3)));

    [Fact]
    public void No_machines_are_not_remarkable() => Assert.Equal(0, Weight());

    [Fact]
    public void Knows_the_types_of_SageMaker() => Assert.Equal(25, Weight(("ml.p4d.24xlarge", 1)));

    [Fact]
    public void An_approved_family_does_not_count_there_either() =>
        Assert.Equal(0, Weight(new DetectionSettings { ApprovedInstanceFamilies = ["g5"] }, ("ml.g5.xlarge", 1)));

    private static int Weight(params (string Type, int Count)[] groups) => Weight(new DetectionSettings(), groups);

    private static int Weight(DetectionSettings settings, params (string Type, int Count)[] groups) =>
        Machines.Cost(groups.Select(group => Machines.Group(Of(group.Type), Of(group.Count))), settings) is { Allowed: null } cost ? cost.Weight : 0;

    private static Field Of(object value) => new(JsonSerializer.SerializeToElement(value));
}
