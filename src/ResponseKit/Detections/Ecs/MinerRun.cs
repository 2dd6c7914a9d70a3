using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>
/// Whether a container's command runs a miner. The name in an image's tag, a branch, a search pattern or any other argument proves nothing: people and
/// programs choose such texts for many reasons.
/// </summary>
internal static class MinerRun
{
    private const int MaxWords = 2000;

    // What runs the command behind it.
    private static readonly string[] Wrappers = ["exec", "nohup", "sudo", "env", "nice", "setsid", "time", "sh", "bash", "ash", "/bin/sh", "/bin/bash", "/bin/ash"];

    private static readonly string[] Ends = [";", "&&", "||", "|", "&", "then", "do", "else"];

    /// <summary>By which a miner is told where its pool is: of what follows a stratum address, nothing else connects to it.</summary>
    private static readonly string[] PoolOptions = ["-o", "--url", "--pool", "-P", "--server", "--host"];

    /// <summary>The sign of the miner that is run; null when none is.</summary>
    public static Miners.Sign? Of(Field container)
    {
        var isFirst = true;
        var before = "";
        foreach (var word in Words(container))
        {
            if (isFirst && Miners.Find(Program(word)) is { Kind: Miners.SignKind.Program } program)
                return program;
            if (Miners.Find(word) is { Kind: Miners.SignKind.Argument } argument && IsUsed(word, argument, before))
                return argument;
            isFirst = Ends.Contains(word) || (isFirst && (Wrappers.Contains(word) || word[0] == '-' || word.Contains('=', StringComparison.Ordinal)));
            before = word;
        }

        return null;
    }

    // Docker joins both lists; what a shell is given as one text has words of its own.
    private static IEnumerable<string> Words(Field container) => container["entryPoint"].Items.Concat(container["command"].Items)
        .SelectMany(item => (item.Text ?? "").Replace(";", " ; ", StringComparison.Ordinal)
            .Split([' ', '\t', '\n', '\r', '\'', '"', '(', ')', '`'], StringSplitOptions.RemoveEmptyEntries))
        .Take(MaxWords);

    private static string Program(string word) => word[(word.LastIndexOf('/') + 1)..];

    private static bool IsUsed(string word, Miners.Sign argument, string before)
    {
        if (argument.Text.StartsWith("--", StringComparison.Ordinal))
            return word.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase);
        return word.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase)
            ? PoolOptions.Contains(before)
            : PoolOptions.Any(option => word.StartsWith($"{option}={argument.Text}", StringComparison.OrdinalIgnoreCase) || word.StartsWith(option + argument.Text, StringComparison.Ordinal));
    }
}
