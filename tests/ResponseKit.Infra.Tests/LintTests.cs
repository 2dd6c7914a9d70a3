using System.ComponentModel;
using System.Diagnostics;
using ResponseKit.Infra.Tests.Synthesis;

namespace ResponseKit.Infra.Tests;

public sealed class LintTests
{
    [Fact]
    public async Task Templates_have_no_errors() => await LintAsync(await Synthesized.UsualAsync());

    [Fact]
    public async Task Templates_with_everything_switched_on_have_no_errors() => await LintAsync(await Synthesized.WidestAsync());

    // The regions of one deployment differ in nothing but their names: one of them stands for all.
    private static async Task LintAsync(Synthesized made)
    {
        var files = made.Templates.Where(template => template.Stack is "ResponseKit" or "ResponseKit-us-east-1" or "ResponseKit-us-west-2").Select(template => template.File);
        var start = new ProcessStartInfo("cfn-lint", ["--non-zero-exit-code", "error", "--ignore-checks", "W", "--format", "parseable", "--", .. files]) { RedirectStandardOutput = true };
        using var process = Start(start);
        var found = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, found);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException("cfn-lint is not on the PATH. Install it with: python3 -m pip install cfn-lint", error);
        }
    }
}
