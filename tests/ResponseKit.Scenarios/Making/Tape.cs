using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace ResponseKit.Scenarios.Making;

/// <summary>Writes calls down as CloudTrail does.</summary>
internal sealed class Tape
{
    private readonly string _account;
    private readonly Dice _dice;
    private readonly List<(DateTimeOffset Time, LabelledRecord Record)> _records;

    public Tape(string account, Dice dice)
        : this(account, dice, [])
    {
    }

    private Tape(string account, Dice dice, List<(DateTimeOffset Time, LabelledRecord Record)> records) => (_account, _dice, _records) = (account, dice, records);

    /// <summary>In the order of time; what is of one second stays in the order in which it happened.</summary>
    public ImmutableArray<LabelledRecord> Records => [.. _records.OrderBy(entry => entry.Time).Select(entry => entry.Record)];

    /// <summary>The same tape, for what is recorded in another account.</summary>
    public Tape Of(string account) => new(account, _dice, _records);

    public int Count => _records.Count;

    public void Write(DateTimeOffset time, Caller caller, Call call, bool isAttack, string? sharedEvent = null)
    {
        var record = Record(Times.WholeSecond(time), caller, call, sharedEvent);
        // What an answer says of the time of the call is filled in here, where that is known.
        var json = record.ToJsonString(Json.Plain).Replace(Json.NowInMilliseconds, $"{time.ToUnixTimeMilliseconds()}", StringComparison.Ordinal)
            .Replace(Times.Now, Times.Iso(time), StringComparison.Ordinal);
        _records.Add((time, new(json, Times.WholeSecond(time), caller.Principal, isAttack)));
    }

    private JsonObject Record(DateTimeOffset time, Caller caller, Call call, string? sharedEvent)
    {
        var service = caller.Place.Address.EndsWith(".amazonaws.com", StringComparison.Ordinal);
        var record = new JsonObject
        {
            ["eventVersion"] = "1.11",
            ["userIdentity"] = Json.Of(caller.Identity),
            ["eventTime"] = Times.Iso(time),
            ["eventSource"] = $"{call.Service}.amazonaws.com",
            ["eventName"] = call.Name,
            ["awsRegion"] = call.Region,
            ["sourceIPAddress"] = caller.Place.Address,
            ["userAgent"] = caller.Place.Agent.Replace(Agents.Command, call.Command, StringComparison.Ordinal),
        };
        Add(record, "errorCode", call.Error);
        Add(record, "errorMessage", call.ErrorMessage);
        record["requestParameters"] = Json.Of(call.Request);
        record["responseElements"] = Response(call);
        Add(record, "additionalEventData", call.Additional);
        if (call.EventType == "AwsApiCall")
            record["requestID"] = _dice.Guid();
        record["eventID"] = _dice.Guid();
        record["readOnly"] = call.ReadOnly;
        Add(record, "resources", call.Resources);
        record["eventType"] = call.EventType;
        Add(record, "apiVersion", call.ApiVersion);
        record["managementEvent"] = true;
        record["recipientAccountId"] = _account;
        Add(record, "sharedEventID", sharedEvent);
        Add(record, "serviceEventDetails", call.ServiceDetails);
        Add(record, "vpcEndpointId", caller.Place.VpcEndpoint);
        record["eventCategory"] = "Management";
        if (!service)
            record["tlsDetails"] = Json.Of(new { tlsVersion = "TLSv1.3", cipherSuite = "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader = Host(call) });
        if (caller.InConsole && call.EventType == "AwsApiCall")
            record["sessionCredentialFromConsole"] = "true";
        return record;
    }

    // EC2 repeats the id of the request in what it answers to a change.
    private JsonNode? Response(Call call)
    {
        var response = Json.Of(call.Response);
        if (call.Service == "ec2" && response is JsonObject answer && answer.All(pair => !pair.Key.EndsWith("Response", StringComparison.Ordinal)))
            answer["requestId"] = _dice.Guid();
        return response;
    }

    private static void Add(JsonObject record, string name, object? value)
    {
        if (value is not null)
            record[name] = Json.Of(value);
    }

    private static string Host(Call call) => call.Host ?? call.Service switch
    {
        "iam" or "organizations" or "cloudfront" or "route53" => $"{call.Service}.amazonaws.com",
        "signin" => "signin.aws.amazon.com",
        "ecr" => $"api.ecr.{call.Region}.amazonaws.com",
        "monitoring" => $"monitoring.{call.Region}.amazonaws.com",
        _ => $"{call.Service}.{call.Region}.amazonaws.com",
    };
}
