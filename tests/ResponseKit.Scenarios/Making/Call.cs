namespace ResponseKit.Scenarios.Making;

/// <summary>One call of AWS: what is asked, what is answered.</summary>
/// <param name="Service">The first label of <c>eventSource</c>, such as <c>ec2</c>.</param>
/// <param name="Name">The <c>eventName</c>, with the version that some services append.</param>
/// <param name="Region">Where CloudTrail notes it: global services are in us-east-1.</param>
/// <param name="Request">The <c>requestParameters</c>.</param>
/// <param name="Response">The <c>responseElements</c>, which calls that only read leave out.</param>
internal sealed record Call(string Service, string Name, string Region, object? Request = null, object? Response = null)
{
    public bool ReadOnly { get; init; }
    public string? Error { get; init; }
    public string? ErrorMessage { get; init; }
    public object? Additional { get; init; }
    public object? Resources { get; init; }
    public string? ApiVersion { get; init; }
    public string EventType { get; init; } = "AwsApiCall";

    /// <summary>What <c>AwsServiceEvent</c>s tell in place of a request.</summary>
    public object? ServiceDetails { get; init; }

    /// <summary>The host that was called, where it is not made from service and region.</summary>
    public string? Host { get; init; }

    /// <summary>The AWS CLI's name of the call.</summary>
    public string Command => $"{Service}.{Kebab(Name)}";

    public static Call Read(string service, string name, string region, object? request = null) => new(service, name, region, request) { ReadOnly = true };

    private static string Kebab(string name) => string.Concat(
        name.TakeWhile(character => !char.IsAsciiDigit(character))
            .Select((character, index) => char.IsAsciiLetterUpper(character) && index > 0
                ? $"-{char.ToLowerInvariant(character)}" : $"{char.ToLowerInvariant(character)}"));
}
