using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// What is worth knowing of an instance once it is gone. User data may hold secrets, so only its hash and size are kept: enough to tell
/// whether two instances ran the same script, and to recognise the script when found elsewhere.
/// </summary>
internal static class InstanceEvidence
{
    // Instances of one template are alike; two show it. The bound keeps an attacker with many templates from delaying termination.
    private const int SamplesPerSource = 2;
    private const int MostSamples = 50;
    private const int ReadsAtOnce = 8;

    // Tags are the attacker's to write: a thousand instances with fifty long tags each must not swell the receipt.
    private const int MostTags = 12;
    private const int MostCharacters = 128;

    /// <summary>The evidence by instance id; with user data for up to two instances of each launch template or image.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonObject>> ReadAsync(
        ActionRun run, IReadOnlyCollection<Instance> instances, CancellationToken cancellationToken)
    {
        var evidence = instances.ToDictionary(instance => instance.InstanceId, Of, StringComparer.Ordinal);
        var samples = instances.GroupBy(Source, StringComparer.Ordinal).SelectMany(alike => alike.Take(SamplesPerSource)).Take(MostSamples);
        await ActionRun.ForEachAsync(
            samples,
            ReadsAtOnce,
            async (instance, token) => evidence[instance.InstanceId]["userData"] = await UserDataAsync(run, instance.InstanceId, token),
            cancellationToken);
        return evidence;
    }

    private static string Source(Instance instance) => Instances.TagOf(instance, "aws:ec2launchtemplate:id") ?? instance.ImageId ?? "";

    private static JsonObject Of(Instance instance) => new()
    {
        ["type"] = instance.InstanceType?.Value,
        ["image"] = instance.ImageId,
        ["launched"] = instance.LaunchTime,
        ["state"] = instance.State?.Name?.Value,
        ["zone"] = instance.Placement?.AvailabilityZone,
        ["lifecycle"] = instance.InstanceLifecycle?.Value,
        ["spotRequest"] = instance.SpotInstanceRequestId,
        ["key"] = instance.KeyName,
        ["subnet"] = instance.SubnetId,
        ["privateAddress"] = instance.PrivateIpAddress,
        ["publicAddress"] = instance.PublicIpAddress,
        ["securityGroups"] = new JsonArray([.. (instance.SecurityGroups ?? []).Select(group => (JsonNode?)group.GroupId)]),
        ["profile"] = instance.IamInstanceProfile?.Arn,
        ["launchTemplate"] = Instances.TagOf(instance, "aws:ec2launchtemplate:id"),
        ["launchTemplateVersion"] = Instances.TagOf(instance, "aws:ec2launchtemplate:version"),
        ["group"] = Instances.TagOf(instance, "aws:autoscaling:groupName"),
        ["tags"] = Tags(instance),
    };

    private static JsonObject Tags(Instance instance)
    {
        var tags = new JsonObject();
        foreach (var tag in (instance.Tags ?? []).Where(tag => !tag.Key.StartsWith("aws:", StringComparison.Ordinal)).Take(MostTags))
            tags[tag.Key] = tag.Value?.Length > MostCharacters ? tag.Value[..MostCharacters] + "…" : tag.Value;
        return tags;
    }

    private static async Task<JsonNode?> UserDataAsync(ActionRun run, string instanceId, CancellationToken cancellationToken)
    {
        var request = new DescribeInstanceAttributeRequest { InstanceId = instanceId, Attribute = InstanceAttributeName.UserData };
        var answer = await run.ReadAsync(
            "ec2:DescribeInstanceAttribute", $"userData of {instanceId}", new(),
            token => run.Aws.Ec2(run.Region).DescribeInstanceAttributeAsync(request, token), cancellationToken);
        return answer?.InstanceAttribute?.UserData is { Length: > 0 } text ? Fingerprint(Decode(text)) : null;
    }

    private static JsonObject Fingerprint(byte[] content) => new()
    {
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
        ["bytes"] = content.Length,
    };

    private static byte[] Decode(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(text);
    }
}
