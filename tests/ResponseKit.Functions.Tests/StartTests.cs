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

        Assert.Equal("FunctionSettingsException", error.ErrorType);
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
}
