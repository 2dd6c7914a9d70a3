using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// The policy by which a principal is braked: until a moment it denies what makes or enlarges compute, opens a way back in, takes data out or blinds those who
/// watch. Reading, deleting and stopping stay allowed, and what runs goes on. When the moment has passed the policy means nothing, whether or not somebody takes it
/// away. See docs/decisions/0038.
/// </summary>
/// <param name="Until">When it ends, to the second.</param>
/// <param name="Sessions">The ids of the only sessions of a role that it binds, such as <c>AROAEXAMPLE:name</c>; empty for all.</param>
internal sealed record BrakeDocument(DateTimeOffset Until, ImmutableSortedSet<string> Sessions)
{
    /// <summary>The inline policy's name, and how the names of own managed policies begin.</summary>
    public const string PolicyName = "ResponseKitBrake";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    // DeleteUserPolicy, DetachUserPolicy, DeleteUserPermissionsBoundary and the same for roles, which are called on the principal itself.
    private static readonly string[] Own = ["iam:De*Policy", "iam:De*Boundary"];

    /// <summary>
    /// What it denies, by the beginnings of names: all inline policies of a user together may have 2,048 characters (IAM User Guide, "IAM and AWS STS quotas").
    /// Tests hold it to the detections, and to the published actions of each service.
    /// </summary>
    public static ImmutableArray<string> Actions { get; } =
    [
        // Compute, and what makes it.
        "ec2:Run*", "ec2:StartIns*", "ec2:Req*", "ec2:CreateFleet", "ec2:Modify*Fleet*", "ec2:CreateLaunchT*", "ec2:ModifyInstanceA*",
        "ec2:CreateCapacityR*", "ec2:AllocateH*", "ec2:Pur*",
        "autoscaling:A*", "autoscaling:Cr*", "autoscaling:Ex*", "autoscaling:La*", "autoscaling:*Put*", "autoscaling:Res*", "autoscaling:S*t*", "autoscaling:Up*",
        "ecs:Cr*", "ecs:R*", "ecs:Start*", "ecs:Up*", "eks:Cr*", "eks:Up*", "batch:Cr*", "batch:Su*", "batch:Up*",
        "lambda:Add*", "lambda:Cr*", "lambda:Put*", "lambda:Up*",
        "amplify:Cr*", "apprunner:Cr*", "bedrock:Cr*", "bedrock:Put*", "codebuild:Cr*", "codebuild:Sta*", "codebuild:Up*", "elasticmapreduce:AddI*", "elasticmapreduce:Run*",
        "gamelift:Cr*", "glue:Cr*", "glue:Sta*", "lightsail:Cr*", "sagemaker:Cr*", "sagemaker:Up*", "application-autoscaling:Reg*", "scheduler:Cr*", "scheduler:Up*",
        "servicequotas:Req*", "ses:Cr*", "ses:V*", "ses:Put*", "ses:UpdateA*", "account:En*",
        // Ways back in, and data on its way out.
        "ec2:CreateK*", "ec2:ImportKey*", "ec2:AuthorizeS*Ingress", "ec2:AssociateIam*", "ec2:ReplaceIam*", "ec2:Copy*", "ec2:ExportImage", "ec2:CreateInstanceEx*",
        "ec2:ModifyImage*", "ec2:ModifySnapshotA*",
        "iam:A*", "iam:Cr*", "iam:Dea*", "iam:E*", "iam:P*", "iam:Set*", "iam:Up*",
        "identitystore:Cr*", "sso:A*", "sso:Cr*", "sso:P*", "sso-directory:Cr*", "rolesanywhere:Cr*", "sts:GetFed*",
        "rds:M*Attribute", "s3:PutBucketPolicy", "ssm:SendC*", "ssm:StartS*", "ec2-instance-connect:S*",
        // What watches.
        "cloudtrail:Sto*", "cloudtrail:Del*", "cloudtrail:PutE*", "cloudtrail:UpdateT*", "access-analyzer:DeleteAn*", "config:Sto*", "config:DeleteC*Recorder", "config:DeleteD*",
        "guardduty:Cr*", "guardduty:Del*", "guardduty:Dis*", "guardduty:St*", "guardduty:Up*", "securityhub:BatchD*", "securityhub:Dis*", "organizations:Leave*",
    ];

    /// <summary>The document.</summary>
    /// <param name="principal">The ARN, with its path, of the user or role that bears it: it may not take its own policies away.</param>
    public string Text(string principal) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(Deny(new JsonArray([.. Actions.Select(action => (JsonNode?)action)]), "*"), Deny(new JsonArray([.. Own.Select(action => (JsonNode?)action)]), principal)),
    }.ToJsonString(Json);

    /// <summary>What a document says that is one of these, for whomever; null for any other, whatever its name.</summary>
    public static BrakeDocument? Of(string? text)
    {
        try
        {
            if (text is not { Length: > 0 } || JsonNode.Parse(text) is not JsonObject json || json["Statement"] is not JsonArray { Count: 2 } statements)
                return null;
            var condition = statements[0]?["Condition"];
            var sessions = condition?["StringEquals"]?["aws:userid"] as JsonArray ?? [];
            if (!DateTimeOffset.TryParseExact(
                condition?["DateLessThan"]?["aws:CurrentTime"]?.GetValue<string>(), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
                return null;
            var said = new BrakeDocument(until, sessions.Select(session => session!.GetValue<string>()).ToImmutableSortedSet(StringComparer.Ordinal));
            // Whatever else stands in it would be somebody else's.
            return JsonNode.DeepEquals(json, JsonNode.Parse(said.Text(statements[1]?["Resource"]?.GetValue<string>() ?? ""))) ? said : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether this one brakes whom the other would, for as long.</summary>
    public bool Covers(BrakeDocument other) => Until >= other.Until && (Sessions.IsEmpty || (!other.Sessions.IsEmpty && Sessions.IsSupersetOf(other.Sessions)));

    /// <summary>What brakes whom either would, until the later end: in whatever order requests come, the same stands in the end.</summary>
    public BrakeDocument Union(BrakeDocument other) => new(
        Until >= other.Until ? Until : other.Until, Sessions.IsEmpty || other.Sessions.IsEmpty ? [] : Sessions.Union(other.Sessions));

    /// <inheritdoc/>
    public bool Equals(BrakeDocument? other) => other is not null && Until == other.Until && Sessions.SetEquals(other.Sessions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Until, Sessions.Count);

    /// <summary>A moment as it stands in the policy.</summary>
    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private JsonObject Deny(JsonNode action, string resource)
    {
        var condition = new JsonObject { ["DateLessThan"] = new JsonObject { ["aws:CurrentTime"] = TextOf(Until) } };
        if (!Sessions.IsEmpty)
            condition["StringEquals"] = new JsonObject { ["aws:userid"] = new JsonArray([.. Sessions.Select(session => (JsonNode?)session)]) };
        return new JsonObject { ["Effect"] = "Deny", ["Action"] = action, ["Resource"] = resource, ["Condition"] = condition };
    }
}
