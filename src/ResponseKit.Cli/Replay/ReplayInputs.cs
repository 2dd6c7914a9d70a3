using System.CommandLine;
using System.Globalization;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;

namespace ResponseKit.Cli.Replay;

/// <summary>The options of <c>replay</c> that say what to judge and by what, and what stands behind them.</summary>
internal sealed class ReplayInputs
{
    private readonly Option<string?> policy = new("--policy") { Description = "The policy file to judge by, such as responsekit.json. The defaults without it." };

    private readonly Option<string[]> whatIf = new("--what-if")
    {
        Description = "Judges by a second policy beside the first, which differs by KEY=VALUE, such as threshold=60 or correlation.caps.recon=10. "
            + "May stand several times.",
    };

    private readonly Option<string?> baseline = new("--baseline") { Description = "What is usual for whom: a file that --learn wrote." };

    private readonly Option<string?> learn = new("--learn")
    {
        Description = "Learns from every record what is usual for whom, and writes it to this file. What the file holds already is used and kept.",
    };

    private readonly Option<string?> actor = new("--actor")
    {
        Description = "Only incidents with an actor whose ARN has this in it; * and ? may stand for any text and character.",
    };

    private readonly Option<string?> from = new("--from")
    {
        Description = "Only records from this time on, such as 2025-11-02 or 2025-11-02T10:00:00Z (UTC without an offset).",
    };

    private readonly Option<string?> to = new("--to") { Description = "Only records before this time." };

    private readonly Option<string> verdict = new("--verdict") { Description = "Only incidents with at least this verdict.", DefaultValueFactory = _ => "watch" };

    private readonly Option<string> reads = new("--reads")
    {
        Description = "Which deployment to assume: one with -c reads=on, which is brought everything that detections listen to; or off, which is not brought calls that "
            + "only read, except those that open sessions.",
        DefaultValueFactory = _ => "on",
    };

    private readonly Option<int> cores = new("--cores")
    {
        Description = "How many files to read at the same time.",
        DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 16),
    };

    public ReplayInputs()
    {
        verdict.AcceptOnlyFromAmong([.. ReplayOptions.Verdicts]);
        reads.AcceptOnlyFromAmong("on", "off");
        Numbers.Within(cores, 1, 64, "a whole number");
    }

    /// <summary>The options, in the order of the help page.</summary>
    public IEnumerable<Option> All => [policy, whatIf, baseline, learn, actor, from, to, verdict, reads, cores];

    /// <summary>Reads the options and the files that they name; null, and what is wrong, when one cannot be.</summary>
    public async Task<(ReplayOptions? Options, string Problem)> ReadAsync(ParseResult parsed, string[] paths, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var text = parsed.GetValue(policy) is { } file ? await FileAsync(file, "--policy", problems, cancellationToken) ?? "{}" : "{}";
        // Reading nothing gives the defaults, too, but looks up every action first.
        var judged = text == "{}" ? new() : Policy(text, parsed.GetValue(policy) ?? "--policy", problems);
        var changes = parsed.GetValue(whatIf) ?? [];
        WhatIf? other = null;
        if (changes.Length > 0 && problems.Count == 0)
        {
            if (PolicyChanges.Apply(text, changes, out var problem) is { } changed)
                other = new(changes, Policy(changed, "--what-if", problems));
            else
                problems.Add(problem);
        }

        var usual = Baseline.Empty;
        if (parsed.GetValue(baseline) is { } known)
            usual = usual.Merge(await BaselineAsync(known, "--baseline", problems, cancellationToken));
        if (parsed.GetValue(learn) is { } learned && File.Exists(learned))
            usual = usual.Merge(await BaselineAsync(learned, "--learn", problems, cancellationToken));
        var options = new ReplayOptions(paths, judged)
        {
            WhatIf = other,
            Baseline = usual,
            LearnTo = parsed.GetValue(learn),
            From = Time(parsed.GetValue(from), "--from", DateTimeOffset.MinValue, problems),
            To = Time(parsed.GetValue(to), "--to", DateTimeOffset.MaxValue, problems),
            Actor = parsed.GetValue(actor),
            LeastVerdict = parsed.GetValue(verdict) ?? ReplayOptions.Verdicts[0],
            Reads = parsed.GetValue(reads) == "on",
            Parallelism = parsed.GetValue(cores),
        };
        if (options.From >= options.To)
            problems.Add("--to is not after --from, so there would be nothing to replay.");
        return problems.Count == 0 ? (options, "") : (null, string.Join('\n', problems));
    }

    private static async Task<string?> FileAsync(string file, string option, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"{option}: {file} could not be read: {error.Message}");
            return null;
        }
    }

    private static ResponsePolicy Policy(string text, string name, List<string> problems)
    {
        switch (PolicyFile.Parse(text, [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)]))
        {
            case PolicyResult.Loaded loaded:
                return loaded.Policy;
            case PolicyResult.Refused refused:
                problems.AddRange(refused.Errors.Select(error => $"{name}, {error}"));
                break;
        }

        return new();
    }

    private static async Task<Baseline> BaselineAsync(string file, string option, List<string> problems, CancellationToken cancellationToken)
    {
        if (await FileAsync(file, option, problems, cancellationToken) is not { } text)
            return Baseline.Empty;
        if (BaselineFile.Read(text, out var problem) is { } baseline)
            return baseline;
        problems.Add($"{option}: {file}: {problem}. Accepted: a file that --learn wrote, or one that does not exist yet.");
        return Baseline.Empty;
    }

    private static DateTimeOffset Time(string? text, string option, DateTimeOffset without, List<string> problems)
    {
        if (text is null)
            return without;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        problems.Add($"{option} is '{text}'. Accepted: a time such as 2025-11-02 or 2025-11-02T10:00:00Z.");
        return without;
    }
}
