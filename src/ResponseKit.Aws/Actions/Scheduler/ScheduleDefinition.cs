using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Scheduler;
using Amazon.Scheduler.Model;

namespace ResponseKit.Aws.Actions.Scheduler;

/// <summary>What a schedule does, apart from whether it is enabled.</summary>
internal static class ScheduleDefinition
{
    /// <summary>
    /// The request that changes the state only. What an update leaves out is set to its default, so that everything that was read is in it.
    /// Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
    /// A beginning that is past is left out: it means nothing any more, CreateSchedule refuses one of more than five minutes ago, and nowhere is it said that an update takes it.
    /// </summary>
    /// <param name="found">The schedule as it was read.</param>
    /// <param name="state">The state that it is to have.</param>
    /// <param name="now">The time.</param>
    public static UpdateScheduleRequest With(this GetScheduleResponse found, ScheduleState state, DateTimeOffset now) => new()
    {
        Name = found.Name,
        GroupName = found.GroupName,
        State = state,
        Description = found.Description,
        ScheduleExpression = found.ScheduleExpression,
        ScheduleExpressionTimezone = found.ScheduleExpressionTimezone,
        FlexibleTimeWindow = found.FlexibleTimeWindow,
        ActionAfterCompletion = found.ActionAfterCompletion,
        StartDate = found.StartDate is { } start && start.ToUniversalTime() > now.UtcDateTime ? start : null,
        EndDate = found.EndDate,
        KmsKeyArn = found.KmsKeyArn,
        Target = found.Target,
    };

    /// <summary>What a person looks for: what is called, when, and by which role. The input may hold secrets, so only its hash is kept.</summary>
    public static JsonObject Evidence(GetScheduleResponse found) => new()
    {
        ["state"] = found.State?.Value,
        ["created"] = found.CreationDate,
        ["expression"] = found.ScheduleExpression,
        ["timezone"] = found.ScheduleExpressionTimezone,
        ["target"] = found.Target?.Arn,
        ["role"] = found.Target?.RoleArn,
        ["taskDefinition"] = found.Target?.EcsParameters?.TaskDefinitionArn,
        ["inputSha256"] = found.Target?.Input is { } input ? Hash(input) : null,
    };

    /// <summary>Tells whether two readings are of the same schedule, whatever its state, and whenever it was to begin: that is left out once it is past.</summary>
    public static string Fingerprint(GetScheduleResponse found)
    {
        var everything = Everything(found);
        everything.Remove("start");
        return Hash(everything.ToJsonString());
    }

    /// <summary>Everything but the state. What is not set reads like its default, which an update sets.</summary>
    public static JsonObject Everything(GetScheduleResponse found) => new()
    {
        ["description"] = found.Description,
        ["expression"] = found.ScheduleExpression,
        ["timezone"] = found.ScheduleExpressionTimezone ?? "UTC",
        ["window"] = found.FlexibleTimeWindow?.Mode?.Value,
        ["minutes"] = found.FlexibleTimeWindow?.MaximumWindowInMinutes,
        ["then"] = (found.ActionAfterCompletion ?? ActionAfterCompletion.NONE).Value,
        ["start"] = Text(found.StartDate),
        ["end"] = Text(found.EndDate),
        ["key"] = found.KmsKeyArn,
        ["target"] = found.Target is { } target ? OfTarget(target) : null,
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static JsonObject OfTarget(Target target) => new()
    {
        ["arn"] = target.Arn,
        ["role"] = target.RoleArn,
        ["input"] = target.Input,
        ["deadLetters"] = target.DeadLetterConfig?.Arn,
        ["age"] = target.RetryPolicy?.MaximumEventAgeInSeconds,
        ["attempts"] = target.RetryPolicy?.MaximumRetryAttempts,
        ["ecs"] = target.EcsParameters is { } ecs ? OfTasks(ecs) : null,
        ["detailType"] = target.EventBridgeParameters?.DetailType,
        ["source"] = target.EventBridgeParameters?.Source,
        ["partitionKey"] = target.KinesisParameters?.PartitionKey,
        ["group"] = target.SqsParameters?.MessageGroupId,
        ["pipeline"] = List((target.SageMakerPipelineParameters?.PipelineParameterList ?? []).Select(each => $"{each.Name}={each.Value}")),
    };

    private static JsonObject OfTasks(EcsParameters ecs) => new()
    {
        ["definition"] = ecs.TaskDefinitionArn,
        ["count"] = ecs.TaskCount,
        ["launch"] = ecs.LaunchType?.Value,
        ["platform"] = ecs.PlatformVersion,
        ["group"] = ecs.Group,
        ["reference"] = ecs.ReferenceId,
        ["propagate"] = ecs.PropagateTags?.Value,
        ["managedTags"] = ecs.EnableECSManagedTags,
        ["execute"] = ecs.EnableExecuteCommand,
        ["providers"] = List((ecs.CapacityProviderStrategy ?? []).Select(each => $"{each.CapacityProvider} {each.Base} {each.Weight}")),
        ["constraints"] = List((ecs.PlacementConstraints ?? []).Select(each => $"{each.Type?.Value} {each.Expression}")),
        ["strategy"] = List((ecs.PlacementStrategy ?? []).Select(each => $"{each.Type?.Value} {each.Field}")),
        ["subnets"] = List(ecs.NetworkConfiguration?.AwsvpcConfiguration?.Subnets ?? []),
        ["securityGroups"] = List(ecs.NetworkConfiguration?.AwsvpcConfiguration?.SecurityGroups ?? []),
        ["publicAddress"] = ecs.NetworkConfiguration?.AwsvpcConfiguration?.AssignPublicIp?.Value,
        ["tags"] = List((ecs.Tags ?? []).SelectMany(tag => tag).Select(pair => $"{pair.Key}={pair.Value}")),
    };

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static string? Text(DateTime? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
