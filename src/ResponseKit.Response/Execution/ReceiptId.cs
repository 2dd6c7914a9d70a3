using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ResponseKit.Response.Execution;

/// <summary>Ids of receipts. They follow from what was asked, so that a run that is repeated finds what it did before.</summary>
public static class ReceiptId
{
    /// <summary>
    /// The id for an action on the request's targets within its incident's round. The targets' ARNs hold account and region; the region asked for must not
    /// matter, because for IAM any one will do.
    /// </summary>
    public static string For(string action, ActionRequest request)
    {
        var name = string.Join('\n', [request.Incident ?? "", .. OfRound(request), action, .. request.Targets.Select(target => target.ToArn()).Order(StringComparer.Ordinal)]);
        return "receipt-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24];
    }

    // Before an action's id no number can stand.
    private static IEnumerable<string> OfRound(ActionRequest request) => request.Round == 1 ? [] : [request.Round.ToString(CultureInfo.InvariantCulture)];
}
