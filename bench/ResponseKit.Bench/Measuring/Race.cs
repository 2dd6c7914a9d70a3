using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Bench.Rivals;

namespace ResponseKit.Bench.Measuring;

/// <summary>What one contender took on a number of cores, round by round.</summary>
internal sealed record Result(Contender Contender, int Cores, ImmutableArray<Measurement> Rounds)
{
    public Spread Wall => Spread.Of(Rounds.Select(round => round.Wall));

    public Spread Processor => Spread.Of(Rounds.Select(round => round.Processor));

    public long PeakBytes => Rounds.Max(round => round.PeakBytes);

    /// <summary>How many times as much as another one, round by round: what disturbed one of them disturbed its neighbour too.</summary>
    public Spread Times(Result other, Func<Measurement, double> figure) => Spread.Of(Rounds.Zip(other.Rounds, (mine, its) => figure(mine) / figure(its)));
}

/// <summary>Runs all contenders in turn, as often as there are rounds, after one round that does not count and in which their answers are compared.</summary>
internal static class Race
{
    public static async Task<ImmutableArray<Result>> RunAsync(
        IReadOnlyList<Contender> contenders, IReadOnlyList<int> cores, string data, int rounds, TextWriter console, CancellationToken cancellationToken)
    {
        var runs = cores.SelectMany(count => contenders.Select(contender => (contender, count)))
            .ToDictionary(run => run, _ => ImmutableArray.CreateBuilder<Measurement>(rounds));
        await CompareAnswersAsync(contenders, data, cores[^1], cancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var count in cores)
            {
                // Another one begins each round.
                foreach (var contender in contenders.Skip(round % contenders.Count).Concat(contenders.Take(round % contenders.Count)))
                {
                    var measured = await MeasureAsync(contender, data, count, cancellationToken);
                    runs[(contender, count)].Add(measured);
                    await console.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round + 1}, {count} core{(count == 1 ? "" : "s")}: {contender.Name,-20} "
                        + $"{measured.Wall,7:0.00} s, {measured.Processor,7:0.00} s of processor time, {measured.PeakBytes / 1e6,6:0} MB"));
                }
            }
        }

        return [.. runs.Select(run => new Result(run.Key.contender, run.Key.count, run.Value.DrainToImmutable()))];
    }

    public static async Task<Measurement> MeasureAsync(Contender contender, string data, int cores, CancellationToken cancellationToken)
    {
        var measured = await TimedProcess.RunAsync(contender.Command(data, cores), cores, cancellationToken);
        return contender.Succeeded(measured.ExitCode)
            ? measured
            : throw new InvalidOperationException($"{contender.Name} failed with exit code {measured.ExitCode}: "
                + $"{measured.Output[..Math.Min(measured.Output.Length, 2000)]}");
    }

    private static async Task CompareAnswersAsync(IReadOnlyList<Contender> contenders, string data, int cores, CancellationToken cancellationToken)
    {
        var answers = new List<(string Name, long Records)>();
        foreach (var contender in contenders)
        {
            var measured = await MeasureAsync(contender, data, cores, cancellationToken);
            if (contender.Records is { } records)
                answers.Add((contender.Name, records(measured.Output)));
        }

        if (answers.Select(answer => answer.Records).Distinct().Count() > 1)
            throw new InvalidOperationException($"They do not agree on how many records there are: "
                + $"{string.Join(", ", answers.Select(answer => $"{answer.Name} {answer.Records}"))}.");
    }
}
