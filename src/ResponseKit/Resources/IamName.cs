using System.Diagnostics.CodeAnalysis;
using ResponseKit.Text;

namespace ResponseKit.Resources;

/// <summary>
/// Names and paths of IAM users and roles. Source: IAM User Guide, "IAM and AWS STS quotas" and "IAM identifiers".
/// </summary>
public static class IamName
{
    private static readonly Charset Name = new(Charset.Alphanumeric + "_+=,.@-", 64);
    private static readonly Charset Path = new(Charset.Visible, 512);
    private static readonly Charset AccessKeyId = new(Charset.Alphanumeric, 128, 16);

    /// <summary>Whether the text may be the name of a user or a role.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => Name.Fits(text);

    /// <summary>Whether the text may be a path: <c>/</c>, or something between two slashes.</summary>
    public static bool IsPath([NotNullWhen(true)] string? text) => Path.Fits(text) && text[0] == '/' && text[^1] == '/';

    /// <summary>Whether the text may be an access key id.</summary>
    public static bool IsAccessKeyId([NotNullWhen(true)] string? text) => AccessKeyId.Fits(text);

    /// <summary>Splits what follows <c>user/</c> or <c>role/</c> in an ARN; false when it is no possible path and name.</summary>
    public static bool TrySplit(string pathAndName, [NotNullWhen(true)] out string? path, [NotNullWhen(true)] out string? name)
    {
        var slash = pathAndName.LastIndexOf('/');
        path = slash < 0 ? "/" : $"/{pathAndName[..slash]}/";
        name = pathAndName[(slash + 1)..];
        return IsValid(name) && IsPath(path);
    }
}
