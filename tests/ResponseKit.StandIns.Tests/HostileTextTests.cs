using Amazon.EC2.Model;
using Amazon.ECS.Model;
using Amazon.Lambda.Model;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.StandIns.Tests.Wire;
using Tag = Amazon.EC2.Model.Tag;

namespace ResponseKit.StandIns.Tests;

/// <summary>Whatever text a name or tag holds, it arrives as it was, and stays within its field.</summary>
public sealed class HostileTextTests
{
    private static readonly Arbitrary<string> Texts = ArbMap.Default.ArbFor<NonEmptyString>()
        .Convert(s => s.Get, NonEmptyString.NewNonEmptyString).Filter(s => s.EnumerateRunes().All(r => r.Value != 0xFFFD));

    [Fact]
    public async System.Threading.Tasks.Task In_forms()
    {
        await using var server = new AnsweringServer(Answer.Xml("<R/>"));
        using var ec2 = server.Ec2();

        Prop.ForAll(Texts, text =>
        {
            ec2.CreateTagsAsync(new CreateTagsRequest(["i-1"], [new Tag(text, text)])).GetAwaiter().GetResult();
            var fields = server.Requests[^1].Fields;
            return fields.Count == 3 && fields["Tag.1.Key"] == text && fields["Tag.1.Value"] == text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public async System.Threading.Tasks.Task In_json()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        using var ecs = server.Ecs();

        Prop.ForAll(Texts, text =>
        {
            ecs.StopTaskAsync(new StopTaskRequest { Task = text }).GetAwaiter().GetResult();
            return server.Requests[^1].Json.GetProperty("task").GetString() == text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public async System.Threading.Tasks.Task In_query_strings()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        using var lambda = server.Lambda();

        Prop.ForAll(Texts, text =>
        {
            lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = "f", Qualifier = text }).GetAwaiter().GetResult();
            return Uri.UnescapeDataString(server.Requests[^1].Query) == $"Qualifier={text}";
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }
}
