using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Resources;

namespace ResponseKit.Policy;

/// <summary>Whether a pattern of the policy file means a user or role. Patterns may be written with the IAM path or without.</summary>
public static class PrincipalPattern
{
    /// <summary>
    /// Whether the pattern means this user or role. Where the path is not known, a pattern with a path is taken to mean it if the rest fits:
    /// a name given at the console must not get around a guard.
    /// </summary>
    public static bool Matches(string pattern, ResourceRef principal)
    {
        if (Glob.Matches(pattern, principal.ToArn()) || Glob.Matches(pattern, principal.ToFullArn()))
            return true;
        var name = pattern[(pattern.LastIndexOf('/') + 1)..];
        var start = pattern.IndexOf('/');
        if (start < 0 || start == pattern.LastIndexOf('/'))
            return false;
        // A name is unique whatever the path, so a pattern that spells it out means it wherever it is.
        var speltOut = !name.AsSpan().ContainsAny("*?");
        return (speltOut || principal.Path is null) && Glob.Matches(pattern[..(start + 1)] + name, principal.ToArn());
    }

    /// <summary>Whether any of the patterns means this actor, who may be no user or role at all.</summary>
    public static bool MatchesAny(ImmutableArray<string> patterns, Actor actor)
    {
        if (patterns.IsEmpty || ActorResource.Of(actor) is not { } principal)
            return false;
        foreach (var pattern in patterns)
        {
            if (Matches(pattern, principal))
                return true;
        }

        return false;
    }
}
