using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ssm;

/// <summary>
/// A shell on a server, by a command of Systems Manager or a session. Commands that patch or take stock come from documents of AWS's own and
/// are not looked at; how many servers were reached, <c>pattern.many-hands</c> counts.
/// </summary>
public sealed class RemoteCommand : IDetection
{
    private static readonly Attempt Command = new(Success: 3, Denied: 2);
    private static readonly Attempt Session = new(Success: 2, Denied: 1);
    private static readonly string[] Shells = ["AWS-RunShellScript", "AWS-RunPowerShellScript", "AWS-RunRemoteScript"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ssm.remote-command",
        Title = "Command or session on a server",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.CloudAdministrationCommand, Techniques.DirectVmConnections],
        Selectors = [Selector.Writes(EventSources.Ssm, "SendCommand", "StartSession")],
        Why = "It runs as root, needs no key and no open port, and reads the credentials of the server's role.",
        BenignCauses = ["Administrators at work", "Configuration management and deployments by Systems Manager"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Delegation.IsByService(record))
            return null;
        var document = record.Request["documentName"].Text;
        if (record.EventName == "StartSession")
        {
            var target = record.Request["target"].Text;
            return Session.Finding(record, "opened", "open", $"a session on {Plain.Name(target)}")?.With("instanceId", target);
        }

        // The name may be an ARN. AWS's other documents do one known thing; one of the account's own may do anything.
        var name = document?[(document.LastIndexOf('/') + 1)..];
        if (name?.StartsWith("AWS", StringComparison.Ordinal) == true && !Shells.Contains(name))
            return null;
        var instances = record.Request["instanceIds"].Items.Take(1000).Select(id => id.Text).OfType<string>().ToList();
        var where = instances.Count > 0 ? Plain.Names(instances) : record.Request["targets"].IsPresent ? $"whatever matches {Plain.Name(record.Request["targets"].ToString())}" : "servers";
        return Command.Finding(record, "ran", "run", $"{(name is null ? "a command" : $"the document {Plain.Name(name)}")} on {where}")
            ?.With("documentName", name)
            .With(HandsCounted.Fact, Math.Max(1, instances.Count).ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a shell command", EventSources.Ssm, "SendCommand",
            """{"documentName":"AWS-RunShellScript","instanceIds":["i-0a1b2c3d4e5f60718"],"parameters":"HIDDEN_DUE_TO_SECURITY_REASONS"}"""),
        DetectionExample.Match("a document of the account's own, by tag", EventSources.Ssm, "SendCommand",
            """{"documentName":"tidy","targets":[{"key":"tag:env","values":["prod"]}]}"""),
        DetectionExample.Match("a session", EventSources.Ssm, "StartSession", """{"target":"i-0a1b2c3d4e5f60718"}"""),
        DetectionExample.Match("a refused session", EventSources.Ssm, "StartSession", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("patches", EventSources.Ssm, "SendCommand",
            """{"documentName":"AWS-RunPatchBaseline","instanceIds":["i-0a1b2c3d4e5f60718"]}"""),
        DetectionExample.Ignore("a server that is not connected", EventSources.Ssm, "StartSession", """{"target":"i-0a1b2c3d4e5f60718"}""", "TargetNotConnected"),
    ];
}
