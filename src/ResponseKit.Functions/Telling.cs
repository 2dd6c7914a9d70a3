using ResponseKit.Response.Notifications;

namespace ResponseKit.Functions;

/// <summary>Tells people, and writes down when it could not be done: telling never stops a response.</summary>
internal static class Telling
{
    public static async Task TellAsync(this FunctionServices services, Notice notice, CancellationToken cancellationToken)
    {
        if (await services.Notifier.TellAsync(notice, cancellationToken) is NoticeOutcome.Failed failed)
        {
            services.Log.Write(
                LogSeverity.Error, "notice.failed", ("incident", notice.Incident), ("state", notice.State), ("subject", notice.SubjectLine), ("error", failed.Reason));
        }
    }
}
