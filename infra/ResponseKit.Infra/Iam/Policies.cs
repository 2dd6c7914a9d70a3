using System.Collections.Immutable;
using Amazon.CDK.AWS.IAM;

namespace ResponseKit.Infra.Iam;

/// <summary>Makes policies of statements, within IAM's limits (IAM User Guide, "IAM and AWS STS quotas").</summary>
internal static class Policies
{
    /// <summary>The most characters of all inline policies of a role together, spaces not counted.</summary>
    public const int MaxInline = 10_240;

    /// <summary>The most characters of a managed policy, spaces not counted.</summary>
    public const int MaxManaged = 6_144;

    private const int Frame = 48;

    /// <summary>The document.</summary>
    public static PolicyDocument Document(IEnumerable<Statement> statements) =>
        new(new PolicyDocumentProps { Statements = [.. statements.Select(statement => statement.ToStatement())] });

    /// <summary>The statements in as few documents of at most so many characters as filling them in order gives.</summary>
    /// <exception cref="ArgumentException">One statement alone is longer.</exception>
    public static ImmutableArray<ImmutableArray<Statement>> Pack(ImmutableArray<Statement> statements, int most)
    {
        var packed = ImmutableArray.CreateBuilder<ImmutableArray<Statement>>();
        var (page, length) = (ImmutableArray<Statement>.Empty, Frame);
        foreach (var statement in statements)
        {
            if (Frame + statement.Length > most)
                throw new ArgumentException($"The statement for {statement.Actions[0]} has {statement.Length} characters, and a policy at most {most}.", nameof(statements));
            if (length + statement.Length + 1 > most)
            {
                packed.Add(page);
                (page, length) = ([], Frame);
            }

            (page, length) = (page.Add(statement), length + statement.Length + 1);
        }

        if (!page.IsEmpty)
            packed.Add(page);
        return packed.ToImmutable();
    }
}
