using System.Globalization;

namespace ResponseKit.Detections.Costs;

/// <summary>Writes prices as people say them.</summary>
public static class Dollars
{
    /// <summary>Such as "about $5,200 an hour"; two figures are as exact as it is.</summary>
    public static string AnHour(decimal usdPerHour) => $"about ${Amount(usdPerHour)} an hour";

    /// <summary>Such as <c>5,200</c>, <c>0.05</c>.</summary>
    public static string Amount(decimal usd)
    {
        if (usd < 0.01m)
            return usd <= 0 ? "0" : "0.01";
        var unit = 0.01m;
        while (usd / unit >= 100)
            unit *= 10;
        return (Math.Round(usd / unit) * unit).ToString("#,##0.##", CultureInfo.InvariantCulture);
    }
}
