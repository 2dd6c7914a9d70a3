using System.Text.Json.Serialization;

namespace ResponseKit.Emulator;

/// <summary>A rule by which calls go wrong. What is left out matches every call; a test names its account, so that it disturbs no other.</summary>
public sealed record EmulatorFault
{
    /// <summary>What happens.</summary>
    public required EmulatorFaultKind Kind { get; init; }

    /// <summary>The service's signing name: <c>ec2</c>, <c>iam</c>, <c>autoscaling</c>, <c>ecs</c>, <c>lambda</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Service { get; init; }

    /// <summary>The API operation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>The account called into.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    /// <summary>The region called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }

    /// <summary>The access key id of the caller.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>A text that the request's body or path must contain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Match { get; init; }

    /// <summary>The error code to answer with, instead of the kind's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>The HTTP status to answer with, instead of the kind's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    /// <summary>The error message to answer with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>Milliseconds to wait before anything else happens.</summary>
    [JsonPropertyName("delay_ms")]
    public double DelayMilliseconds { get; init; }

    /// <summary>How many calls are hit; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Times { get; init; }

    /// <summary>How many matching calls go through first.</summary>
    public int Skip { get; init; }

    /// <summary>The share of matching calls that are hit, from 0 to 1; which ones is the same in every run.</summary>
    public double Rate { get; init; } = 1;
}
