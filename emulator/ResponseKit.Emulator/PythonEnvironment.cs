using System.Security.Cryptography;
using System.Text;

namespace ResponseKit.Emulator;

/// <summary>A private virtual environment in the user's cache folder, made once and used by every run and test process.</summary>
internal sealed class PythonEnvironment(EmulatorOptions options, string requirement)
{
    private readonly string folder = Path.Combine(options.CacheFolder, "python-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(requirement)))[..12]);

    private string Executable => OperatingSystem.IsWindows() ? Path.Combine(folder, "Scripts", "python.exe") : Path.Combine(folder, "bin", "python");

    /// <summary>Makes the environment unless it is there, and returns its Python.</summary>
    public async Task<string> EnsureAsync(
        string basePython, Func<string, CancellationToken, Task<PythonFinder.Python?>> lookAt, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.InstallTimeout);
        try
        {
            Directory.CreateDirectory(options.CacheFolder);
            await using var turn = await TakeTurnAsync(deadline.Token);
            if (File.Exists(Executable) && await lookAt(Executable, deadline.Token) is { Complete: true } ready)
                return ready.Executable;
            await InstallAsync(basePython, deadline.Token);
            return Executable;
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmulatorUnavailableException($"Installing {requirement} took longer than {options.InstallTimeout.TotalMinutes:0} minutes. {ByHand(basePython)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EmulatorUnavailableException($"The folder {options.CacheFolder} cannot be written: {error.Message} {ByHand(basePython)}", error);
        }
    }

    private async Task InstallAsync(string basePython, CancellationToken cancellationToken)
    {
        options.Progress($"Installing {requirement} for the emulated AWS into {folder}; this is done once and takes a minute or two.");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        await RunAsync(basePython, basePython, ["-m", "venv", folder], cancellationToken);
        await RunAsync(basePython, Executable, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", .. requirement.Split(' ')], cancellationToken);
        options.Progress($"Installed {requirement}.");
    }

    private async Task RunAsync(string basePython, string command, string[] arguments, CancellationToken cancellationToken)
    {
        var run = await ProcessRun.ExecuteAsync(command, arguments, options.Environment, cancellationToken);
        if (run is { ExitCode: 0 })
            return;
        var said = run?.Tail ?? $"{command} could not be started.";
        throw new EmulatorUnavailableException($"The emulated AWS needs the Python package {requirement.Replace(" ", " and ", StringComparison.Ordinal)}, and installing it failed:\n{said}\n{ByHand(basePython, said)}");
    }

    private string ByHand(string basePython, string said = "") =>
        said.Contains("ensurepip", StringComparison.Ordinal) && File.Exists("/etc/debian_version")
            ? "Install what Python's venv needs and run this again:\n  sudo apt-get install -y python3-venv"
            : $"Install it by hand and run this again:\n  {basePython} -m pip install {string.Join(' ', requirement.Split(' ').Select(one => $"\"{one}\""))}";

    // Several test processes start at once; one installs, the others wait for it.
    private async Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Directory.Exists(options.CacheFolder))
            {
                if (!told)
                    options.Progress($"Waiting for another process that installs {requirement}.");
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
            }
        }
    }
}
