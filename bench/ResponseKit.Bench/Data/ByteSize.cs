using System.Globalization;

namespace ResponseKit.Bench.Data;

/// <summary>Sizes as people write them: 50MB, 1.5GB; thousands, not 1024s.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, double Bytes)[] Units = [("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("B", 1)];

    /// <summary>The number of bytes; null when the text is no size.</summary>
    public static long? Parse(string text)
    {
        foreach (var (unit, bytes) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                continue;
            var isNumber = double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
            return isNumber && number > 0 ? (long)(number * bytes) : null;
        }

        return null;
    }
}
