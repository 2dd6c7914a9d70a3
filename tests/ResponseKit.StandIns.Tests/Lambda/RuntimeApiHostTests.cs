using System.Net;
using System.Text;
using ResponseKit.Emulator.RuntimeApi;

namespace ResponseKit.StandIns.Tests.Lambda;

/// <summary>The emulated Runtime API, asked as AWS's own runtime client asks it: that one reads every answer, and dies of an empty one.</summary>
public sealed class RuntimeApiHostTests
{
    [Theory]
    [InlineData("init/error")]
    [InlineData("invocation/{0}/error")]
    [InlineData("invocation/{0}/response")]
    public async Task What_a_function_sends_is_accepted_with_a_status_in_json(string path)
    {
        await using var host = RuntimeApiHost.Start("arn:aws:lambda:us-east-1:111122223333:function:probe");
        using var http = new HttpClient { BaseAddress = new Uri($"http://{host.Address}/2018-06-01/runtime/") };
        var invoked = host.InvokeAsync("{}"u8.ToArray(), TimeSpan.FromMinutes(1), CancellationToken.None);
        using var next = await http.GetAsync(new Uri("invocation/next", UriKind.Relative));
        var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        using var body = new StringContent("""{"errorMessage":"it broke"}""", Encoding.UTF8, "application/json");

        using var accepted = await http.PostAsync(new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id), UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("application/json", accepted.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""{"status":"OK"}""", await accepted.Content.ReadAsStringAsync());
        if (path.StartsWith("invocation", StringComparison.Ordinal))
            Assert.Equal(path.EndsWith("response", StringComparison.Ordinal), (await invoked).Succeeded);
    }
}
