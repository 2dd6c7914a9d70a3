namespace ResponseKit.Testing.Policies;

/// <summary>
/// A form that ARNs of a service have, or a pattern over such ARNs as it stands in a policy: six parts, of which each is matched by itself
/// (IAM User Guide, "Amazon Resource Names (ARNs)").
/// </summary>
public sealed record ArnFormat(string Partition, string Service, string Region, string Account, string Resource)
{
    /// <summary>Reads a form as AWS publishes it, with <c>${Region}</c> and such for what differs.</summary>
    public static ArnFormat Parse(string text)
    {
        var parts = text.Split(':', 6);
        return new(Open(parts[1]), parts[2], Open(parts[3]), Open(parts[4]), parts[5].Replace(".*", "*", StringComparison.Ordinal));
    }

    /// <summary>Reads a pattern; null if it has not the six parts.</summary>
    public static ArnFormat? Pattern(string text) => text.Split(':', 6) is ["arn", var partition, var service, var region, var account, var resource]
        ? new(partition, service, region, account, resource)
        : null;

    /// <summary>
    /// Whether some ARN of the other form fits this pattern. A part that ARNs of the form leave empty must be empty in the pattern: IAM refuses a region in the
    /// ARN of a role, even <c>*</c>. A part that they have must not be empty.
    /// </summary>
    public bool Fits(ArnFormat form) =>
        Service == form.Service && Region.Length == 0 == (form.Region.Length == 0) && Glob.Overlap(Region, form.Region)
        && Account.Length == 0 == (form.Account.Length == 0) && Glob.Overlap(Account, form.Account) && Glob.Overlap(Resource, form.Resource);

    private static string Open(string part) => part.StartsWith("${", StringComparison.Ordinal) ? "*" : part;
}
