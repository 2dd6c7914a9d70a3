using System.Buffers;

namespace ResponseKit.Detections;

/// <summary>The names and arguments by which mining programs give themselves away on a command line.</summary>
internal static class Miners
{
    /// <summary>Programs. Each must stand as a word of its own, so that "minerd" is not found in "minerdata".</summary>
    private static readonly string[] Programs =
    [
        "xmrig", "xmr-stak", "srbminer", "lolminer", "phoenixminer", "nbminer", "gminer", "teamredminer", "ethminer", "cpuminer", "minerd", "ccminer",
        "cgminer", "bfgminer", "nanominer", "bzminer", "wildrig", "onezerominer", "hellminer", "kawpowminer", "cryptodredge", "nsfminer", "astrominer",
    ];

    /// <summary>Arguments and protocols that nothing but mining uses.</summary>
    private static readonly string[] Arguments =
    [
        "stratum+tcp", "stratum+ssl", "stratum+tls", "stratum1+", "stratum2+", "stratum://", "stratums://", "--donate-level", "--donate-over-proxy",
        "--randomx-", "--coin=monero", "--coin monero", "--coin=xmr", "--coin xmr", "--algorithm randomx", "--algo randomx", "--algo=randomx",
    ];

    /// <summary>Mining pools. A company in that trade may name them in a legitimate setting.</summary>
    private static readonly string[] Pools =
    [
        "supportxmr.com", "minexmr.com", "nanopool.org", "hashvault.pro", "moneroocean.stream", "c3pool", "herominers.com", "rplant.xyz", "unmineable.com",
        "nicehash.com", "2miners.com", "f2pool.com", "ethermine.org", "woolypooly.com", "zpool.ca", "zergpool.com", "minergate.com", "kryptex.network",
        "xmrpool.eu", "monerohash.com", "flexpool.io", "prohashing.com", "miningpoolhub.com", "suprnova.cc", "ravenminer.com", "luckpool.net", "antpool.com",
    ];

    private static readonly SearchValues<string> Words = SearchValues.Create([.. Programs, .. Arguments, .. Pools], StringComparison.OrdinalIgnoreCase);

    /// <summary>What gave it away.</summary>
    /// <param name="Text">The word found, as it is known here, not as it was written.</param>
    /// <param name="Kind">What it is.</param>
    public sealed record Sign(string Text, SignKind Kind);

    /// <summary>What gives a miner away.</summary>
    public enum SignKind
    {
        /// <summary>The name of a program.</summary>
        Program,

        /// <summary>An argument or protocol.</summary>
        Argument,

        /// <summary>A pool's address.</summary>
        Pool,
    }

    /// <summary>The surest sign in a text, or null when it has none.</summary>
    public static Sign? Find(ReadOnlySpan<char> text)
    {
        Sign? pool = null;
        for (var at = text.IndexOfAny(Words); at >= 0; at = Next(text, at))
        {
            var rest = text[at..];
            if (Program(text, at) is { } program)
                return new Sign(program, SignKind.Program);
            if (StartOf(rest, Arguments) is { } argument)
                return new Sign(argument, SignKind.Argument);
            if (StartOf(rest, Pools) is { } address)
                pool ??= new Sign(address, SignKind.Pool);
        }

        return pool;
    }

    private static int Next(ReadOnlySpan<char> text, int at)
    {
        var next = text[(at + 1)..].IndexOfAny(Words);
        return next < 0 ? -1 : at + 1 + next;
    }

    private static string? Program(ReadOnlySpan<char> text, int at)
    {
        if (StartOf(text[at..], Programs) is not { } program || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
            return null;
        var end = at + program.Length;
        return end < text.Length && char.IsLetter(text[end]) ? null : program;
    }

    private static string? StartOf(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return word;
        }

        return null;
    }
}
