using System.Globalization;
using System.Text;
using ResponseKit.Bench.Rivals;

namespace ResponseKit.Bench.Measuring;

/// <summary>Writes the results of a race as Markdown.</summary>
internal static class ResultsDocument
{
    /// <param name="results">All results, of contenders and cores.</param>
    /// <param name="missing">Who could not take part.</param>
    /// <param name="data">What was read, for a person.</param>
    /// <param name="disturbance">How busy the machine was otherwise, for a person.</param>
    public static string Write(IReadOnlyList<Result> results, IReadOnlyList<Contender> missing, string data, string disturbance)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Results

            Written by `bench run`; [README.md](README.md) tells what is measured and how to read it.

            - Machine: {Machine.About}. {disturbance}
            - Input: {data}.
            - responsekit: {Product.Published}.
            - {results[0].Rounds.Length} rounds, each contender once a round in changing order. Figures are the median, with the least and the most in parentheses;
              ratios are made within each round.

            """);
        foreach (var group in results.GroupBy(result => result.Cores))
            Table(text, [.. group], results);
        text.Append("\n## Who does what\n\n");
        foreach (var contender in results.Select(result => result.Contender).Distinct())
            text.Append(CultureInfo.InvariantCulture, $"- {contender.Name}: {contender.Does}.\n");
        foreach (var contender in missing)
            text.Append(CultureInfo.InvariantCulture, $"- {contender.Name}: **not measured**, because it is not installed. To have it measured, {contender.Missing}.\n");
        return text.ToString();
    }

    // On one core processor time is what the work takes, however much others disturb; on several it is wall time that people wait for.
    private static void Table(StringBuilder text, List<Result> group, IReadOnlyList<Result> all)
    {
        var (baseline, product) = (group.Single(result => result.Contender.Name == Contenders.Baseline), group[0]);
        var isOne = group[0].Cores == 1;
        Func<Measurement, double> figure = isOne ? Processor : Wall;
        text.Append(CultureInfo.InvariantCulture, $"\n## On {(isOne ? "one core, by processor time" : $"{group[0].Cores} cores, by wall time")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| | Times {Contenders.Baseline} | Times responsekit | Processor time, s | Wall time, s ");
        text.Append(CultureInfo.InvariantCulture, $"| {(isOne ? "" : "Faster than on one core | ")}Peak memory |\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- | --- | --- | --- | --- | --- |{(isOne ? "" : " --- |")}\n");
        foreach (var result in group)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Contender.Name} | {Of(result.Times(baseline, figure))} | {Of(result.Times(product, figure))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Of(result.Processor)} | {Of(result.Wall)} ");
            text.Append(isOne || all.FirstOrDefault(one => one.Cores == 1 && one.Contender == result.Contender) is not { } alone
                ? "" : $"| {Of(alone.Times(result, Wall))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {result.PeakBytes / 1e6:0} MB |\n");
        }
    }

    private static double Wall(Measurement measured) => measured.Wall;

    private static double Processor(Measurement measured) => measured.Processor;

    private static string Of(Spread spread) => string.Create(CultureInfo.InvariantCulture, $"{spread.Middle:0.00} ({spread.Least:0.00}–{spread.Most:0.00})");
}
