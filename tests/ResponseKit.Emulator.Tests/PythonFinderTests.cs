using System.IO.Compression;

namespace ResponseKit.Emulator.Tests;

/// <summary>What is required here is a package made by the test itself, so that no registry is needed.</summary>
public sealed class PythonFinderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Takes_a_python_of_the_machine_that_has_what_is_required()
    {
        var python = await new PythonFinder(Options(), "pip==" + await PipVersionAsync()).FindAsync(CancellationToken.None);

        Assert.True(Path.IsPathRooted(python));
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public async Task Makes_a_private_environment_once_when_no_python_has_it()
    {
        MakeWheel("responsekit_probe", "1.0");
        var told = new List<string>();
        var options = Options() with { Progress = told.Add };

        var first = await new PythonFinder(options, "responsekit_probe==1.0").FindAsync(CancellationToken.None);
        var second = await new PythonFinder(options, "responsekit_probe==1.0").FindAsync(CancellationToken.None);

        Assert.StartsWith(folder.Path, first, StringComparison.Ordinal);
        Assert.Equal(first, second);
        Assert.Equal(2, told.Count);
        var run = await ProcessRun.ExecuteAsync(first, ["-c", "import responsekit_probe"], options.Environment, CancellationToken.None);
        Assert.Equal(0, run?.ExitCode);
    }

    [Fact]
    public async Task What_comes_in_handy_later_is_installed_with_what_is_needed()
    {
        MakeWheel("responsekit_probe", "3.0");
        MakeWheel("responsekit_linter", "1.5");
        const string both = "responsekit_probe==3.0 responsekit_linter==1.5";

        var first = await new PythonFinder(Options(), "responsekit_probe==3.0", both).FindAsync(CancellationToken.None);
        var second = await new PythonFinder(Options() with { Environment = NoRegistry }, both).FindAsync(CancellationToken.None);

        Assert.Equal(first, second);
        var run = await ProcessRun.ExecuteAsync(second, ["-c", "import responsekit_probe, responsekit_linter"], NoRegistry, CancellationToken.None);
        Assert.Equal(0, run?.ExitCode);
    }

    [Fact]
    public async Task A_python_with_only_a_part_of_what_is_needed_is_not_taken_and_one_command_installs_all()
    {
        var pip = "pip==" + await PipVersionAsync();
        var error = await Assert.ThrowsAsync<EmulatorUnavailableException>(
            () => new PythonFinder(Options(), $"{pip} responsekit_absent==9.9").FindAsync(CancellationToken.None));

        Assert.EndsWith($"-m pip install \"{pip}\" \"responsekit_absent==9.9\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installs_once_when_two_processes_want_it_at_the_same_time()
    {
        MakeWheel("responsekit_probe", "2.0");
        var told = new System.Collections.Concurrent.ConcurrentBag<string>();
        var options = Options() with { Progress = told.Add };

        var both = await Task.WhenAll(
            new PythonFinder(options, "responsekit_probe==2.0").FindAsync(CancellationToken.None),
            new PythonFinder(options, "responsekit_probe==2.0").FindAsync(CancellationToken.None));

        Assert.Equal(both[0], both[1]);
        Assert.Single(told, line => line.StartsWith("Installed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_the_command_to_run_when_installing_fails()
    {
        var error = await Assert.ThrowsAsync<EmulatorUnavailableException>(
            () => new PythonFinder(Options(), "responsekit_absent==9.9").FindAsync(CancellationToken.None));

        Assert.Contains("responsekit_absent==9.9", error.Message, StringComparison.Ordinal);
        Assert.Matches("\n  \\S+ -m pip install \"responsekit_absent==9.9\"$", error.Message);
    }

    [Fact]
    public async Task Names_the_command_to_run_when_there_is_no_python()
    {
        var error = await Assert.ThrowsAsync<EmulatorUnavailableException>(
            () => new PythonFinder(Options() with { PythonCommands = ["no-such-python"] }, "pip==1").FindAsync(CancellationToken.None));

        Assert.Contains("needs Python 3.11 or newer", error.Message, StringComparison.Ordinal);
        Assert.Matches("\n  \\S+.* install .*python", error.Message.ToLowerInvariant());
    }

    [Fact]
    public async Task Says_so_when_the_cache_folder_cannot_be_written()
    {
        var file = Path.Combine(folder.Path, "a-file");
        await File.WriteAllTextAsync(file, "");

        var error = await Assert.ThrowsAsync<EmulatorUnavailableException>(
            () => new PythonFinder(Options() with { CacheFolder = Path.Combine(file, "cache") }, "responsekit_absent==9.9").FindAsync(CancellationToken.None));

        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static Dictionary<string, string> NoRegistry => new(StringComparer.Ordinal) { ["PIP_NO_INDEX"] = "1" };

    private EmulatorOptions Options() => new()
    {
        CacheFolder = Path.Combine(folder.Path, "cache"),
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PIP_NO_INDEX"] = "1", ["PIP_FIND_LINKS"] = folder.Path },
    };

    private static async Task<string> PipVersionAsync()
    {
        var run = await ProcessRun.ExecuteAsync(
            "python3", ["-c", "import importlib.metadata as m; print(m.version('pip'))"], new EmulatorOptions().Environment, CancellationToken.None);
        return run!.Output.Trim();
    }

    /// <summary>A wheel is a zip archive with a module and three files about it (Python Packaging User Guide, "Binary distribution format").</summary>
    private void MakeWheel(string name, string version)
    {
        using var wheel = ZipFile.Open(Path.Combine(folder.Path, $"{name}-{version}-py3-none-any.whl"), ZipArchiveMode.Create);
        var info = $"{name}-{version}.dist-info";
        Write($"{name}.py", "");
        Write($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
        Write($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Write($"{info}/RECORD", $"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n");

        void Write(string path, string text)
        {
            using var writer = new StreamWriter(wheel.CreateEntry(path).Open());
            writer.Write(text);
        }
    }
}
