namespace ResponseKit.Emulator.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("responsekit-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
