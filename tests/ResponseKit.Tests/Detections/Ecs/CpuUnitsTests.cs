using System.Text.Json;
using ResponseKit.Detections.Ecs;
using ResponseKit.Records;

namespace ResponseKit.Tests.Detections.Ecs;

public sealed class CpuUnitsTests
{
    [Theory]
    [InlineData("\"16384\"", 16384L)]
    [InlineData("16384", 16384L)]
    [InlineData("\"16 vCPU\"", 16384L)]
    [InlineData("\"16vcpu\"", 16384L)]
    [InlineData("\".5 vCPU\"", 512L)]
    [InlineData("\"0.25 vCPU\"", 256L)]
    [InlineData("\"vCPU\"", null)]
    [InlineData("\"-1 vCPU\"", null)]
    [InlineData("\"99999999999999999 vCPU\"", null)]
    [InlineData("\"many\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void Reads_units_however_they_are_spelled(string json, long? units)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(units, CpuUnits.Read(new Field(document.RootElement)));
    }
}
