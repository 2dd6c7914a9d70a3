using ResponseKit.Infra.Settings;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Testing.Linting;

namespace ResponseKit.Infra.Tests;

public sealed class LintTests
{
    [Fact]
    public async Task Templates_have_no_errors() => await LintAsync(await Synthesized.UsualAsync());

    [Fact]
    public async Task Templates_with_everything_switched_on_have_no_errors() => await LintAsync(await Synthesized.WidestAsync());

    [Fact]
    public async Task Templates_of_an_organization_and_what_they_bring_into_accounts_have_no_errors() => await LintAsync(await Synthesized.OrganizationAsync());

    [Fact]
    public async Task An_error_would_be_seen()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("responsekit-lint-").FullName, "wrong.template.json");
        await File.WriteAllTextAsync(file, """{"Resources":{"Topic":{"Type":"AWS::SNS::Topic","Properties":{"TopicNme":"a typing mistake"}}}}""");

        var found = await TemplateLinter.ErrorsAsync([file]);

        Assert.Contains("TopicNme", found, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    // The regions of one deployment differ in nothing but their names: one of them stands for all.
    private static async Task LintAsync(Synthesized made)
    {
        var files = made.Templates.Where(template => !Regional(template.Stack) || template.Stack.EndsWith("-us-east-1", StringComparison.Ordinal) || template.Stack.EndsWith("-us-west-2", StringComparison.Ordinal)).Select(template => template.File);
        var found = await TemplateLinter.ErrorsAsync(files);
        Assert.True(found.Length == 0, found);
    }

    private static bool Regional(string stack) => DefaultRegions.EnabledEverywhere.Any(region => stack.EndsWith($"-{region}", StringComparison.Ordinal));
}
