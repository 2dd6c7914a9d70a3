using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Infra.Tests.Documents;

/// <summary>A policy document of a template.</summary>
/// <param name="Where">The stack, the resource and the property.</param>
/// <param name="Kind">What it is attached to.</param>
/// <param name="Text">The document as AWS gets it, with references filled in.</param>
public sealed record FoundPolicy(string Where, PolicyKind Kind, string Text);

/// <summary>Finds every policy document of a template, wherever it stands.</summary>
internal static partial class TemplatePolicies
{
    private const string Statement = nameof(Statement);

    private static readonly Dictionary<string, PolicyKind> Kinds = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::Role/AssumeRolePolicyDocument"] = PolicyKind.Trust,
        ["AWS::IAM::Role/Policies/PolicyDocument"] = PolicyKind.RoleInline,
        ["AWS::IAM::Policy/PolicyDocument"] = PolicyKind.RoleInline,
        ["AWS::IAM::ManagedPolicy/PolicyDocument"] = PolicyKind.Managed,
        ["AWS::KMS::Key/KeyPolicy"] = PolicyKind.Key,
        ["AWS::S3::BucketPolicy/PolicyDocument"] = PolicyKind.Bucket,
        ["AWS::SNS::TopicPolicy/PolicyDocument"] = PolicyKind.Topic,
        ["AWS::SQS::QueuePolicy/PolicyDocument"] = PolicyKind.Queue,
        ["AWS::Organizations::Policy/Content"] = PolicyKind.ServiceControl,
    };

    /// <summary>All documents.</summary>
    /// <exception cref="InvalidOperationException">One stands where none was before: it needs a kind above.</exception>
    public static IEnumerable<FoundPolicy> Of(Template template) => template.Resources.SelectMany(resource => Within(resource, resource.Properties, resource.Type)
        .Select(found => new FoundPolicy(
            $"{template.Stack}, {resource.LogicalId}, {found.Path}",
            Kinds.GetValueOrDefault(found.Path) ?? (found.Path == "AWS::Events::EventBusPolicy" ? PolicyKind.EventBus : throw new InvalidOperationException($"What kind of policy is {found.Path}?")),
            Filled(template, found.Document.ToJsonString()))));

    private static IEnumerable<(string Path, JsonObject Document)> Within(Resource resource, JsonNode? node, string path)
    {
        switch (node)
        {
            // The policy of a bus is a resource for each statement.
            case JsonObject members when resource.Type == "AWS::Events::EventBusPolicy":
                return [(path, new JsonObject { ["Version"] = "2012-10-17", [Statement] = new JsonArray(members[Statement]!.DeepClone()) })];
            case JsonObject members when members.ContainsKey(Statement):
                return [(path, members)];
            case JsonObject members:
                return members.SelectMany(member => Within(resource, member.Value, $"{path}/{member.Key}"));
            case JsonArray items:
                return items.SelectMany(item => Within(resource, item, path));
            // A document may be kept as a text.
            case JsonValue value when value.TryGetValue<string>(out var text) && text.Contains($"\"{Statement}\"", StringComparison.Ordinal) && text.Contains("\"Effect\"", StringComparison.Ordinal)
                && resource.Type != "AWS::CloudFormation::StackSet":
                return Within(resource, JsonNode.Parse(text), path);
            default:
                return [];
        }
    }

    // What stands for an ARN becomes one.
    private static string Filled(Template template, string document)
    {
        var byId = template.Resources.ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal);
        var known = Reference().Replace(document, match => byId.TryGetValue(match.Groups[1].Value, out var resource) ? ArnOf(resource) : match.Value);
        return template.OfType("AWS::SNS::Topic").Aggregate(known, (text, topic) => text.Replace($"\"{topic.LogicalId}\"", $"\"{ArnOf(topic)}\"", StringComparison.Ordinal));
    }

    private static string ArnOf(Resource resource)
    {
        string At(string service) => $"arn:aws:{service}:eu-west-1:{Template.Account}:";
        return resource.Type switch
        {
            "AWS::IAM::Role" => $"arn:aws:iam::{Template.Account}:role/{resource.Text("RoleName") ?? resource.LogicalId}",
            "AWS::KMS::Key" => At("kms") + "key/11111111-2222-3333-4444-555555555555",
            "AWS::DynamoDB::Table" => At("dynamodb") + "table/" + resource.LogicalId,
            "AWS::S3::Bucket" => "arn:aws:s3:::" + resource.LogicalId.ToLowerInvariant(),
            "AWS::SNS::Topic" => At("sns") + resource.LogicalId,
            "AWS::SQS::Queue" => At("sqs") + resource.LogicalId,
            "AWS::Lambda::Function" => At("lambda") + "function:" + resource.Text("FunctionName"),
            "AWS::Logs::LogGroup" => At("logs") + "log-group:" + resource.LogicalId + ":*",
            "AWS::Events::EventBus" => At("events") + "event-bus/" + resource.Text("Name"),
            "AWS::Events::Rule" => At("events") + "rule/" + resource.Text("Name"),
            "AWS::StepFunctions::StateMachine" => At("states") + "stateMachine:" + resource.Text("StateMachineName"),
            _ => throw new InvalidOperationException($"What ARN has a {resource.Type}?"),
        };
    }

    [GeneratedRegex("arn:of:([A-Za-z0-9]+)")]
    private static partial Regex Reference();
}
