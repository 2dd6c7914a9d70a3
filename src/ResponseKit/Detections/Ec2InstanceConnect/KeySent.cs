using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2InstanceConnect;

/// <summary>A key for a minute put on a server, or for its serial console; how many servers were reached, <c>pattern.many-hands</c> counts.</summary>
public sealed class KeySent : IDetection
{
    private static readonly Attempt Ssh = new(Success: 2, Denied: 1);
    private static readonly Attempt Serial = new(Success: 6, Denied: 3);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2instanceconnect.key-sent",
        Title = "SSH key put on a server by EC2 Instance Connect",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.DirectVmConnections],
        Selectors = [Selector.Writes(EventSources.Ec2InstanceConnect, "SendSSHPublicKey", "SendSerialConsoleSSHPublicKey")],
        Why = "With a key of the intruder's own any server with the agent opens, and the serial console needs no network at all.",
        BenignCauses = ["Administrators who connect from the console"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var instance = record.Request["instanceId"].Text;
        var finding = record.EventName == "SendSSHPublicKey"
            ? Ssh.Finding(record, "put", "put", $"a key on the server {Plain.Name(instance)}")
            : Serial.Finding(record, "opened", "open", $"the serial console of the server {Plain.Name(instance)}");
        return finding?.With("instanceId", instance);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a key for a minute", EventSources.Ec2InstanceConnect, "SendSSHPublicKey",
            """{"instanceId":"i-0a1b2c3d4e5f60718","instanceOSUser":"ec2-user","sSHPublicKey":"ssh-ed25519 AAAA"}"""),
        DetectionExample.Match("a key for the serial console", EventSources.Ec2InstanceConnect, "SendSerialConsoleSSHPublicKey",
            """{"instanceId":"i-0a1b2c3d4e5f60718","serialPort":0}"""),
        DetectionExample.Ignore("a server that does not exist", EventSources.Ec2InstanceConnect, "SendSSHPublicKey",
            """{"instanceId":"i-0a1b2c3d4e5f60718"}""", "EC2InstanceNotFoundException"),
    ];
}
