using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Emulator.RuntimeApi;

namespace ResponseKit.Emulator.Deployed;

/// <summary>
/// What Lambda gives a function's process beside its own variables (Lambda Developer Guide, "Defined runtime environment variables"), and how it starts it.
/// </summary>
internal static class FunctionEnvironment
{
    public static ImmutableDictionary<string, string> Of(DeployedFunction function, RoleCredentials credentials, string folder, Uri endpoint)
    {
        var region = function.Arn.Split(':')[3];
        return ImmutableDictionary.CreateRange(StringComparer.Ordinal, function.Environment).SetItems(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_HANDLER"] = function.Handler,
            ["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = credentials.SessionToken,
            ["AWS_REGION"] = region,
            ["AWS_DEFAULT_REGION"] = region,
            ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{function.Runtime}",
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.Memory.ToString(CultureInfo.InvariantCulture),
            ["LAMBDA_TASK_ROOT"] = folder,
            ["TZ"] = ":UTC",
        });
    }

    /// <summary>The command that runs a function; null for a runtime that is not on this machine.</summary>
    public static FunctionCommand? Command(DeployedFunction function, string folder)
    {
        if (function.Runtime.StartsWith("dotnet", StringComparison.Ordinal) && !function.Handler.Contains("::", StringComparison.Ordinal))
            return new FunctionCommand("dotnet", [Path.Combine(folder, function.Handler + ".dll")], folder);
        return function.Runtime.StartsWith("provided", StringComparison.Ordinal) ? new FunctionCommand(Path.Combine(folder, "bootstrap"), [], folder) : null;
    }
}
