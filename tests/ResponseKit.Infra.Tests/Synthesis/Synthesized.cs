using System.Collections.Immutable;

namespace ResponseKit.Infra.Tests.Synthesis;

/// <summary>The templates of a deployment, made once for all tests.</summary>
public sealed class Synthesized
{
    private static readonly Lazy<Task<Synthesized>> Usual = new(() => MakeAsync("eu-west-1", []));
    private static readonly Lazy<Task<Synthesized>> Widest = new(() => MakeAsync(
        "us-east-1", [("mode", "enforce"), ("regions", "all"), ("reads", "on"), ("notify", "security@example.com"), ("concurrency", "shared")]));

    private Synthesized(string folder, string said, ImmutableArray<Template> templates) => (Folder, Said, Templates) = (folder, said, templates);

    /// <summary>What is deployed when nothing is said but the scope.</summary>
    public static Task<Synthesized> UsualAsync() => Usual.Value;

    /// <summary>What is deployed when everything is switched on.</summary>
    public static Task<Synthesized> WidestAsync() => Widest.Value;

    public string Folder { get; }

    public string Said { get; }

    public ImmutableArray<Template> Templates { get; }

    public Template Home => Templates.Single(template => template.Stack == "ResponseKit");

    public Template Of(string region) => Templates.Single(template => template.Stack == $"ResponseKit-{region}");

    private static async Task<Synthesized> MakeAsync(string region, (string Key, string Value)[] more)
    {
        var folder = Directory.CreateTempSubdirectory("responsekit-infra-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var context = more.Append(("scope", "account")).ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
        var (exitCode, said) = await InfraProcess.RunAsync(context, folder, region);
        Assert.True(exitCode == 0, said);
        var output = Path.Combine(folder, "cdk.out");
        return new Synthesized(output, said, [.. Directory.EnumerateFiles(output, "*.template.json").Order(StringComparer.Ordinal).Select(file => Template.Read(file, region))]);
    }
}
