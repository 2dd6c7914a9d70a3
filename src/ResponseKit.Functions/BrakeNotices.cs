using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ResponseKit.Correlation;
using ResponseKit.Deployment;
using ResponseKit.Detections.Costs;
using ResponseKit.Policy;
using ResponseKit.Response.Notifications;

namespace ResponseKit.Functions;

/// <summary>What people are told of a case that was braked for as long as the policy allows and goes on: they decide. Once an hour for each case.</summary>
internal static class BrakeNotices
{
    /// <summary>The notice of an event; none where its verdict is another.</summary>
    /// <param name="observation">What was observed.</param>
    /// <param name="root">The key of the case.</param>
    /// <param name="account">The account that was acted upon.</param>
    /// <param name="answer">What triage made of it.</param>
    /// <param name="mode">What ResponseKit may do.</param>
    public static IEnumerable<Notice> Of(Observation observation, string root, string account, TriageAnswer answer, ResponseMode mode)
    {
        if (answer is not { Verdict: Verdict.Brake verdict, Outcome: TriageOutcome.Kept })
            return [];
        var actor = CaseFile.ActorKeyOf(root);
        return
        [
            new()
            {
                Incident = $"brake-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..12]}",
                State = $"brake-{observation.Time.UtcDateTime:yyyyMMddHH}",
                Subject = $"ResponseKit: decide about {actor}{(verdict.UsdPerHour >= 1 ? $", {Dollars.AnHour(verdict.UsdPerHour)}" : "")}",
                Lines =
                [
                    $"Decide about {actor} in account {account}: this is more than is only watched, and less than ResponseKit contains by itself.",
                    $"{answer.Message} Nothing more is done about it. If nobody meant it, contain the actor with the action functions, "
                    + $"{DeployedNames.Function("iam.contain-user")} or {DeployedNames.Function("iam.contain-role")}.",
                    "", .. verdict.Explanation.ToString().Split('\n'), "", "Further events of this case are not told within the hour.",
                ],
                Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
                [
                    KeyValuePair.Create("verdict", "brake"), KeyValuePair.Create("account", account),
                    KeyValuePair.Create("mode", mode.ToString().ToLowerInvariant()), KeyValuePair.Create("state", "brake"),
                ]),
            },
        ];
    }
}
