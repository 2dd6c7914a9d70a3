using System.Globalization;
using System.Text.Json;
using ResponseKit.Bench.Measuring;

namespace ResponseKit.Bench.Rivals;

/// <summary>Everybody who is measured. The second is what the others are compared with.</summary>
internal static class Contenders
{
    /// <summary>The name of what the others are compared with.</summary>
    public const string Baseline = "gzip -dc";

    public static IReadOnlyList<Contender> All(string responsekit) =>
    [
        new("responsekit replay", "everything: decompresses, reads, detects, correlates, reports as JSON",
            (data, cores) => ["dotnet", responsekit, "replay", "--format", "json", "--cores", $"{cores}", data])
        {
            // 1 says that there are incidents.
            Succeeded = code => code is 0 or 1,
            Records = output => JsonDocument.Parse(output).RootElement.GetProperty("recordsRead").GetInt64(),
        },
        new(Baseline, "gunzip alone: decompresses, to nowhere; on two cores two at a time",
            (data, cores) => Shell($"find \"$1\" -name '*.json.gz' -print0 | xargs -0 -P {cores} -n {(cores == 1 ? 100_000 : 16)} gzip -dc > /dev/null", data))
        {
            Missing = Program("gzip"),
        },
        new("GZipStream", "gunzip alone, as .NET does it: decompresses, to nowhere", (data, cores) => Own("gunzip", data, cores)),
        new("Utf8JsonReader", "GZipStream, then a plain Utf8JsonReader pass that reads only eventName, and counts", (data, cores) => Own("names", data, cores))
        {
            Records = Number,
        },
        new("jq", "gzip -dc | jq | sort | uniq -c: counts by eventName",
            (data, _) => Shell("find \"$1\" -name '*.json.gz' -print0 | xargs -0 gzip -dc | jq -r '.Records[].eventName' | LC_ALL=C sort | uniq -c", data))
        {
            Missing = Program("jq"), Records = FirstColumn,
        },
        DuckDb(),
        new("Python json", "gzip and json.load, a Counter by eventName; on two cores in two processes",
            (data, cores) => [Python, Repository.Script("group_by.py"), data, $"{cores}"])
        {
            Missing = Program("python3"), Records = Number,
        },
    ];

    // A version manager's shell script on the path would be measured too.
    private static string Python { get; } = TimedProcess.Find("python3") is { } found ? Interpreter(found) : "python3";

    private static string Interpreter(string found)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(found, ["-c", "import sys; print(sys.executable)"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static Contender DuckDb()
    {
        const string Does = "read_json of Records(eventName) only, count(*) by eventName";
        if (TimedProcess.Find("duckdb") is not null)
        {
            return new("DuckDB", Does, (data, cores) => ["duckdb", "-csv", "-noheader", "-c", $"SET threads = {cores}; {Sql(data)}"]) { Records = Number };
        }

        return new("DuckDB", Does, (data, cores) => ["node", Repository.Script("duckdb.mjs"), $"{cores}", Sql(data)])
        {
            Missing = TimedProcess.Find("node") is not null && Directory.Exists(Repository.Script("node_modules/@duckdb/node-api")) ? null
                : "install the command line tool 'duckdb', or Node.js and: npm install --no-save --prefix bench/rivals @duckdb/node-api",
            Records = Number,
        };
    }

    private static string Sql(string data) =>
        $$"""
        SELECT sum(n)::BIGINT FROM (SELECT record.eventName AS name, count(*) AS n
        FROM (SELECT unnest(Records) AS record FROM read_json('{{data.Replace("'", "''", StringComparison.Ordinal)}}/**/*.json.gz',
        columns = {Records: 'STRUCT(eventName VARCHAR)[]'}, format = 'unstructured', maximum_object_size = 1000000000)) GROUP BY name)
        """;

    private static string[] Shell(string script, string data) => ["sh", "-c", script, "sh", data];

    private static string[] Own(string pass, string data, int cores) => ["dotnet", typeof(Contenders).Assembly.Location, "pass", pass, data, $"{cores}"];

    private static string? Program(string name) => TimedProcess.Find(name) is null ? $"install the package '{name}'" : null;

    private static long Number(string output) => long.Parse(output.Trim(), CultureInfo.InvariantCulture);

    private static long FirstColumn(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line => Number(line.Trim().Split(' ')[0]));
}
