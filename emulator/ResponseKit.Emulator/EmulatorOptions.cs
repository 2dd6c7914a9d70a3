namespace ResponseKit.Emulator;

/// <summary>How the emulator is found and started. The defaults suit everybody.</summary>
public sealed record EmulatorOptions
{
    /// <summary>Told one line at a time about what takes long, such as an installation. May be called from any thread.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <summary>Where the Python package <c>responsekit_emulator</c> and <c>requirements.txt</c> lie: beside the running program.</summary>
    public string PackageFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "emulator");

    /// <summary>Where a private virtual environment is made when no Python of the machine has the pinned moto. About 300 MB.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>The Python commands to try, in this order.</summary>
    public IReadOnlyList<string> PythonCommands { get; init; } =
        ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

    /// <summary>Further environment variables for Python, also while installing.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long the emulator may take to answer.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an installation may take, waiting for another process that is installing included.</summary>
    public TimeSpan InstallTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether the emulator goes on when this program ends, until somebody ends it by its process id. Otherwise it ends with this program,
    /// however that ends.
    /// </summary>
    public bool KeepRunning { get; init; }

    private static string DefaultCacheFolder()
    {
        var user = System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(user.Length > 0 ? user : Path.GetTempPath(), "responsekit");
    }
}
