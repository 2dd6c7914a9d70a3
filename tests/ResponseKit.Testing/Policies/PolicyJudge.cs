using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResponseKit.Testing.Linting;

namespace ResponseKit.Testing.Policies;

/// <summary>
/// Evaluates policy documents with the emulator's own evaluator, without an emulator: what the emulated AWS enforces and what tests of documents say are the
/// same. One process serves all tests of an assembly.
/// </summary>
public static class PolicyJudge
{
    private static readonly JsonSerializerOptions Sparse = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly Lock Turn = new();
    private static Process? judge;

    /// <summary>Whether a document denies a call, by a statement that says so.</summary>
    public static bool Denies(string document, string action, string resource, params (string Key, string Value)[] context) =>
        Verdict([document], action, resource, null, context) == "deny";

    /// <summary>Whether the documents allow a call, and none of them denies it.</summary>
    public static bool Allows(IReadOnlyList<string> documents, string action, string resource, params (string Key, string Value)[] context) =>
        Verdict(documents, action, resource, null, context) == "allow";

    /// <summary>What the policy of a resource says to a principal: <c>allow</c>, <c>deny</c> or <c>nothing</c>.</summary>
    public static string SaysTo(string principal, string document, string action, string resource, params (string Key, string Value)[] context) =>
        Verdict([document], action, resource, principal, context);

    private static string Verdict(IReadOnlyList<string> documents, string action, string resource, string? principal, (string Key, string Value)[] context)
    {
        var question = JsonSerializer.Serialize(
            new { documents, action, resource, principal, context = context.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal) }, Sparse);
        lock (Turn)
        {
            judge ??= Start();
            judge.StandardInput.WriteLine(question);
            judge.StandardInput.Flush();
            var said = judge.StandardOutput.ReadLine();
            return said is "allow" or "deny" or "nothing" ? said : throw new InvalidOperationException($"The judge of policies said: {said ?? judge.StandardError.ReadToEnd()}");
        }
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo(TemplateLinter.FindPythonAsync().GetAwaiter().GetResult(), ["-m", "responsekit_emulator.identity.judge"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = EmulatorFolder();
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        return process;
    }

    private static string EmulatorFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "emulator") is var emulator && Directory.Exists(Path.Combine(emulator, "responsekit_emulator")))
                return emulator;
        }

        throw new InvalidOperationException("The folder of the emulator is not above that of the tests.");
    }
}
