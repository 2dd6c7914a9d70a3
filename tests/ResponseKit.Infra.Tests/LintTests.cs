using System.ComponentModel;
using System.Diagnostics;
using ResponseKit.Infra.Settings;
using ResponseKit.Infra.Tests.Synthesis;

namespace ResponseKit.Infra.Tests;

public sealed class LintTests
{
    [Fact]
    public async Task Templates_have_no_errors() => await LintAsync(await Synthesized.UsualAsync());

    [Fact]
    public async Task Templates_with_everything_switched_on_have_no_errors() => await LintAsync(await Synthesized.WidestAsync());

    [Fact]
    public async Task Templates_of_an_organization_and_what_they_bring_into_accounts_have_no_errors() => await LintAsync(await Synthesized.OrganizationAsync());

    // The regions of one deployment differ in nothing but their names: one of them stands for all.
    private static async Task LintAsync(Synthesized made)
    {
        var files = made.Templates.Where(template => !Regional(template.Stack) || template.Stack.EndsWith("-us-east-1", StringComparison.Ordinal) || template.Stack.EndsWith("-us-west-2", StringComparison.Ordinal)).Select(template => template.File);
        var start = new ProcessStartInfo("cfn-lint", ["--non-zero-exit-code", "error", "--ignore-checks", "W", "--format", "parseable", "--", .. files]) { RedirectStandardOutput = true };
        using var process = Start(start);
        var found = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, found);
    }

    private static bool Regional(string stack) => DefaultRegions.EnabledEverywhere.Any(region => stack.EndsWith($"-{region}", StringComparison.Ordinal));

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
