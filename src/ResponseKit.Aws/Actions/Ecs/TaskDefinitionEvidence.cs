using System.Text.Json.Nodes;
using Amazon.ECS.Model;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>
/// What is kept of a task definition. The values of environment variables are left out, as they may be secrets; of secrets, what they refer
/// to is kept. Texts are bounded: they are the attacker's.
/// </summary>
internal static class TaskDefinitionEvidence
{
    private const int MostCharacters = 2000;
    private const int MostContainers = 10;

    /// <summary>The evidence.</summary>
    public static JsonObject Of(TaskDefinition definition) => new()
    {
        ["arn"] = definition.TaskDefinitionArn,
        ["registered"] = definition.RegisteredAt,
        ["registeredBy"] = definition.RegisteredBy,
        ["cpu"] = definition.Cpu,
        ["memory"] = definition.Memory,
        ["networkMode"] = definition.NetworkMode?.Value,
        ["compatibilities"] = Texts(definition.RequiresCompatibilities),
        ["taskRole"] = definition.TaskRoleArn,
        ["executionRole"] = definition.ExecutionRoleArn,
        ["containers"] = new JsonArray([.. (definition.ContainerDefinitions ?? []).Take(MostContainers).Select(Container)]),
    };

    private static JsonObject Container(ContainerDefinition container) => new()
    {
        ["name"] = container.Name,
        ["image"] = container.Image,
        ["entryPoint"] = Texts(container.EntryPoint),
        ["command"] = Texts(container.Command),
        ["cpu"] = container.Cpu,
        ["memory"] = container.Memory ?? container.MemoryReservation,
        ["privileged"] = container.Privileged,
        ["environment"] = Texts((container.Environment ?? []).Select(variable => variable.Name)),
        ["secrets"] = Texts((container.Secrets ?? []).Select(secret => $"{secret.Name} from {secret.ValueFrom}")),
        ["repositoryCredentials"] = container.RepositoryCredentials?.CredentialsParameter,
        ["log"] = container.LogConfiguration?.LogDriver?.Value,
    };

    private static JsonArray Texts(IEnumerable<string?>? texts)
    {
        var kept = new JsonArray();
        var left = MostCharacters;
        foreach (var text in texts ?? [])
        {
            if (left <= 0)
                break;
            kept.Add(text?.Length > left ? text[..left] + "…" : text);
            left -= text?.Length ?? 0;
        }

        return kept;
    }
}
