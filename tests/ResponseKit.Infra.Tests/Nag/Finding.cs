using System.Diagnostics;
using System.Text.Json;

namespace ResponseKit.Infra.Tests.Nag;

/// <summary>What AWS Solutions' rules find at a resource of a template.</summary>
/// <param name="Template">The stack's name.</param>
/// <param name="Resource">The resource's name in the template.</param>
/// <param name="Rule">The rule, with what it found in brackets where it tells: <c>AwsSolutions-IAM5[Resource::*]</c>.</param>
/// <param name="Description">What the rule is about.</param>
public sealed record Finding(string Template, string Resource, string Rule, string Description)
{
    // CDK's names of resources end with a hash of their path, of eight letters.
    private const int Hash = 8;
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    /// <summary>The resource's name without the hash.</summary>
    public string Name => Resource.Length > Hash ? Resource[..^Hash] : Resource;

    /// <summary>What stands in the rule's brackets; empty when nothing does.</summary>
    public string Detail => Rule.IndexOf('[', StringComparison.Ordinal) is var at and >= 0 ? Rule[(at + 1)..^1] : "";

    /// <summary>Runs cdk-nag over templates.</summary>
    public static async Task<IReadOnlyList<Finding>> InAsync(IEnumerable<string> templates)
    {
        var script = FindScript();
        var start = new ProcessStartInfo("node", [script, .. templates]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"cdk-nag did not run. If it is not there, run 'npm ci' in the repository's folder.\n{await errors}");
        return JsonSerializer.Deserialize<List<Finding>>(await output, Plain)!;
    }

    private static string FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "infra", "check-templates.mjs") is var script && File.Exists(script))
                return script;
        }

        throw new InvalidOperationException($"infra/check-templates.mjs is in no folder above {AppContext.BaseDirectory}.");
    }
}
