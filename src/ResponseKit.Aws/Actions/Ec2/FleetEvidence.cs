using System.Text.Json.Nodes;
using Amazon.EC2.Model;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>What is kept of a fleet: from which templates it launched what. The templates themselves stay.</summary>
internal static class FleetEvidence
{
    // A fleet may name hundreds of overrides (EC2 User Guide, "EC2 Fleet and Spot Fleet quotas"): the receipt keeps enough to recognise it.
    private const int Most = 50;

    /// <summary>Launch templates, with the version that was asked for.</summary>
    public static JsonArray Templates(IEnumerable<FleetLaunchTemplateSpecification?> templates) =>
        Texts(templates.Select(template => template is null ? null : $"{template.LaunchTemplateId ?? template.LaunchTemplateName} version {template.Version}"));

    /// <summary>Each text once.</summary>
    public static JsonArray Texts(IEnumerable<string?> texts) =>
        new([.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Take(Most).Select(text => (JsonNode?)text)]);
}
