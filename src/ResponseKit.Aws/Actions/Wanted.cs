using Amazon.Runtime;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>One setting that an action wants changed, as it was found: what applying does and verification checks.</summary>
/// <param name="Step">The change.</param>
/// <param name="IsInPlace">Whether it is as wanted.</param>
/// <param name="Found">What a person should know when it is not: "Access key AKIA… is Active."</param>
/// <param name="Call">Makes the change.</param>
internal sealed record Wanted(Step Step, bool IsInPlace, string Found, Func<CancellationToken, Task<AmazonWebServiceResponse>> Call);
