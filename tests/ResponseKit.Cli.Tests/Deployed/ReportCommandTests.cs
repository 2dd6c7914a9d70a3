using System.Text.Json;
using ResponseKit.Testing;

namespace ResponseKit.Cli.Tests.Deployed;

/// <summary>The report of a deployment's incident, by what its table holds.</summary>
public sealed class ReportCommandTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task The_report_of_an_incident_is_written_and_its_answers_are_told()
    {
        using var bed = await DeploymentBed.CreateAsync(emulator);
        var incident = await bed.OpenAsync("created [red]\u001b[2J\u202Ecluster[/] `x`");
        var folder = Directory.CreateTempSubdirectory("responsekit-report");

        var run = await bed.RunAsync("report", incident, "--to", Path.Combine(folder.FullName, "new"));

        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains($"{incident}: Needs a person.", run.Output, StringComparison.Ordinal);
        Assert.Contains("What is left: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, character => (char.IsControl(character) && character is not ('\n' or '\r')) || character == '\u202E');
        var page = Path.Combine(folder.FullName, "new", "report.html");
        Assert.Contains($"Written to {page}", run.Output, StringComparison.Ordinal);
        Assert.Contains("<h1>" + incident, await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        var report = JsonElement.Parse(await File.ReadAllBytesAsync(Path.ChangeExtension(page, ".json")));
        Assert.Equal("not known without --policy", report.GetProperty("mode").GetString());
        Assert.Equal("responsekit-report-2", report.GetProperty("format").GetString());
        Assert.Equal("arn:aws:iam::111122223333:user/mallory", report.GetProperty("report").GetProperty("actor").GetString());
        Assert.Contains("asked at", report.GetProperty("report").GetProperty("asked")[0].GetString(), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_opens_in_the_browser()
    {
        // What opens files for .NET here; other systems have their own.
        if (!OperatingSystem.IsLinux())
            return;
        using var bed = await DeploymentBed.CreateAsync(emulator);
        var incident = await bed.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("responsekit-browser").FullName;
        var opener = Path.Combine(folder, "xdg-open");
        await File.WriteAllTextAsync(opener, $"#!/bin/sh\necho \"$1\" > '{folder}/opened'\n");
        File.SetUnixFileMode(opener, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var opened = await bed.RunWithAsync(new() { ["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH") }, "report", incident, "--to", folder, "--open");

        Assert.True(opened.Code == 0, opened.Errors);
        var page = Path.Combine(folder, "report.html");
        for (var waited = 0; waited < 50 && !File.Exists(Path.Combine(folder, "opened")); waited++)
            await Task.Delay(100);
        Assert.Equal(page, (await File.ReadAllTextAsync(Path.Combine(folder, "opened"))).Trim());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_cannot_be_read_or_written_is_named_and_nothing_is_written()
    {
        using var bed = await DeploymentBed.CreateAsync(emulator);
        var incident = await bed.OpenAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"mode":"never"}""");

        var nowhere = await bed.RunAsync("report", "inc-nowhere");
        var intoFile = await bed.RunAsync("report", incident, "--to", file);
        var badPolicy = await bed.RunAsync("report", incident, "--to", Path.GetTempPath(), "--policy", file);
        var noPolicy = await bed.RunAsync("report", incident, "--to", Path.GetTempPath(), "--policy", file + ".none");

        Assert.All([nowhere, intoFile, badPolicy, noPolicy], run => Assert.Equal((2, ""), (run.Code, run.Output)));
        Assert.Contains("no incident 'inc-nowhere'", nowhere.Errors, StringComparison.Ordinal);
        Assert.Contains("--to", intoFile.Errors, StringComparison.Ordinal);
        Assert.Contains("mode", badPolicy.Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be read", noPolicy.Errors, StringComparison.Ordinal);
        File.Delete(file);
    }
}
