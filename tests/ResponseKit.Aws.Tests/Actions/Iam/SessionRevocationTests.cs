using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Aws.Actions.Iam;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class SessionRevocationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 2, 15, 0, TimeSpan.Zero);

    [Fact]
    public void Reads_back_the_cut_that_it_writes() =>
        Prop.ForAll<int>(milliseconds =>
        {
            var cut = Start.AddMilliseconds(milliseconds);
            return SessionRevocation.CutIn(SessionRevocation.Document(cut)) == cut;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reads_any_text_without_failing() =>
        Prop.ForAll<string>(text => SessionRevocation.CutIn(text) is null).QuickCheckThrowOnFailure();

    [Fact]
    public void Reads_a_policy_that_was_cut_or_garbled_without_failing() =>
        Prop.ForAll<int, char>((at, character) =>
        {
            var document = SessionRevocation.Document(Start).ToCharArray();
            document[(at & int.MaxValue) % document.Length] = character;
            _ = SessionRevocation.CutIn(new string(document));
            _ = SessionRevocation.CutIn(new string(document, 0, (at & int.MaxValue) % document.Length));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"AWS:tokenissuetime":["2026-01-31T02:15:00Z"]}}}}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow"},{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-01-31T02:15Z"}}}]}""")]
    public void Understands_the_spellings_that_IAM_allows(string document) => Assert.Equal(Start, SessionRevocation.CutIn(document));

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Deny","Effect":"Deny"}]}""")]
    [InlineData("""{"Statement":[{"Effect":["Deny"],"Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","NotAction":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-01-31T02:15:00Z"}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":[]}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateGreaterThan":{"aws:TokenIssueTime":"2026-01-31T02:15:00Z"}}}]}""")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public void Takes_nothing_else_for_a_revocation(string document) => Assert.Null(SessionRevocation.CutIn(document));
}
