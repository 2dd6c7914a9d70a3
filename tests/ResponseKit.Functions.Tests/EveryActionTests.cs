using ResponseKit.Aws.Actions;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>What holds for the function of every action, asked through the Runtime API of a process of its own.</summary>
public sealed class EveryActionTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    public static TheoryData<string> Actions => [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Answers_a_malformed_payload_with_every_field_and_a_good_one_with_a_plan_that_changes_nothing(string action)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var function = bed.Start(action);

        var malformed = await function.InvokeAsync(Payload.Of("""{"mode":"destroy","account":"12","region":7,"tarqet":"x\u0000"}"""));
        var noJson = await function.InvokeAsync(Payload.Of("Robert'); DROP TABLE"));
        var calls = await bed.CallsAsync();
        var plan = await function.InvokeAsync(Payload.Of(ActionMode.Plan, Somebody(action, bed.Account.Id)));

        Assert.True(malformed.Succeeded, malformed.Text);
        Assert.Contains("nothing was touched", malformed.Json().GetProperty("error").GetString(), StringComparison.Ordinal);
        var fields = malformed.Json().GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("field").GetString()!);
        Assert.Superset(new HashSet<string>(["mode", "account", "region", "target", "reason", "tarqet"]), fields.Keys.ToHashSet());
        Assert.All(fields.Values, field => Assert.NotEqual("", field.GetProperty("problem").GetString() + field.GetProperty("accepts").GetString()));
        Assert.Equal("(payload)", noJson.Json().GetProperty("fields")[0].GetProperty("field").GetString());
        Assert.Empty(calls);
        Assert.Equal(ActionMode.Plan, plan.Receipt().Mode);
        Assert.DoesNotContain(plan.Receipt().Steps, step => step.Outcome is StepOutcome.Applied);
        Assert.All(await bed.CallsAsync(), call => Assert.True(ApiCalls.IsRead(call), $"{call} is no read"));
    }

    private static ResourceRef Somebody(string action, string account)
    {
        var kind = ActionCatalogue.Find(action)!.Descriptor.Target;
        var name = kind == ResourceKind.Instance ? "i-0123456789abcdef0"
            : kind == ResourceKind.AccessKey ? "nobody/AKIANOBODYNOBODY0000"
            : kind == ResourceKind.Credential ? "nobody/ssh-key/APKANOBODYNOBODY0000"
            : kind == ResourceKind.EcsTaskDefinition ? "nobody:1"
            : kind == ResourceKind.EcsService || kind == ResourceKind.EcsTask ? "nobody/nothing"
            : "nobody";
        return ResourceRef.Of(kind, account, FunctionBed.Region, name);
    }
}
