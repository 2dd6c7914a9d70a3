using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>The glossary names types as they are called today.</summary>
public sealed partial class GlossaryTests
{
    [Fact]
    public void The_glossary_names_only_types_and_members_that_exist()
    {
        var sources = new[] { "src", "infra", "emulator" }.SelectMany(Repository.Sources).Select(file => Repository.Read(file.Split('/'))).ToList();
        var types = sources.SelectMany(text => TypeName().Matches(text).Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var named = CodeName().Matches(Repository.Read("docs", "glossary.md")).Select(match => match.Groups[1].Value).Where(name => char.IsUpper(name[0])).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(types.Contains(name.Split('.')[0]), $"docs/glossary.md names {name}, and there is no such type."));
        Assert.All(
            named.Where(name => name.Contains('.', StringComparison.Ordinal)),
            name => Assert.True(sources.Exists(text => text.Contains($" {name.Split('.')[1]} ", StringComparison.Ordinal)), $"docs/glossary.md names {name}, and there is no such member."));
    }

    [GeneratedRegex(@"`([A-Za-z]+(?:\.[A-Za-z]+)?)`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeName();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeName();
}
