using System.Globalization;
using System.Text;
using System.Text.Json;
using ResponseKit.Emulator.RuntimeApi;

namespace ResponseKit.StandIns.Tests.Lambda;

/// <summary>What the runtime does around a handler, over the real loop: <see cref="ProbeFunction"/> in a process of its own, as Lambda starts it.</summary>
public sealed class RuntimeLoopTests
{
    private const string Time = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z";

    [Theory]
    [InlineData("192", null, 192L << 20)]
    [InlineData("512", "0x8000000", 128L << 20)]
    public async Task The_garbage_collector_keeps_within_the_functions_memory_or_within_less(string megabytes, string? own, long limit)
    {
        await using var function = own is null
            ? Start(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes))
            : Start(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes), ("DOTNET_GCHeapHardLimit", own));

        Assert.Equal(limit.ToString(CultureInfo.InvariantCulture), (await InvokeAsync(function, "memory")).Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("much")]
    public async Task Without_a_size_or_with_one_that_is_no_number_there_is_no_limit(string? megabytes)
    {
        await using var function = megabytes is null ? Start() : Start(("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes));

        var limit = long.Parse((await InvokeAsync(function, "memory")).Text, CultureInfo.InvariantCulture);

        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, limit);
    }

    [Fact]
    public async Task A_line_of_text_has_its_time_its_request_and_its_level()
    {
        await using var function = Start();

        await InvokeAsync(function, "log");

        var lines = await LinesAsync(function, 3);
        Assert.Matches(Time + @"\t[0-9a-f-]{36}\tinfo\tsaid ""once""$", lines[0]);
        Assert.Matches(Time + @"\t[0-9a-f-]{36}\twarn\tsaid twice$", lines[1]);
        Assert.Matches(Time + @"\t[0-9a-f-]{36}\tfail\tsaid thrice$", lines[2]);
    }

    [Fact]
    public async Task A_line_of_json_has_the_same_in_fields()
    {
        await using var function = Start(("AWS_LAMBDA_LOG_FORMAT", "JSON"));

        await InvokeAsync(function, "log");

        var line = JsonDocument.Parse((await LinesAsync(function, 3))[0]).RootElement;
        Assert.Matches(Time + "$", line.GetProperty("timestamp").GetString());
        Assert.Equal("Information", line.GetProperty("level").GetString());
        Assert.Equal("said \"once\"", line.GetProperty("message").GetString());
        Assert.Equal(36, line.GetProperty("requestId").GetString()!.Length);
        Assert.StartsWith("Root=1-", line.GetProperty("traceId").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRACE", 3)]
    [InlineData("INFO", 3)]
    [InlineData("ERROR", 1)]
    [InlineData("FATAL", 0)]
    [InlineData("LOUD", 3)]
    public async Task Lines_below_the_level_are_left_out(string level, int left)
    {
        await using var function = Start(("AWS_LAMBDA_LOG_LEVEL", level));

        await InvokeAsync(function, "log");

        Assert.Equal(left, (await LinesAsync(function, left)).Count);
    }

    [Fact]
    public async Task An_error_that_nobody_handled_is_a_line_with_time_and_request_and_the_function_goes_on()
    {
        await using var function = Start();

        var answer = await InvokeAsync(function, "it broke");

        Assert.False(answer.Succeeded);
        Assert.Equal("it broke", JsonDocument.Parse(answer.Body).RootElement.GetProperty("errorMessage").GetString());
        Assert.True((await InvokeAsync(function, "log")).Succeeded);
        Assert.Contains(
            await LinesAsync(function, 4), line => System.Text.RegularExpressions.Regex.IsMatch(line, Time + @"\t[0-9a-f-]{36}\tfail\t.*InvalidOperationException: it broke"));
    }

    [Fact]
    public async Task Such_an_error_in_json_has_type_message_and_stack()
    {
        await using var function = Start(("AWS_LAMBDA_LOG_FORMAT", "json"));

        await InvokeAsync(function, "it broke");

        var line = JsonDocument.Parse((await LinesAsync(function, 1))[0]).RootElement;
        Assert.Equal("Error", line.GetProperty("level").GetString());
        Assert.Equal("System.InvalidOperationException", line.GetProperty("errorType").GetString());
        Assert.Equal("it broke", line.GetProperty("errorMessage").GetString());
        Assert.Contains(line.GetProperty("stackTrace").EnumerateArray(), frame => frame.GetString()!.Contains(nameof(ProbeFunction), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wait_that_times_out_is_begun_again()
    {
        await using var function = Start((ProbeFunction.TimesOutFirst, "yes"));

        Assert.Equal("\"logged\"", (await InvokeAsync(function, "log")).Text);
    }

    private static FunctionProcess Start(params (string Name, string Value)[] environment) =>
        FunctionProcess.Start(typeof(ProbeFunction).Assembly.Location, environment.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal));

    private static async Task<FunctionAnswer> InvokeAsync(FunctionProcess function, string wanted)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await function.InvokeAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(wanted)), TimeSpan.FromMinutes(1), deadline.Token);
    }

    // Lines come through a pipe, and may be later than the answer.
    private static async Task<IReadOnlyList<string>> LinesAsync(FunctionProcess function, int count)
    {
        for (var wait = 0; wait < 200 && function.Log.Count < count; wait++)
            await Task.Delay(50);
        return function.Log;
    }
}
