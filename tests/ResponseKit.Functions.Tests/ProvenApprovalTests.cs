using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Actors;
using ResponseKit.Aws.Identity;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>Who may approve, against the deployed function and an STS that checks signatures.</summary>
public sealed class ProvenApprovalTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Reason = "ticket 42";

    [Fact]
    public async Task Whoever_is_named_and_signs_may_approve_and_AWS_says_who_it_was()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);
        var proof = Sign(bed, question, await UserAsync(bed, "lead"));

        var answer = await AnswerAsync(function, question, proof);

        Assert.True(answer.TryGetProperty("message", out _), answer.ToString());
        var kept = Assert.Single(await new DynamoApprovalStore(bed.Table).OfAsync(question.Incident, default));
        Assert.True(kept.IsGranted);
        Assert.Equal($"arn:aws:iam::{bed.Account.Id}:user/lead", kept.Decision!.Proof);
        Assert.Equal(kept.Decision.Proof, kept.Decision.By);
        Assert.False(await new DynamoApprovalStore(bed.Table).UseProofAsync(NameOf(proof), DateTimeOffset.MaxValue.AddYears(-1), default));
    }

    [Theory]
    [InlineData("mallory", "is the actor of this incident")]
    [InlineData("helper", "was made or used in it")]
    [InlineData("other", "not among guards.approvers")]
    public async Task The_actor_what_they_made_and_whoever_is_not_named_never_approve(string user, string why)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);

        var answer = await AnswerAsync(function, question, Sign(bed, question, await UserAsync(bed, user)));

        Assert.Contains(why, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(await IsPendingAsync(bed, question));
    }

    [Fact]
    public async Task A_signature_for_anything_else_proves_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);
        var lead = await UserAsync(bed, "lead");
        var other = question with { Number = 2 };
        var wider = question with { Items = [question.Items[0] with { Targets = [ResourceRef.Of(ResourceKind.EcsCluster, bed.Account.Id, FunctionBed.Region, "production")] }] };

        foreach (var (name, proof) in new[]
        {
            ("another reason", Sign(bed, question, lead, reason: "another")), ("another question", Sign(bed, other, lead)), ("another plan", Sign(bed, wider, lead)),
            ("a rejection", Sign(bed, question, lead, isApproved: false)), ("another deployment", Sign(bed, question, lead, deployment: "arn:aws:kms:us-east-1:111122223333:key/x responsekit")),
            ("another key's secret", Sign(bed, question, new AccessKey { AccessKeyId = lead.AccessKeyId, SecretAccessKey = "guessed" })),
        })
        {
            var answer = await AnswerAsync(function, question, proof);
            Assert.True(answer.GetProperty("error").GetString()!.Contains("does not accept the signature", StringComparison.Ordinal), $"{name}: {answer}");
        }

        Assert.True(await IsPendingAsync(bed, question));
    }

    [Fact]
    public async Task A_proof_that_is_old_of_another_region_or_does_not_sign_the_answer_is_not_even_sent()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);
        var lead = await UserAsync(bed, "lead");
        var good = Sign(bed, question, lead);
        var since = await bed.Account.JournalEndAsync();

        var old = await AnswerAsync(function, question, Sign(bed, question, lead, at: TimeProvider.System.GetUtcNow().AddMinutes(-6)));
        var early = await AnswerAsync(function, question, Sign(bed, question, lead, at: TimeProvider.System.GetUtcNow().AddMinutes(6)));
        var elsewhere = await AnswerAsync(function, question, Sign(bed, question, lead, region: "eu-west-1"));
        var unsigned = await AnswerAsync(
            function, question, good with { Authorization = good.Authorization.Replace(";x-responsekit-answer", "", StringComparison.Ordinal) });
        var smuggled = await AnswerAsync(function, question, good with { Authorization = good.Authorization + "\r\nHost: example.com" });

        Assert.All([old, early], answer => Assert.Contains("counts for 5 minutes", answer.GetProperty("error").GetString(), StringComparison.Ordinal));
        Assert.Contains("another region", elsewhere.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.All([unsigned, smuggled], answer => Assert.Equal("proof", answer.GetProperty("fields")[0].GetProperty("field").GetString()));
        Assert.DoesNotContain(await bed.Account.JournalAsync(since), call => call.Call.EndsWith("GetCallerIdentity", StringComparison.Ordinal));
        Assert.True(await IsPendingAsync(bed, question));
    }

    [Fact]
    public async Task Without_a_proof_it_can_be_rejected_and_not_approved()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);

        var approved = await AnswerAsync(function, question, proof: null);
        var pending = await IsPendingAsync(bed, question);
        var rejected = await AnswerAsync(function, question, proof: null, "reject");

        Assert.Contains("Nothing proves who gives this approval", approved.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(pending);
        Assert.Equal("reject", rejected.GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Nothing_of_a_proof_is_ever_written_into_an_answer_or_a_log()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);
        var proof = Sign(bed, question, await UserAsync(bed, "other")) with { Token = "a-session-token-of-somebody" };

        var answer = await AnswerAsync(function, question, proof);
        var malformed = await AnswerAsync(function, question, proof with { Date = "yesterday" });

        foreach (var secret in new[] { proof.Authorization[^64..], proof.Authorization[^20..], proof.Token })
        {
            Assert.All([answer, malformed], text => Assert.DoesNotContain(secret, text.ToString(), StringComparison.Ordinal));
            Assert.DoesNotContain(function.Log, line => line.Contains(secret, StringComparison.Ordinal));
        }

        Assert.NotEmpty(function.Log);
        Assert.Equal("(a signed request)", proof.ToString());
    }

    [Fact]
    public async Task A_signature_that_was_used_before_approves_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);
        var lead = await UserAsync(bed, "lead");
        var proof = Sign(bed, question, lead);
        Assert.True(await new DynamoApprovalStore(bed.Table).UseProofAsync(NameOf(proof), TimeProvider.System.GetUtcNow().AddDays(1), default));

        var again = await AnswerAsync(function, question, proof);

        Assert.Contains("used before", again.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(await IsPendingAsync(bed, question));
    }

    [Fact]
    public async Task A_session_signs_with_its_token_and_without_it_proves_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var question = await AskAsync(bed);
        await using var function = Start(bed);
        var lead = await UserAsync(bed, "lead");
        await bed.Account.Admin.Iam(FunctionBed.Region).AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "lead", PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" });
        using var sts = new Amazon.SecurityToken.AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials(lead.AccessKeyId, lead.SecretAccessKey), emulator.Settings.For(new Amazon.SecurityToken.AmazonSecurityTokenServiceConfig(), FunctionBed.Region));
        var session = (await sts.GetSessionTokenAsync()).Credentials;
        var proof = IdentityRequest.Sign(
            new ImmutableCredentials(session.AccessKeyId, session.SecretAccessKey, session.SessionToken), FunctionBed.Region,
            IdentityRequest.Endpoint(FunctionBed.Region, emulator.Address.ToString()), AnswerText.Of(AnswerText.Deployment(bed.SealKey, bed.Table.Name), question, true, Reason),
            TimeProvider.System.GetUtcNow());

        var bare = await AnswerAsync(function, question, proof with { Token = null });
        Assert.True(bare.TryGetProperty("error", out _), bare.ToString());
        Assert.True(await IsPendingAsync(bed, question));
        var whole = await AnswerAsync(function, question, proof);

        Assert.True(whole.TryGetProperty("message", out _), whole.ToString());
        Assert.Equal($"arn:aws:iam::{bed.Account.Id}:user/lead", Assert.Single(await new DynamoApprovalStore(bed.Table).OfAsync(question.Incident, default)).Decision!.Proof);
    }

    [Fact]
    public async Task An_endpoint_that_redirects_is_not_followed_to_one_that_would_prove_anything()
    {
        using var elsewhere = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        elsewhere.Start();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/";
        using var identity = new CallerIdentity("us-east-1", url, TimeProvider.System);
        var proof = IdentityRequest.Sign(new ImmutableCredentials("AKIAIOSFODNN7EXAMPLE", "secret", null), "us-east-1", new Uri(url), "v1-x", TimeProvider.System.GetUtcNow());

        foreach (var status in new[] { "301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect" })
        {
            var asked = identity.AskAsync(proof, "v1-x", default);
            using (var client = await listener.AcceptTcpClientAsync())
            {
                await client.GetStream().ReadExactlyAsync(new byte[1]);
                await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {status}\r\nLocation: http://{elsewhere.LocalEndpoint}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }

            Assert.IsType<CallerIdentityResult.Refused>(await asked);
        }

        Assert.False(elsewhere.Pending(), "Something was sent to where the endpoint redirected.");
    }

    [Fact]
    public async Task An_endpoint_that_says_too_much_proves_nothing()
    {
        foreach (var response in new[]
        {
            "HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n" + new string('x', 400_000),
            "HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>      ",
        })
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            var url = $"http://{listener.LocalEndpoint}/";
            using var identity = new CallerIdentity("us-east-1", url, TimeProvider.System);
            var proof = IdentityRequest.Sign(new ImmutableCredentials("AKIAIOSFODNN7EXAMPLE", "secret", null), "us-east-1", new Uri(url), "v1-x", TimeProvider.System.GetUtcNow());
            var asked = identity.AskAsync(proof, "v1-x", default);
            using (var client = await listener.AcceptTcpClientAsync())
            {
                await client.GetStream().ReadExactlyAsync(new byte[1]);
                try
                {
                    await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(response));
                }
                catch (IOException)
                {
                    // It has read enough.
                }
            }

            Assert.IsType<CallerIdentityResult.Refused>(await asked);
        }
    }

    [Theory]
    [InlineData("lambda.lock-down-function", "function:ResponseKit-triage", "lambda", "us-east-1")]
    [InlineData("iam.contain-role", "role/ResponseKit-approval", "iam", "")]
    public async Task Whoever_asks_ResponseKits_own_parts_are_no_target(string action, string resource, string service, string region)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var function = bed.Start(action, ("RESPONSEKIT_EXTERNAL_ID", $"ResponseKit-{bed.Account.Id}"));
        var target = $"arn:aws:{service}:{region}:{bed.Account.Id}:{resource}";

        var receipt = (await function.InvokeAsync(Payload.Of(
            $$"""{"mode":"apply","account":"{{bed.Account.Id}}","region":"us-east-1","target":"{{target}}","reason":"x"}"""))).Receipt();

        Assert.Equal(ReceiptStatus.Skipped, receipt.Status);
        Assert.Contains("part of ResponseKit itself", receipt.Message, StringComparison.Ordinal);
        Assert.Empty(await bed.CallsAsync());
    }

    private static FunctionProcess Start(FunctionBed bed) => bed.Start(
        "approval",
        ("RESPONSEKIT_POLICY", $$$"""{"mode":"approve","guards":{"approvers":["arn:aws:iam::{{{bed.Account.Id}}}:user/lead","arn:aws:iam::{{{bed.Account.Id}}}:user/mallory","arn:aws:iam::{{{bed.Account.Id}}}:user/helper"]}}"""));

    private CallerProof Sign(
        FunctionBed bed, Approval question, AccessKey key, string reason = Reason, bool isApproved = true, string? deployment = null, string region = "us-east-1",
        DateTimeOffset? at = null) => IdentityRequest.Sign(
            new ImmutableCredentials(key.AccessKeyId, key.SecretAccessKey, null), region, IdentityRequest.Endpoint(region, emulator.Address.ToString()),
            AnswerText.Of(deployment ?? AnswerText.Deployment(bed.SealKey, bed.Table.Name), question, isApproved, reason), at ?? TimeProvider.System.GetUtcNow());

    private static async Task<JsonElement> AnswerAsync(FunctionProcess function, Approval question, CallerProof? proof, string decision = "approve")
    {
        var payload = new JsonObject { ["decision"] = decision, ["incident"] = question.Incident, ["by"] = "whoever", ["reason"] = Reason };
        if (proof is not null)
        {
            payload["proof"] = new JsonObject { ["authorization"] = proof.Authorization, ["date"] = proof.Date };
            if (proof.Token is not null)
                payload["proof"]!["token"] = proof.Token;
        }

        return (await function.InvokeAsync(Payload.Of(payload.ToJsonString()))).Json();
    }

    private static string NameOf(CallerProof proof) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(proof.Authorization)));

    private static async Task<bool> IsPendingAsync(FunctionBed bed, Approval question) =>
        Assert.Single(await new DynamoApprovalStore(bed.Table).OfAsync(question.Incident, default)).IsPending(TimeProvider.System.GetUtcNow());

    private static async Task<AccessKey> UserAsync(FunctionBed bed, string name)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name });
        return (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name })).AccessKey;
    }

    private static async Task<Approval> AskAsync(FunctionBed bed)
    {
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        var mallory = new Actor.User(bed.Account.Id, "mallory");
        var cluster = ResourceRef.Of(ResourceKind.EcsCluster, bed.Account.Id, FunctionBed.Region, "miner");
        var signal = new Signal(
            "ecs.cluster-created", SignalCategory.Provisioning, "event-1", start, mallory, FunctionBed.Region, new CallOutcome.Succeeded(), new Finding(20, "created the ECS cluster"));
        LineageEntry Made(ResourceRef resource) => new(resource, LineageRelation.Created, "event-1", start);
        var cases = new DynamoCaseStore(bed.Table, TimeProvider.System);
        await cases.AddAsync(
            new Observation("event-1", start, mallory, null, FunctionBed.Region, [signal], [Made(cluster), Made(bed.Account.Resource(ResourceKind.IamUser, "helper"))], []), default);
        var file = (await cases.LoadAsync(mallory.Key, start.AddHours(-1), default)).File;
        var opening = await cases.OpenAsync(Incident.Open(file, Correlator.Judge(file, new ResponsePolicy())), (_, _) => Task.FromResult(new AnsweredEvents([])), start, default);
        var question = new Approval
        {
            Incident = opening.Record.Incident.Id,
            Round = 1,
            Number = 1,
            Asked = start,
            Until = start.AddDays(1),
            Items = [new("ecs.tear-down-cluster", [cluster], "The policy's mode is approve.")],
        };
        await new DynamoApprovalStore(bed.Table).AskAsync(question, default);
        return question;
    }
}
