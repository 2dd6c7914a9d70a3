using System.Text;

namespace ResponseKit.StandIns.Tests.Wire;

/// <summary>What <see cref="AnsweringServer"/> answers.</summary>
internal sealed record Answer(int Status, string ContentType, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public TimeSpan Delay { get; init; }

    public static Answer Xml(string body, int status = 200) => new(status, "text/xml;charset=UTF-8", Encoding.UTF8.GetBytes(body));

    public static Answer Json(string body, int status = 200) => new(status, "application/json", Encoding.UTF8.GetBytes(body));

    /// <summary>An error as EC2 writes it.</summary>
    public static Answer Ec2Error(string code, string message, int status) => Xml(
        $"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>req-1</RequestID></Response>",
        status);

    /// <summary>An error as the services of the query protocol write it.</summary>
    public static Answer QueryError(string code, string message, int status) => Xml(
        $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>req-2</RequestId></ErrorResponse>",
        status);
}
