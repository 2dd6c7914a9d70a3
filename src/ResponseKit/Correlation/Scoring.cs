namespace ResponseKit.Correlation;

/// <summary>
/// How parts become a score. A deployment makes things and knows what it may do; a thief has to find out, is somewhere he never was, or has been
/// found out by somebody else. Without any of that the evidence is discounted; with it, many kinds of evidence in a rush weigh more.
/// </summary>
internal static class Scoring
{
    /// <summary>From this part on a category is more than an accident.</summary>
    public const int Significant = 12;

    /// <summary>Being somewhere new happens to travellers too: from here on it is more than that.</summary>
    public const int SignificantNovelty = 20;

    /// <summary>How many significant categories a patient attacker shows within the long window.</summary>
    public const int ManyCategories = 4;

    private const double Discount = 0.75;
    private const double EstateDiscount = 0.6;

    // In half a day an honest engineer does many things, too.
    private const double LongDiscount = 0.8;

    /// <summary>Whether the evidence shows somebody who does not belong there.</summary>
    public static bool IsStranger(in Parts parts) =>
        parts[SignalCategory.PermissionProbing] >= Significant
        || parts[SignalCategory.ExternalFinding] >= Significant
        || parts[SignalCategory.Novelty] >= SignificantNovelty;

    /// <summary>What the sum of parts is multiplied with.</summary>
    /// <param name="parts">The evidence within the window.</param>
    /// <param name="rush">The evidence within the last minutes of it.</param>
    /// <param name="hasCostly">Whether there is costly compute in it: an estate of modest things is a deployment's, however large.</param>
    public static double Factor(in Parts parts, in Parts rush, bool hasCostly)
    {
        if (!IsStranger(parts))
            return hasCostly ? Discount : EstateDiscount;
        return rush.CountAtLeast(Significant) switch
        {
            <= 2 => 1,
            3 => 1.5,
            _ => 2,
        };
    }

    /// <summary>The score of a window.</summary>
    public static int Of(in Parts parts, in Parts rush, bool hasCostly) => (int)(parts.Sum * Factor(parts, rush, hasCostly));

    /// <summary>The score of the long window: nothing, unless the evidence is of many kinds and a stranger's.</summary>
    public static int OfLong(in Parts parts) => IsStranger(parts) && parts.CountAtLeast(Significant) >= ManyCategories ? (int)(parts.Sum * LongDiscount) : 0;
}
