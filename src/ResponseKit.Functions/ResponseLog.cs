using ResponseKit.Response.Running;


namespace ResponseKit.Functions;

/// <summary>Writes down how responses end.</summary>
internal static class ResponseLog
{
    public static void Ended(FunctionLog log, ResponseReport report, string? error = null) => log.Write(
        report.Left.IsEmpty && error is null ? LogSeverity.Information : LogSeverity.Error, error is null ? "response.ended" : "response.broken-off",
        ("incident", report.Incident), ("actions", $"{report.Actions.Length}"), ("held", $"{report.Held.Length}"), ("pages", $"{report.Pages.Length}"),
        ("cameToRest", report.CameToRest ? "yes" : "no"), ("left", report.Left.IsEmpty ? null : string.Join('\n', report.Left)), ("error", error));
}
