using System.Text.Json.Serialization;
using ResponseKit.Sharing;

namespace ResponseKit.Records;

/// <summary>How an API call ended. One of <see cref="Succeeded"/>, <see cref="DryRun"/>, <see cref="Denied"/>, <see cref="Failed"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(DryRun), "dry-run")]
[JsonDerivedType(typeof(Denied), "denied")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record CallOutcome
{
    // Codes are few, and most calls succeed.
    private static readonly RecentTexts<CallOutcome> ByCode = new(OfCode);
    private static readonly Succeeded Success = new();

    private CallOutcome()
    {
    }

    /// <summary>The call took effect: the record has no error code.</summary>
    public sealed record Succeeded : CallOutcome;

    /// <summary>
    /// EC2 answered <c>Client.DryRunOperation</c>: nothing happened, but it would have been allowed.
    /// </summary>
    public sealed record DryRun : CallOutcome;

    /// <summary>The caller was not allowed to (<c>AccessDenied</c>, <c>Client.UnauthorizedOperation</c> and their like).</summary>
    /// <param name="Code">The error code as recorded.</param>
    public sealed record Denied(string Code) : CallOutcome;

    /// <summary>The call failed for another reason than permission: a quota, a bad parameter, throttling.</summary>
    /// <param name="Code">The error code as recorded.</param>
    public sealed record Failed(string Code) : CallOutcome;

    /// <summary>Whether the call took effect.</summary>
    [JsonIgnore]
    public bool TookEffect => this is Succeeded;

    /// <summary>Reads the outcome from a record's error code; no code means success.</summary>
    public static CallOutcome FromErrorCode(string? code) => string.IsNullOrEmpty(code) ? Success : ByCode.Of(code);

    private static CallOutcome OfCode(string code) => code switch
    {
        "Client.DryRunOperation" or "DryRunOperation" => new DryRun(),
        "AccessDenied" or "AccessDeniedException" or "Client.UnauthorizedOperation" or "UnauthorizedOperation"
            or "Client.UnauthorizedAccess" or "AuthorizationError" or "Client.AuthFailure" => new Denied(code),
        _ => new Failed(code),
    };
}
