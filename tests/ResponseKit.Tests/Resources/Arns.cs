using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Resources;

namespace ResponseKit.Tests.Resources;

/// <summary>ARNs of users and roles as an intruder would choose them: paths that look like other ARNs, names that differ in case, wildcards.</summary>
internal static class Arns
{
    private static readonly string[] Segments =
    [
        "x:role", "role", "user", "x:user", "*", "?", "**", "", "ops", "Ops", "arn:aws:iam::111122223333:role", "::", "aws-reserved", "a*b", "-", "~", "!", new('z', 100),
    ];

    private static readonly string[] Names =
        ["ResponseKitResponder", "responsekitresponder", "ResponseKitResponder2", "ResponseKitRespond", "break-glass", "BREAK-glass", "break-glass.", "a", "A", new('n', 64)];

    /// <summary>ARNs of users and roles with hostile paths.</summary>
    public static Gen<string> Principals =>
        from partition in Gen.Elements("aws", "aws-cn", "aws-us-gov")
        from account in Gen.Elements("111122223333", "444455556666", "111122223334")
        from kind in Gen.Elements("user", "role")
        from depth in Gen.Choose(0, 4)
        from path in Gen.OneOf(Gen.Elements(Segments), Properties.TextOf("ab:*?!~/", 0, 6)).ArrayOf(depth)
        from name in Gen.OneOf(Gen.Elements(Names), Properties.Name)
        select $"arn:{partition}:iam::{account}:{kind}/{string.Concat(path.Select(segment => segment + "/"))}{name}";

    /// <summary>Patterns without <c>**</c>, made of such an ARN by putting wildcards in place of some characters.</summary>
    public static Gen<ArnPattern> Patterns =>
        from arn in Principals
        from stars in Gen.Choose(0, 200).ArrayOf(3)
        from account in Gen.Elements("*", "")
        from end in Gen.Elements("", "", "", "/**")
        let text = Starred(arn, stars, account, end)
        where ArnPattern.TryParse(text, out _, out _)
        select ArnPattern.Parse(text);

    public static ResourceRef Ref(string arn) => ResourceRef.FromArn(arn)!;

    private static string Starred(string arn, int[] stars, string account, string end)
    {
        var parts = arn.Split(':', 6);
        if (account.Length > 0)
            parts[4] = account;
        var kind = parts[5].IndexOf('/', StringComparison.Ordinal);
        var letters = parts[5].ToCharArray();
        foreach (var star in stars.Where(star => star > kind && star < letters.Length && letters[star] != '/'))
            letters[star] = star % 2 == 0 ? '*' : '?';
        return string.Join(':', parts[..5]) + ":" + new string(letters) + end;
    }
}
