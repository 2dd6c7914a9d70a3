using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using ResponseKit.Emulator;

namespace ResponseKit.Cli.Tests.Drill;

/// <summary>One drill, run as a user runs it with <c>--keep</c>, with the calls that its emulator had received when it ended.</summary>
public sealed class KeptDrill : IAsyncLifetime
{
    private Process? emulator;

    public string Folder { get; } = Directory.CreateTempSubdirectory("responsekit-kept").FullName;

    public JsonElement Result { get; private set; }

    public Uri Emulator => new(Result.GetProperty("emulator").GetString()!);

    public ImmutableArray<JournalCall> Calls { get; private set; }

    public async Task InitializeAsync()
    {
        var (code, output, errors) = await CommandLine.RunAsync(Folder, "drill", "--keep", "--json", "--report", "out");
        Assert.True(code == 0, errors + output);
        Result = JsonDocument.Parse(output).RootElement;
        emulator = Process.GetProcessById(Result.GetProperty("emulatorProcess").GetInt32());
        using var control = new EmulatorControl(Emulator);
        Calls = (await control.JournalAsync(new JournalQuery(), CancellationToken.None)).Calls;
    }

    public Task DisposeAsync()
    {
        emulator?.Kill();
        emulator?.Dispose();
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>The tests that look at the same kept drill.</summary>
[CollectionDefinition(Name)]
public sealed class KeptDrillTests : ICollectionFixture<KeptDrill>
{
    public const string Name = "kept drill";
}
