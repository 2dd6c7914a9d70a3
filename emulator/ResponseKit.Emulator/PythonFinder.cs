using System.Text.Json;

namespace ResponseKit.Emulator;

/// <summary>Looks for a Python that has packages.</summary>
/// <param name="options">Where to look, and where to install.</param>
/// <param name="needed">The packages, each with its version and with spaces between, as pip writes them.</param>
/// <param name="installed">What is installed where no Python has them: these and others that come in handy later.</param>
internal sealed class PythonFinder(EmulatorOptions options, string needed, string installed)
{
    private const string Probe = """
        import importlib.metadata as m, importlib.util as u, json, re, sys
        def has(wanted):
            name, extra, version = re.match(r"([\w.-]+)(\[\w+\])?==(.+)", wanted).groups()
            try:
                have = m.version(name)
            except m.PackageNotFoundError:
                return False
            return have == version and (not extra or all(u.find_spec(p) for p in ("flask", "flask_cors", "werkzeug")))
        complete = all(has(wanted) for wanted in sys.argv[1:])
        print(json.dumps({"executable": sys.executable, "recent": sys.version_info >= (3, 11), "complete": complete}))
        """;

    /// <summary>Looks for a Python, and installs nothing else where none is found.</summary>
    public PythonFinder(EmulatorOptions options, string needed)
        : this(options, needed, needed)
    {
    }

    /// <summary>
    /// The executable of a Python that has what is required; failing that, of a private environment into which it is installed.
    /// </summary>
    /// <exception cref="EmulatorUnavailableException">There is no Python of 3.11 or newer, or the installation failed.</exception>
    public async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        string? bare = null;
        foreach (var command in options.PythonCommands)
        {
            var python = await LookAtAsync(command, cancellationToken);
            if (python is { Recent: true, Complete: true })
                return python.Executable;
            if (python is { Recent: true })
                bare ??= python.Executable;
        }

        if (bare is null)
            throw new EmulatorUnavailableException(NoPython());
        return await new PythonEnvironment(options, installed).EnsureAsync(bare, LookAtAsync, cancellationToken);
    }

    private async Task<Python?> LookAtAsync(string command, CancellationToken cancellationToken)
    {
        // Older Pythons stop at the probe's imports; that is answer enough.
        var run = await ProcessRun.ExecuteAsync(command, ["-c", Probe, .. needed.Split(' ')], options.Environment, cancellationToken);
        return run is { ExitCode: 0 } ? JsonSerializer.Deserialize<Python>(run.Output, JsonSerializerOptions.Web) : null;
    }

    private static string NoPython()
    {
        var command = OperatingSystem.IsWindows() ? "winget install Python.Python.3.13"
            : OperatingSystem.IsMacOS() ? "brew install python@3.13"
            : File.Exists("/etc/debian_version") ? "sudo apt-get install -y python3 python3-venv"
            : "sudo dnf install -y python3.13";
        return $"The emulated AWS needs Python 3.11 or newer, and none was found. Install it and run this again:\n  {command}";
    }

    /// <summary>What the probe says of a Python.</summary>
    internal sealed record Python(string Executable, bool Recent, bool Complete);
}
