using ResponseKit.Emulator;

namespace ResponseKit.Testing;

/// <summary>What IAM calls the operations of AWS's APIs, and which of them only read.</summary>
public static class ApiCalls
{
    // Where an IAM action is not named after the operation. Source: Service Authorization Reference, "Actions defined by …" of each service.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["lambda:Invoke"] = "lambda:InvokeFunction",
        ["lambda:InvokeAsync"] = "lambda:InvokeFunction",
        ["s3:ListObjectsV2"] = "s3:ListBucket",
        ["s3:HeadObject"] = "s3:GetObject",
    };

    private static readonly string[] ReadingVerbs = ["Describe", "Get", "List", "BatchGet", "Lookup", "Simulate", "Search"];

    /// <summary>The IAM action that a call needs.</summary>
    public static string PermissionFor(JournalCall call) => Renamed.GetValueOrDefault(call.Call, call.Call);

    /// <summary>Whether an IAM action changes nothing.</summary>
    public static bool IsRead(string action)
    {
        var operation = action.AsSpan(action.IndexOf(':', StringComparison.Ordinal) + 1);
        foreach (var verb in ReadingVerbs)
        {
            if (operation.StartsWith(verb, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Whether AWS refused the call because the caller may not make it.</summary>
    public static bool WasDenied(JournalCall call) =>
        call.Error is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "AuthFailure" or "NotAuthorized";
}
