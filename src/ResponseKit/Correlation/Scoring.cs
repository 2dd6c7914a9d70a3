namespace ResponseKit.Correlation;

/// <summary>
/// How parts become a score, which measures intent. A deployment makes things and knows what it may do; a thief has to find out, or has been found out by somebody
/// else. Without any of that the evidence is discounted; with it, many kinds of evidence in a rush weigh more.
/// </summary>
internal static class Scoring
{
    /// <summary>From this part on a category is more than an accident.</summary>
    public const int Significant = 12;

    /// <summary>Being somewhere new happens to travellers too: from here on it is more than that.</summary>
    public const int SignificantNovelty = 20;

    /// <summary>One small machine is protected by anybody; from here on it is compute that somebody wants to keep.</summary>
    public const int SignificantObstruction = 20;

    /// <summary>How many significant categories a patient attacker shows within the long window.</summary>
    public const int ManyCategories = 4;

    /// <summary>From so many dollars an hour on a stranger's compute hurts.</summary>
    public const decimal HurtingUsdPerHour = 10;

    /// <summary>From this weight on a pattern is worth a look with a found credential. An application that starts reads many secrets, too.</summary>
    public const int TellingPattern = 20;

    /// <summary>From this score on it is worth a look what somebody made who had looked around with a found credential.</summary>
    public const int WorthALook = 10;

    /// <summary>From this weight on a pattern hurts by itself: production lines, sweeps through most regions.</summary>
    public const int HurtingPattern = 25;

    private const double Discount = 0.75;
    private const double EstateDiscount = 0.6;

    // In half a day an honest engineer does many things, too.
    private const double LongDiscount = 0.8;

    /// <summary>What the sum of parts is multiplied with.</summary>
    public static double Factor(in WindowFacts facts)
    {
        if (!facts.IsStranger)
            return facts.HasLook ? 1 : facts.HasCostly ? Discount : EstateDiscount;
        // Who is merely elsewhere, or does something new, is not in more of a hurry for it.
        if (!facts.IsKnownStranger)
            return 1;
        var kinds = facts.Rush.Without(SignalCategory.Novelty).CountAtLeast(Significant) + (facts.Pattern >= Significant ? 1 : 0);
        return kinds switch
        {
            <= 2 => 1,
            3 => 1.5,
            _ => 2,
        };
    }

    /// <summary>The score of a window.</summary>
    public static int Of(in WindowFacts facts) => (int)(facts.Parts.Sum * Factor(facts));

    /// <summary>The score of the long window: nothing, unless the evidence is of many kinds and a stranger's.</summary>
    public static int OfLong(in WindowFacts facts) =>
        facts.IsStranger && facts.Parts.CountAtLeast(Significant) >= ManyCategories ? (int)(facts.Parts.Sum * LongDiscount) : 0;
}
