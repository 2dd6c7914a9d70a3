using System.Text.Json.Nodes;

namespace ResponseKit.Infra.Tests.Synthesis;

/// <summary>A resource of a template, with everything filled in that CloudFormation would.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Its type.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="DeletionPolicy">What becomes of it when the stack is deleted.</param>
public sealed record Resource(string LogicalId, string Type, JsonObject Properties, string? DeletionPolicy)
{
    public string? Text(string property) => Properties[property]?.GetValue<string>();
}

/// <summary>A template as CDK wrote it, and with references resolved as far as tests need.</summary>
public sealed class Template
{
    public const string Account = "111122223333";
    private const string Ending = ".template.json";
    private readonly string region;
    private readonly string account;
    private readonly JsonObject resources;

    private Template(string file, string region, string account)
    {
        (this.region, this.account) = (region, account);
        File = file;
        Stack = Path.GetFileName(file)[..^Ending.Length];
        var json = JsonNode.Parse(System.IO.File.ReadAllText(file))!;
        resources = json[nameof(Resources)]!.AsObject();
        Resources = [.. resources.Select(one => new Resource(
            one.Key, one.Value!["Type"]!.GetValue<string>(), (JsonObject)Resolve(one.Value["Properties"] ?? new JsonObject())!,
            one.Value["DeletionPolicy"]?.GetValue<string>()))];
        Outputs = json[nameof(Outputs)]?.AsObject().ToDictionary(output => output.Key, output => Resolve(output.Value!["Value"])!.ToString()) ?? [];
    }

    public string File { get; }

    public string Stack { get; }

    public IReadOnlyList<Resource> Resources { get; }

    public IReadOnlyDictionary<string, string> Outputs { get; }

    public static Template Read(string file, string region, string account = Account) => new(file, region, account);

    public IEnumerable<Resource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>The only resource of a type that has this value in that property.</summary>
    public Resource Find(string type, string property, string value) => OfType(type).Single(resource => resource.Text(property) == value);

    private JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } intrinsic when Intrinsic(intrinsic) is { } text => JsonValue.Create(text),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Resolve)]),
        _ => node?.DeepClone(),
    };

    private string? Intrinsic(JsonObject node)
    {
        var (function, argument) = node.Single();
        return function switch
        {
            "Ref" => Reference(argument!.GetValue<string>()),
            "Fn::GetAtt" => $"arn:of:{argument![0]}",
            "Fn::Join" => string.Join(argument![0]!.GetValue<string>(), argument[1]!.AsArray().Select(part => Resolve(part)!.ToString())),
            "Fn::Sub" => argument!.GetValue<string>().Replace("${AWS::AccountId}", account, StringComparison.Ordinal),
            _ => null,
        };
    }

    private string Reference(string name) => name switch
    {
        "AWS::AccountId" => account,
        "AWS::Partition" => "aws",
        "AWS::Region" => region,
        "AWS::URLSuffix" => "amazonaws.com",
        // A function's and a role's reference is its name where it has one.
        _ => resources[name]?["Properties"]?["FunctionName"] is JsonValue named ? named.GetValue<string>() : name,
    };
}
