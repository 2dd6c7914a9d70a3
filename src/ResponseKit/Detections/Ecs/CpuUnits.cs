using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>
/// CPU as ECS takes it: units of 1/1,024 vCPU as text or number, or text such as <c>16 vCPU</c>
/// (Amazon ECS API Reference, "RegisterTaskDefinition", cpu).
/// </summary>
internal static class CpuUnits
{
    private const decimal MaxVcpus = 1_000_000;

    /// <summary>The units, or null when the field is missing or says something else.</summary>
    public static long? Read(Field cpu)
    {
        if (cpu.Number is { } units)
            return units;
        if (cpu.Text is not { Length: <= 32 } text || !text.EndsWith("vCPU", StringComparison.OrdinalIgnoreCase))
            return null;
        return decimal.TryParse(text.AsSpan(0, text.Length - 4).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var vcpus) && vcpus <= MaxVcpus
            ? (long)(vcpus * 1024)
            : null;
    }
}
