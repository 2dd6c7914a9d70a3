using System.Collections.Immutable;
using System.Net;
using System.Text;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Detections.Iam;

/// <summary>
/// An IAM policy as far as a detection needs to understand it: who or what it lets through, roughly and never too mildly.
/// Conditions do not count as a limit here, since one that always holds is easily written.
/// Grammar: IAM User Guide, "Grammar of the IAM JSON policy language".
/// </summary>
/// <param name="Statements">Its statements in order.</param>
internal sealed record PolicyDocument(ImmutableArray<PolicyStatement> Statements)
{
    // IAM takes policies of some ten thousand characters; a document with more statements than this was never accepted.
    private const int StatementLimit = 1000;

    // Any user and any resource: what a statement must cover to count as "on everything".
    private const string AnyUser = "arn:aws:iam::000000000000:user/some/path/some-name";
    private const string AnyResource = "arn:aws:example:eu-north-1:000000000000:thing/some-name";

    private static readonly string[] PowersOverIdentities = ["iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:CreateAccessKey"];
    private static readonly string[] PowersOverEverything = ["ec2:RunInstances", "kms:Decrypt", "lambda:CreateFunction", "s3:DeleteBucket"];
    private static readonly string[] PowersOverMail = ["ses:CreateEmailIdentity", "ses:SendEmail", "ses:VerifyDomainIdentity"];

    /// <summary>
    /// Reads a policy out of a record, where it is a string of JSON, now and then URL-encoded, or an object already.
    /// Null when it is none of these.
    /// </summary>
    public static PolicyDocument? Parse(Field field)
    {
        if (field.Text is not { } text)
            return Read(field);
        return FromJson(text) ?? (text.Contains('%') ? FromJson(WebUtility.UrlDecode(text)) : null);
    }

    /// <summary>Whether it makes an administrator: it lets everything be done, or lets any identity be given any right.</summary>
    public bool GrantsAdministration =>
        Array.TrueForAll(PowersOverIdentities, power => Grants(power, AnyUser)) || Array.TrueForAll(PowersOverEverything, power => Grants(power, AnyResource));

    /// <summary>Whether it lets its holder set up senders and send mail from them.</summary>
    public bool GrantsMail => Array.TrueForAll(PowersOverMail, power => Grants(power, AnyResource));

    private bool Grants(string action, string resource) =>
        Statements.Any(statement => statement.Allows && statement.Covers(action, resource))
        && !Statements.Any(statement => statement.Denies && !statement.HasCondition && statement.Covers(action, resource));

    private static PolicyDocument? FromJson(string text) =>
        JsonInput.TryRead(Encoding.UTF8.GetBytes(text), out var json, out _) ? Read(new Field(json)) : null;

    private static PolicyDocument? Read(Field document) =>
        document.Ignoring("Statement") is { IsPresent: true } statements
            ? new PolicyDocument([.. statements.List.Take(StatementLimit).Select(statement => new PolicyStatement(statement))])
            : null;
}
