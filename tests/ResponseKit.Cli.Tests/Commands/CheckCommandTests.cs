using System.CommandLine;
using System.Text.Json;
using ResponseKit.Cli.Commands;
using ResponseKit.Testing;

namespace ResponseKit.Cli.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("responsekit-").FullName;

    [Fact]
    public async Task The_file_that_comes_with_ResponseKit_is_right()
    {
        var (code, output, errors) = await RunAsync(Repository.PathOf("responsekit.json"), "--strict");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal($"{Repository.PathOf("responsekit.json")} is valid for mode observe: no warnings.", output.Trim());
    }

    [Fact]
    public async Task Names_line_and_key_of_each_error_and_what_is_accepted()
    {
        var file = Write("""
            {
              "mode": "enforced",
              "guards": { "exemptAccounts": ["12"] }
            }
            """);

        var (code, output, _) = await RunAsync(file);

        Assert.Equal(1, code);
        Assert.Equal(
            $"""
            {file}: error: line 2, mode: It is 'enforced'. Accepted: observe, approve or enforce.
            {file}: error: line 3, guards.exemptAccounts[0]: It is '12'. Accepted: account ids, twelve digits in quotes.
            {file} would be refused: 2 errors. Nothing is deployed with it.
            """, output.Trim());
    }

    [Fact]
    public async Task Refuses_for_a_mode_what_a_deployment_in_that_mode_refuses()
    {
        var file = Write("{}");

        Assert.Equal(0, (await RunAsync(file)).Code);
        Assert.Equal(0, (await RunAsync(file, "--mode", "observe", "--strict")).Code);
        var (code, output, _) = await RunAsync(file, "--mode", "enforce");
        Assert.Equal(1, code);
        Assert.Contains("error: line 1, guards.deployers:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_fail_only_where_that_is_asked_for()
    {
        var file = Write("""{ "mode": "approve" }""");

        var (code, output, _) = await RunAsync(file);
        Assert.Equal(0, code);
        Assert.Contains($"{file}: warning: line 1, guards.approvers: ", output, StringComparison.Ordinal);
        Assert.EndsWith($"{file} is valid for mode approve: 1 warning.", output.Trim(), StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(file, "--strict")).Code);
    }

    [Fact]
    public async Task An_action_that_is_misspelt_is_an_error_and_one_that_contains_identities_late_a_warning()
    {
        var (code, output, _) = await RunAsync(Write("""{"guards":{"approvalFor":["iam.contain-usr"]}}"""));
        Assert.Equal(1, code);
        Assert.Contains("There is no action 'iam.contain-usr'. Accepted: some of ", output, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(Write("""{"guards":{"approvalFor":["iam.contain-user"],"approvers":["arn:aws:iam::111122223333:role/lead"]}}"""));
        Assert.Equal(0, code);
        Assert.Contains("warning: line 1, guards.approvalFor[0]: iam.contain-user waits for a person", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_the_same_as_JSON()
    {
        var file = Write("""{ "mode": "approve" }""");
        using var right = JsonDocument.Parse((await RunAsync(file, "--json")).Output);
        Assert.True(right.RootElement.GetProperty("accepted").GetBoolean());
        Assert.Equal("approve", right.RootElement.GetProperty("mode").GetString());
        Assert.Empty(right.RootElement.GetProperty("errors").EnumerateArray());
        var warning = Assert.Single(right.RootElement.GetProperty("warnings").EnumerateArray());
        Assert.Equal(("guards.approvers", 1), (warning.GetProperty("key").GetString(), warning.GetProperty("line").GetInt32()));
        Assert.NotEmpty(warning.GetProperty("advice").GetString()!);

        using var wrong = JsonDocument.Parse((await RunAsync(Write("[]"), "--json")).Output);
        Assert.False(wrong.RootElement.GetProperty("accepted").GetBoolean());
        var error = Assert.Single(wrong.RootElement.GetProperty("errors").EnumerateArray());
        Assert.StartsWith("an object", error.GetProperty("accepts").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_neither_right_nor_wrong()
    {
        var (code, output, errors) = await RunAsync(Path.Combine(folder, "nowhere.json"));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("nowhere.json' cannot be read: ", errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string text)
    {
        var file = Path.Combine(folder, "policy.json");
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = errors };
        var code = await CheckCommand.Create(TimeProvider.System).Parse(arguments).InvokeAsync(configuration, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}
