using System.Text.Json.Nodes;
using Amazon.CDK;

namespace ResponseKit.Infra.Organization;

/// <summary>
/// Makes the template that a StackSet brings into accounts, by an app of its own: it must be complete when the stack around it is made, and knows nothing of
/// a CDK bootstrap, which members do not have.
/// </summary>
internal static class MemberTemplate
{
    /// <summary>The most bytes of a template that is handed over as text (CloudFormation User Guide, "Understand CloudFormation quotas").</summary>
    public const int MaxBytes = 51_200;

    private const string Name = "Member";

    /// <summary>The template as JSON without spaces.</summary>
    /// <param name="description">What it is, for whoever finds the stack in his account.</param>
    /// <param name="fill">Puts into the stack what belongs there.</param>
    public static string Make(string description, Action<Stack> fill)
    {
        var folder = Directory.CreateTempSubdirectory("responsekit-member-").FullName;
        try
        {
            var app = new App(new AppProps
            {
                Outdir = folder,
                AutoSynth = false,
                AnalyticsReporting = false,
                TreeMetadata = false,
                // The command line asks for where each resource is in the program, which would take a third of the room.
                PostCliContext = new Dictionary<string, object> { ["aws:cdk:enable-path-metadata"] = false },
            });
            var stack = new Stack(app, Name, new StackProps
            {
                Description = description,
                Synthesizer = new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false }),
            });
            fill(stack);
            app.Synth();
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, stack.TemplateFile)))!.ToJsonString();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
