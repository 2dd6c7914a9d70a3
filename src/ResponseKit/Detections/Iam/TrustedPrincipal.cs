using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.Iam;

/// <summary>
/// Whom a policy trusts. One of <see cref="Everyone"/>, <see cref="InAccount"/>, <see cref="Service"/>, <see cref="Federated"/>.
/// Forms: IAM User Guide, "AWS JSON policy elements: Principal".
/// </summary>
internal abstract record TrustedPrincipal
{
    private TrustedPrincipal()
    {
    }

    /// <summary>Anybody with an AWS account, or without.</summary>
    public sealed record Everyone : TrustedPrincipal;

    /// <summary>An account, or a user, role or session in it.</summary>
    public sealed record InAccount(string Account) : TrustedPrincipal;

    /// <summary>An AWS service.</summary>
    public sealed record Service(string Name) : TrustedPrincipal;

    /// <summary>Whoever an identity provider vouches for.</summary>
    public sealed record Federated(string Provider) : TrustedPrincipal;

    /// <summary>Those of a statement. Unique ids of deleted principals name nobody and are left out.</summary>
    public static ImmutableArray<TrustedPrincipal> In(Field statement)
    {
        // Everyone but some is everyone, to whoever owns none of the exceptions.
        if (statement.Ignoring("NotPrincipal").IsPresent)
            return [new Everyone()];
        return Named(statement.Ignoring("Principal"));
    }

    /// <summary>Those of a Principal element, or of Lambda's principal parameter.</summary>
    public static ImmutableArray<TrustedPrincipal> Named(Field principal) => principal.Text is { } text
        ? [.. new[] { OfAws(text) }.OfType<TrustedPrincipal>()]
        :
        [
            .. principal.Ignoring("AWS").Texts().Select(OfAws).OfType<TrustedPrincipal>(),
            .. principal.Ignoring("Service").Texts().Select(name => new Service(name)),
            .. principal.Ignoring("Federated").Texts().Select(provider => new Federated(provider)),
        ];

    private static TrustedPrincipal? OfAws(string text) => text switch
    {
        "*" => new Everyone(),
        _ when AccountId.IsValid(text) => new InAccount(text),
        _ when Arn.TryParse(text, out var arn) && AccountId.IsValid(arn.Account) => new InAccount(arn.Account),
        _ when text.EndsWith(".amazonaws.com", StringComparison.Ordinal) => new Service(text),
        _ => null,
    };
}
