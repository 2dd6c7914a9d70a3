using System.Reflection;
using System.Xml.Linq;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

public sealed class ReferenceTests
{
    // The whole picture of who may use whom. docs/decisions/0001 tells why the command line may use the functions.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["ResponseKit"] = [],
        ["ResponseKit.Replay"] = ["ResponseKit"],
        ["ResponseKit.Response"] = ["ResponseKit"],
        ["ResponseKit.Reports"] = ["ResponseKit", "ResponseKit.Response"],
        ["ResponseKit.Aws"] = ["ResponseKit", "ResponseKit.Response", "ResponseKit.Reports"],
        ["ResponseKit.Functions"] = ["ResponseKit", "ResponseKit.Response", "ResponseKit.Aws"],
        ["ResponseKit.Cli"] = ["ResponseKit", "ResponseKit.Replay", "ResponseKit.Response", "ResponseKit.Reports", "ResponseKit.Aws", "ResponseKit.Functions", "ResponseKit.Emulator"],
        ["ResponseKit.Infra"] = ["ResponseKit", "ResponseKit.Aws"],
        ["ResponseKit.Emulator"] = [],
    };

    // The drill attacks through the real AWS API and proves the end state by it, so the command line uses the SDK beside ResponseKit.Aws.
    private static readonly string[] UsersOfTheSdk = ["ResponseKit.Aws", "ResponseKit.Functions", "ResponseKit.Cli"];

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        var folder = project switch { "ResponseKit.Emulator" => "emulator", "ResponseKit.Infra" => "infra", _ => "src" };
        var references = XDocument.Load(Repository.PathOf(folder, project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_what_its_project_may(string project)
    {
        var used = References(project).Where(name => name.StartsWith("ResponseKit", StringComparison.Ordinal));
        Assert.Empty(used.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_some_assemblies_use_the_aws_sdk(string project)
    {
        if (!UsersOfTheSdk.Contains(project))
            Assert.DoesNotContain(References(project), name => name.StartsWith("AWSSDK.", StringComparison.Ordinal) || (name.StartsWith("Amazon.", StringComparison.Ordinal) && !IsOfCdk(name)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_deployment_uses_cdk(string project) => Assert.Equal(project == "ResponseKit.Infra", References(project).Any(IsOfCdk));

    // Every Lambda function would carry what only replays old logs.
    [Fact]
    public void Only_the_command_line_carries_what_replays_logs() => Assert.Equal(
        ["ResponseKit.Cli"], Allowed.Where(project => project.Value.Contains("ResponseKit.Replay")).Select(project => project.Key));

    // A project's packages come along with those that it references, whether or not its code names a type of them.
    [Theory]
    [InlineData("ResponseKit")]
    [InlineData("ResponseKit.Replay")]
    [InlineData("ResponseKit.Response")]
    [InlineData("ResponseKit.Reports")]
    public void What_is_pure_has_no_package_of_aws_in_its_project(string project) => Assert.DoesNotContain(
        XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants("PackageReference"),
        package => package.Attribute("Include")!.Value.StartsWith("AWSSDK.", StringComparison.Ordinal));

    [Fact]
    public void Every_project_of_the_product_is_in_the_picture() => Assert.Empty(
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Except(Allowed.Keys));

    [Theory]
    [InlineData("ResponseKit")]
    [InlineData("ResponseKit.Response")]
    public void The_core_and_the_response_do_no_input_and_output(string project) => Assert.DoesNotContain(
        References(project), name => name is "System.Net.Http" or "System.Net.Sockets" or "System.Diagnostics.Process" or "System.Console" or "System.IO.Pipes");

    // What only a stand-in has would not compile against the official package.
    [Fact]
    public void No_product_line_uses_what_only_stand_ins_have()
    {
        Assert.DoesNotContain(Product.All.SelectMany(assembly => assembly.GetReferencedAssemblies()), name => name.Name!.Contains("StandIn", StringComparison.Ordinal));
        var mentions = Repository.Sources("src").Where(file => Repository.Read(file).Contains("ResponseKit.StandIns", StringComparison.Ordinal));
        Assert.Empty(mentions);
    }

    private static bool IsOfCdk(string name) =>
        name is "Constructs" || name.StartsWith("Amazon.CDK.", StringComparison.Ordinal) || name.StartsWith("Amazon.JSII.", StringComparison.Ordinal);

    private static IEnumerable<string> References(string project) =>
        Assembly.Load(project).GetReferencedAssemblies().Select(name => name.Name!);
}
