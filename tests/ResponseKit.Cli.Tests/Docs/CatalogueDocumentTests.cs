using System.Collections.Immutable;
using ResponseKit.Cli.Docs;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Cli.Tests.Docs;

public sealed class CatalogueDocumentTests
{
    [Fact]
    public void Tells_all_that_a_descriptor_says()
    {
        var text = CatalogueDocument.Write([new Probe()], []);

        Assert.Contains("### `service.probe`\n\n**Reads a |thing|.** Because.\n", text, StringComparison.Ordinal);
        Assert.Contains("- Evidence of: permission probing\n", text, StringComparison.Ordinal);
        Assert.Contains("[T1578.002](https://attack.mitre.org/techniques/T1578/002/) Create Cloud Instance (v19)", text, StringComparison.Ordinal);
        Assert.Contains("`GetThing` of `service.amazonaws.com` (reads); every call of an identity of the type `Root`", text, StringComparison.Ordinal);
        Assert.Contains("- Finds: a thing that was read\n- Ignores: a thing that was left", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_does_not_break_a_table() => Assert.Contains(
        "| [`service.probe`](#serviceprobe) | Reads a \\|thing\\| | permission probing | T1578.002 |", CatalogueDocument.Write([new Probe()], []), StringComparison.Ordinal);

    [Fact]
    public void Lines_end_the_same_on_every_system() => Assert.DoesNotContain('\r', CatalogueDocument.Write([new Probe()], []));

    private sealed class Probe : IDetection
    {
        public DetectionDescriptor Descriptor { get; } = new()
        {
            Id = "service.probe",
            Title = "Reads a |thing|",
            Category = SignalCategory.PermissionProbing,
            Techniques = [new AttackTechnique("T1578.002", "Create Cloud Instance")],
            Selectors = [Selector.Reads("service.amazonaws.com", "GetThing"), Selector.ByIdentity("Root")],
            Why = "Because.",
            BenignCauses = ["Somebody"],
        };

        public ImmutableArray<DetectionExample> Examples =>
        [
            DetectionExample.Match("a thing that was read", "service.amazonaws.com", "GetThing"),
            DetectionExample.Ignore("a thing that was left", "service.amazonaws.com", "GetThing"),
        ];

        public Finding? Evaluate(CloudTrailRecord record) => null;
    }
}
