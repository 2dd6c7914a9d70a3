using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections;

/// <summary>Accounts that are neither the record's own nor known to the policy file, as calls that share something name them.</summary>
/// <param name="Accounts">The accounts named, each once.</param>
/// <param name="IsEveryone">Whether it is shared with every account there is.</param>
internal sealed record Outsiders(IReadOnlyList<string> Accounts, bool IsEveryone)
{
    private const int Most = 1000;

    /// <summary>
    /// Those whom a list lets in: EC2 writes <c>{"userId":…}</c> or <c>{"group":"all"}</c>, RDS the account or <c>all</c> by itself. Null for nobody.
    /// </summary>
    public static Outsiders? In(IEnumerable<Field> list, string own, DetectionSettings settings)
    {
        var named = list.Take(Most).Select(item => item.Text ?? item["userId"].Text ?? item["group"].Text).OfType<string>().ToList();
        var accounts = named.Where(name => IsOutside(name, own, settings)).Distinct(StringComparer.Ordinal).ToList();
        var isEveryone = named.Contains("all", StringComparer.OrdinalIgnoreCase);
        return isEveryone || accounts.Count > 0 ? new(accounts, isEveryone) : null;
    }

    /// <summary>Whether it is the id of an account that is neither the own one nor a known one.</summary>
    public static bool IsOutside(string? account, string own, DetectionSettings settings) =>
        AccountId.IsValid(account) && account != own && !settings.KnownAccounts.Contains(account!);

    /// <summary>Whether an ARN, such as a key's, is of such an account. What is no ARN is the own account's.</summary>
    public static bool Owns(string? arn, string own, DetectionSettings settings) => Arn.TryParse(arn, out var parsed) && IsOutside(parsed.Account, own, settings);

    /// <summary>For a sentence.</summary>
    public override string ToString() => IsEveryone ? "everyone" : Accounts.Count == 1 ? $"the account {Accounts[0]}" : $"the accounts {Plain.Names(Accounts)}";
}
