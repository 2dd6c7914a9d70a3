using ResponseKit.Functions.Hosting;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>A function that is not set up rightly tells Lambda so and ends.</summary>
public sealed class StartTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task An_unknown_function_is_named_with_those_that_there_are()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var function = bed.Start("iam.destroy-everything");

        var error = await function.InitializationErrorAsync();

        Assert.Equal("FunctionSettingsException", error.Json().GetProperty("errorType").GetString());
        var message = error.Json().GetProperty("errorMessage").GetString();
        Assert.Contains("RESPONSEKIT_FUNCTION is 'iam.destroy-everything'. Accepted: triage", message, StringComparison.Ordinal);
        Assert.Equal(1, await function.ExitAsync());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once_a_policy_with_line_and_key()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var function = bed.Start("triage", ("RESPONSEKIT_TABLE", ""), ("RESPONSEKIT_POLICY", "{\n\"mode\": \"enfroce\"}"));

        var message = (await function.InitializationErrorAsync()).Json().GetProperty("errorMessage").GetString();

        Assert.Contains("RESPONSEKIT_TABLE is not set", message, StringComparison.Ordinal);
        Assert.Contains("line 2, mode", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("somehow", null, "RESPONSEKIT_RESPONSE is 'somehow'. Accepted: none, in-process, state-machine.")]
    [InlineData("state-machine", null, "RESPONSEKIT_STATE_MACHINE is not set. Accepted: ")]
    [InlineData("state-machine", "responsekit", "RESPONSEKIT_STATE_MACHINE is 'responsekit'. Accepted: ")]
    public void What_carries_responses_through_is_named_with_what_is_accepted(string response, string? machine, string problem)
    {
        var error = Assert.Throws<FunctionSettingsException>(() => FunctionSettings.Read(name => name switch
        {
            "RESPONSEKIT_FUNCTION" => "triage",
            "RESPONSEKIT_TABLE" or "AWS_REGION" => "us-east-1",
            "RESPONSEKIT_RESPONSE" => response,
            "RESPONSEKIT_STATE_MACHINE" => machine,
            _ => null,
        }));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"format\":\"something-else\",\"actors\":{}}", "its format is not")]
    [InlineData("{\n\"format\": \"responsekit-baseline-1\",\n\"actors\": [", "line 3")]
    [InlineData("{\"format\":\"responsekit-baseline-1\",\"actors\":{\"a\":{\"days\":null,\"seen\":{}}}}", "it is no baseline")]
    [InlineData(null, "does not exist")]
    public async Task A_wrong_baseline_is_refused_by_the_name_of_its_setting(string? content, string problem)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var folder = Directory.CreateTempSubdirectory("responsekit-baseline").FullName;
        var path = Path.Combine(folder, "baseline.json");
        if (content is not null)
            await File.WriteAllTextAsync(path, content);
        await using var function = bed.Start("triage", ("RESPONSEKIT_BASELINE", path));

        var message = (await function.InitializationErrorAsync()).Json().GetProperty("errorMessage").GetString();

        Assert.Contains("RESPONSEKIT_BASELINE", message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Equal(1, await function.ExitAsync());
        Directory.Delete(folder, recursive: true);
    }
}
