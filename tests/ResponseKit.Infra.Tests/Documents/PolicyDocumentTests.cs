using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Testing.Policies;
using Xunit.Abstractions;

namespace ResponseKit.Infra.Tests.Documents;

/// <summary>Every policy document of every template says something that AWS takes, and that can match.</summary>
public sealed class PolicyDocumentTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_document_of_an_account_is_good() => Check(await Synthesized.UsualAsync());

    [Fact]
    public async Task Every_document_of_an_account_with_everything_switched_on_is_good() => Check(await Synthesized.WidestAsync());

    [Fact]
    public async Task Every_document_of_an_organization_and_of_its_stack_sets_is_good() => Check(await Synthesized.OrganizationAsync());

    private void Check(Synthesized made)
    {
        var found = made.Templates.SelectMany(TemplatePolicies.Of).ToList();
        foreach (var kind in found.GroupBy(policy => policy.Kind.Name))
            output.WriteLine($"{kind.Key}: {kind.Count()}");
        Assert.True(found.Count > 40, $"Only {found.Count} documents were found.");
        var problems = found.SelectMany(policy => PolicyGrammar.Problems(policy.Text, policy.Kind).Select(problem => $"{policy.Where}: {problem}")).Distinct().ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
