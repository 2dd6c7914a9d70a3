using System.Collections.Immutable;

namespace ResponseKit.Emulator.Deployed;

/// <summary>A Lambda function as it is deployed in the emulator.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="Runtime">Its runtime, such as <c>dotnet10</c>.</param>
/// <param name="Handler">Its handler: for .NET the name of an executable assembly.</param>
/// <param name="Timeout">How long an invocation may take, in seconds.</param>
/// <param name="Memory">Its memory, in megabytes.</param>
/// <param name="Environment">Its environment variables.</param>
/// <param name="Role">The ARN of its role.</param>
/// <param name="ReservedConcurrency">How many invocations may run at once; null when that is not set.</param>
/// <param name="CodeSha256">What its package is known by.</param>
public sealed record DeployedFunction(
    string Arn, string Name, string Runtime, string Handler, int Timeout, int Memory, ImmutableSortedDictionary<string, string> Environment, string Role,
    int? ReservedConcurrency, string CodeSha256)
{
    /// <summary>What tells this deployment of the function from an earlier one: a process of the earlier one takes no more invocations.</summary>
    public string Revision => $"{CodeSha256} {Runtime} {Handler} {Role} {string.Join('\n', Environment.Select(variable => $"{variable.Key}={variable.Value}"))}";
}
