using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ResponseKit.Response;

/// <summary>What a person signs when they answer: a text that is the same for no two deployments, questions, plans, decisions or reasons.</summary>
public static class AnswerText
{
    /// <summary>The header in which it stands, which must be signed.</summary>
    public const string Header = "x-responsekit-answer";

    /// <summary>How long a signature counts, either side of the clock of the function: what AWS allows is longer (IAM User Guide, "Signature Version 4").</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromMinutes(5);

    /// <summary>Makes the text.</summary>
    /// <param name="deployment">The deployment's name, from <see cref="Deployment"/>.</param>
    /// <param name="question">The question, which holds what is to be done.</param>
    /// <param name="isApproved">The decision.</param>
    /// <param name="reason">Why.</param>
    /// <param name="remember">What is to be allowed from now on; null for nothing.</param>
    public static string Of(string deployment, Approval question, bool isApproved, string reason, Remembering? remember = null) =>
        Bind(
            deployment, question.Incident, $"{question.Round}", $"{question.Number}", PlanHash(question),
            isApproved ? "approve" : remember is null ? "reject" : $"reject and allow {remember.UsdPerHour} for {remember.Days}", reason);

    /// <summary>Makes the text for giving back what an incident's response took, or for calling it a false alarm.</summary>
    /// <param name="deployment">The deployment's name, from <see cref="Deployment"/>.</param>
    /// <param name="incident">The incident's id.</param>
    /// <param name="round">The round that the person has seen.</param>
    /// <param name="mode">Which of the two.</param>
    /// <param name="reason">Why.</param>
    public static string Of(string deployment, string incident, int round, UndoMode mode, string reason) =>
        Bind(deployment, incident, $"{round}", mode.ToString().ToLowerInvariant(), reason);

    private static string Bind(params ReadOnlySpan<string> parts)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return "v1-" + Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    /// <summary>The hash of exactly what is asked.</summary>
    public static string PlanHash(Approval question) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(question with { Decision = null }, ResponseJson.Default.Approval)));

    /// <summary>What a deployment is called: its key of seals, which has account and region in its ARN, and its table.</summary>
    public static string Deployment(string sealKey, string table) => $"{sealKey} {table}";
}
