using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>The documents that contain an identity: AWS takes them, they stop everything that they must stop, and nothing else.</summary>
public sealed class DenyDocumentTests
{
    private static readonly DateTimeOffset Cut = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> AnyCall => new()
    {
        { "iam:CreateAccessKey", "arn:aws:iam::111122223333:user/mallory" },
        { "ec2:RunInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/*" },
        { "sts:AssumeRole", "arn:aws:iam::111122223333:role/Admin" },
        { "s3:GetObject", "arn:aws:s3:::payroll/november.csv" },
    };

    [Fact]
    public void They_are_good_wherever_they_are_put()
    {
        foreach (var kind in new[] { PolicyKind.UserInline, PolicyKind.RoleInline, PolicyKind.Managed })
        {
            Assert.Empty(PolicyGrammar.Problems(Quarantine.Document, kind));
            Assert.Empty(PolicyGrammar.Problems(SessionRevocation.Document(Cut), kind));
        }
    }

    [Theory]
    [MemberData(nameof(AnyCall))]
    public void The_quarantine_stops_every_call_of_every_credential(string action, string resource)
    {
        Assert.True(PolicyJudge.Denies(Quarantine.Document, action, resource));
        Assert.True(PolicyJudge.Denies(Quarantine.Document, action, resource, ("aws:TokenIssueTime", "2026-11-03T00:00:00Z")));
    }

    [Theory]
    [MemberData(nameof(AnyCall))]
    public void The_cut_stops_sessions_of_before_and_leaves_those_of_after_alone(string action, string resource)
    {
        var document = SessionRevocation.Document(Cut);
        Assert.True(PolicyJudge.Denies(document, action, resource, ("aws:TokenIssueTime", "2026-11-02T09:59:59.999Z")));
        Assert.False(PolicyJudge.Denies(document, action, resource, ("aws:TokenIssueTime", "2026-11-02T10:00:00Z")));
        Assert.False(PolicyJudge.Denies(document, action, resource, ("aws:TokenIssueTime", "2026-11-02T10:00:01Z")));
    }
}
