using System.Reflection;
using ResponseKit.Cli.Tests.Drill;

namespace ResponseKit.Cli.Tests.Commands;

public sealed class VersionTests
{
    [Fact]
    public async Task The_version_is_the_one_that_was_built()
    {
        var built = Assembly.Load("ResponseKit.Cli").GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        var (code, output, errors) = await CommandLine.RunAsync(AppContext.BaseDirectory, "--version");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(built, output.Trim());
        // What the SDK writes when nobody says which version it is.
        Assert.NotEqual("1.0.0", output.Trim());
    }
}
