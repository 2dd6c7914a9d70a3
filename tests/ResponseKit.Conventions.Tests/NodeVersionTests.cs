using System.Text.Json;
using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>Whoever reads which Node.js is needed reads the same everywhere.</summary>
public sealed partial class NodeVersionTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/deploy.md")]
    [InlineData(".ci/run")]
    [InlineData("src/ResponseKit.Cli/Drill/Deploying/CdkCommand.cs")]
    public void It_is_the_version_that_package_json_asks_for(string file)
    {
        var said = Said().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(said);
        Assert.All(said, version => Assert.Equal(Needed, version));
    }

    private static string Needed => JsonDocument.Parse(Repository.Read("package.json")).RootElement.GetProperty("engines").GetProperty("node").GetString()!.TrimStart('>', '=');

    [GeneratedRegex(@"Node\.js(?:\]\([^)]*\))?\s+(\d+)")]
    private static partial Regex Said();
}
