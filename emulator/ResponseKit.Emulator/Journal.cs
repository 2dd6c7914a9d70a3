using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Emulator;

/// <summary>Which calls to read from the journal.</summary>
public sealed record JournalQuery
{
    /// <summary>Only what came after this point: the <see cref="JournalPage.Next"/> of an earlier page.</summary>
    public long Since { get; init; }

    /// <summary>Only calls into this account.</summary>
    public string? Account { get; init; }

    /// <summary>Only this service, by its signing name.</summary>
    public string? Service { get; init; }

    /// <summary>Only this API operation.</summary>
    public string? Action { get; init; }

    /// <summary>Only calls signed with this access key.</summary>
    public string? Key { get; init; }

    internal string ToQueryString()
    {
        (string Name, string? Value)[] wanted =
        [
            ("since", Since.ToString(CultureInfo.InvariantCulture)), ("account", Account), ("service", Service), ("action", Action), ("key", Key),
        ];
        return "?" + string.Join('&', wanted.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }
}

/// <summary>Calls of the journal.</summary>
/// <param name="Calls">In the order in which they arrived.</param>
/// <param name="Next">Where to go on reading.</param>
public sealed record JournalPage(ImmutableArray<JournalCall> Calls, long Next);

/// <summary>One AWS call that arrived at the emulator.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="T">When it arrived, in seconds since 1970.</param>
/// <param name="Ms">How long it took, in milliseconds.</param>
/// <param name="Account">The account called into.</param>
/// <param name="Region">The region called; null where the call was not signed.</param>
/// <param name="Service">The service's signing name; null where the call was not signed.</param>
/// <param name="Action">The API operation; null where it could not be told.</param>
/// <param name="Key">The access key that signed it.</param>
/// <param name="Principal">The ARN of who called; null where IAM was not enforced or the key was not known.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Error">The error code of the answer; null for success.</param>
/// <param name="Params">The request's parameters, secrets hidden.</param>
public sealed record JournalCall(
    long Seq,
    double T,
    double Ms,
    string Account,
    string? Region,
    string? Service,
    string? Action,
    string? Key,
    string? Principal,
    int Status,
    string? Error,
    JsonElement Params)
{
    /// <summary>What was made to go wrong with it; null where nothing was.</summary>
    public string? Fault { get; init; }

    /// <summary>The call in IAM's spelling, <c>ec2:RunInstances</c>.</summary>
    [JsonIgnore]
    public string Call => $"{Service}:{Action}";

    /// <summary>When it arrived.</summary>
    [JsonIgnore]
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddSeconds(T);

    /// <summary>Whether it succeeded.</summary>
    [JsonIgnore]
    public bool Succeeded => Status < 400;
}

/// <summary>CloudTrail records.</summary>
/// <param name="Records">In the order of their calls.</param>
/// <param name="Next">Where to go on reading.</param>
public sealed record RecordPage(ImmutableArray<JsonElement> Records, long Next);
