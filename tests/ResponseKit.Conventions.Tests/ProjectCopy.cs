using System.Diagnostics;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>The project files, lock files and settings of the repository in a folder of their own, without a line of code: enough to restore and to evaluate.</summary>
internal sealed class ProjectCopy : IDisposable
{
    private static readonly string[] Folders = ["src", "infra", "emulator", "standins", "tests", "bench"];

    public ProjectCopy()
    {
        var files = Folders.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) || Path.GetFileName(file) == "packages.lock.json")
            .Concat(Directory.EnumerateFiles(Repository.Root, "Directory.*")).Append(Repository.PathOf("global.json"));
        foreach (var file in files)
        {
            var copy = PathOf(Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("responsekit-projects-").FullName;

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Runs a program in this folder, with its output and errors together.</summary>
    public Task<(int Code, string Output)> RunAsync(string program, params string[] arguments) => RunAsync([], program, arguments);

    public async Task<(int Code, string Output)> RunAsync(IEnumerable<(string Name, string Value)> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        // What the process that runs the tests says to MSBuild is not meant for another one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || name is "CI").ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
