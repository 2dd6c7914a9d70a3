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
            - {results[0].Rounds.Length} rounds, each contender once a round in changing order. Figures are the median, with the least and the most in parentheses.

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

    private static void Table(StringBuilder text, List<Result> group, IReadOnlyList<Result> all)
    {
        var baseline = group.Single(result => result.Contender.Name == Contenders.Baseline);
        var product = group[0];
        var isOne = group[0].Cores == 1;
        text.Append(CultureInfo.InvariantCulture, $"\n## On {(isOne ? "one core" : $"{group[0].Cores} cores")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| | Wall time, s | Processor time, s | Wall, times {Contenders.Baseline} | Processor, times {Contenders.Baseline} | responsekit is so many times as fast | Peak memory |{(isOne ? "" : " Faster than on one core |")}\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- | --- | --- | --- | --- | --- | --- |{(isOne ? "" : " --- |")}\n");
        foreach (var result in group)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Contender.Name} | {Of(result.Wall)} | {Of(result.Processor)} | {Of(result.Times(baseline, Wall))} | {Of(result.Times(baseline, Processor))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {(result == product ? "" : Of(result.Times(product, isOne ? Processor : Wall)))} | {result.PeakBytes / 1e6:0} MB |");
            text.Append(isOne || all.FirstOrDefault(one => one.Cores == 1 && one.Contender == result.Contender) is not { } alone ? "" : $" {Of(alone.Times(result, Wall))} |");
            text.Append('\n');
        }
    }

    private static double Wall(Measurement measured) => measured.Wall;

    private static double Processor(Measurement measured) => measured.Processor;

    private static string Of(Spread spread) => string.Create(CultureInfo.InvariantCulture, $"{spread.Middle:0.00} ({spread.Least:0.00}–{spread.Most:0.00})");
}
