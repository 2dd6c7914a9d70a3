using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.Costs;

/// <summary>Numbers of things in requests that a hostile caller may have written.</summary>
internal static class Amounts
{
    /// <summary>More than anybody runs.</summary>
    public const long Most = 1_000_000;

    /// <summary>A whole number of things, never negative and never beyond measure.</summary>
    public static long Of(Field field, long otherwise) => Math.Clamp(field.Number ?? otherwise, 0, Most);

    /// <summary>A number with a fraction, also where it is spelled as a string.</summary>
    public static decimal? Fraction(Field field)
    {
        var text = field.Text ?? (field.IsPresent ? field.ToString() : "");
        return text.Length <= 16 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, Most) : null;
    }

    /// <summary>Such as "1 instance", "40 instances".</summary>
    public static string Text(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    /// <summary>What names a thing of an account and a region, for <see cref="Cost.Sets"/> and <see cref="Cost.Uses"/>; null where it has no name.</summary>
    public static string? Thing(CloudTrailRecord record, string kind, string? name) => name is null ? null : $"{kind} {record.Account} {record.Region} {name}";

    /// <summary>Whether a call's price counts: it took effect, and no service made it for something that counts already.</summary>
    public static bool Counts(CloudTrailRecord record) => record.Outcome.TookEffect && !Delegation.IsByService(record);
}
