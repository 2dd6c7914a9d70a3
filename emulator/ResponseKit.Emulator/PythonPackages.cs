namespace ResponseKit.Emulator;

/// <summary>The Python packages that requirements.txt names, each with its one version, as pip writes them.</summary>
/// <param name="Emulator">What the emulator runs on.</param>
/// <param name="All">All of them, with spaces between: what a private environment gets.</param>
internal sealed record PythonPackages(string Emulator, string All)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="EmulatorUnavailableException">The file is not there.</exception>
    public static async Task<PythonPackages> ReadAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(options.PackageFolder, "requirements.txt"), cancellationToken);
            var named = lines.Where(line => line.Contains("==", StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Trim()).ToList();
            return new PythonPackages(named.Single(name => name.StartsWith("moto", StringComparison.Ordinal)), string.Join(' ', named));
        }
        catch (IOException error)
        {
            throw new EmulatorUnavailableException($"The emulator's files are not where they should be: {error.Message} Build the program again:\n  dotnet build", error);
        }
    }
}
