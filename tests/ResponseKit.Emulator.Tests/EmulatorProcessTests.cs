using System.Diagnostics;

namespace ResponseKit.Emulator.Tests;

public sealed class EmulatorProcessTests
{
    [Fact]
    public async Task Starts_answers_and_is_gone_once_disposed()
    {
        int id;
        await using (var emulator = await EmulatorProcess.StartAsync(new EmulatorOptions { StartTimeout = TimeSpan.FromMinutes(1) }, CancellationToken.None))
        {
            id = emulator.ProcessId;
            var health = await emulator.Control.HealthAsync(CancellationToken.None);
            Assert.True(health.Ready);
            Assert.Equal(id, health.Pid);
            Assert.Equal("", emulator.RecentErrors);
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public async Task Says_what_python_said_when_the_emulator_dies_while_starting()
    {
        using var broken = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(broken.Path, "responsekit_emulator"));
        await File.WriteAllTextAsync(Path.Combine(broken.Path, "responsekit_emulator", "__main__.py"), "raise SystemExit('the sky is falling')");
        File.Copy(Path.Combine(new EmulatorOptions().PackageFolder, "requirements.txt"), Path.Combine(broken.Path, "requirements.txt"));

        var error = await Assert.ThrowsAsync<EmulatorUnavailableException>(
            () => EmulatorProcess.StartAsync(new EmulatorOptions { PackageFolder = broken.Path }, CancellationToken.None));

        Assert.Contains("ended with code 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("the sky is falling", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_up_on_an_emulator_that_does_not_answer_and_ends_it()
    {
        using var silent = new TemporaryFolder();
        var id = Path.Combine(silent.Path, "pid");
        Directory.CreateDirectory(Path.Combine(silent.Path, "responsekit_emulator"));
        await File.WriteAllTextAsync(
            Path.Combine(silent.Path, "responsekit_emulator", "__main__.py"),
            $"import os, sys, time\nopen({ToPython(id)}, 'w').write(str(os.getpid()))\nprint('waiting', file=sys.stderr, flush=True)\ntime.sleep(60)");
        File.Copy(Path.Combine(new EmulatorOptions().PackageFolder, "requirements.txt"), Path.Combine(silent.Path, "requirements.txt"));

        var error = await Assert.ThrowsAsync<EmulatorUnavailableException>(
            () => EmulatorProcess.StartAsync(
                new EmulatorOptions { PackageFolder = silent.Path, StartTimeout = TimeSpan.FromSeconds(2) }, CancellationToken.None));

        Assert.Contains("did not answer within 2 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("waiting", error.Message, StringComparison.Ordinal);
        var number = int.Parse(await File.ReadAllTextAsync(id), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(number));
    }

    private static string ToPython(string text) => "r'" + text + "'";
}
