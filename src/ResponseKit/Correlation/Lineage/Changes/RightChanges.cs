using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>IAM policies that were attached, written or taken away, and trust policies.</summary>
public sealed class RightChanges : IChangeRules
{
    private const string Iam = EventSources.Iam;

    private static readonly ChangeValue User = Value("user", "request.userName");
    private static readonly ChangeValue Role = Value("role", "request.roleName");
    private static readonly ChangeValue Group = Value("group", "request.groupName");
    private static readonly ChangeValue Arn = Value("policy", "request.policyArn");
    private static readonly ChangeValue Name = Value("policy", "request.policyName");

    private static readonly (ResourceKind, string) OfUser = (ResourceKind.IamUser, "{user}");
    private static readonly (ResourceKind, string) OfRole = (ResourceKind.IamRole, "{role}");

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        .. from holder in new[] { ("User", "user", User), ("Role", "role", Role), ("Group", "group", Group) } select Attached(holder.Item1, holder.Item2, holder.Item3),
        .. from holder in new[] { ("User", "user", User), ("Role", "role", Role), ("Group", "group", Group) } select Written(holder.Item1, holder.Item2, holder.Item3),
        .. from holder in new[] { ("User", "user", User), ("Role", "role", Role), ("Group", "group", Group) } select Detached(holder.Item1, holder.Item2, holder.Item3),
        .. from holder in new[] { ("User", "user", User), ("Role", "role", Role) } select Deleted(holder.Item1, holder.Item2, holder.Item3),
        .. from holder in new[] { ("User", "user", User), ("Role", "role", Role) } select Bounded(holder.Item1, holder.Item2, holder.Item3),
        Made(Iam, "managed policy", "CreatePolicy") with
        {
            Label = "{policy}",
            Values = [Value("policy", "response.policy.arn")],
            Commands =
            [
                "aws iam list-entities-for-policy --policy-arn {policy}", "aws iam delete-policy --policy-arn {policy}",
            ],
            Needs = ["iam:ListEntitiesForPolicy", "iam:DeletePolicy"],
            Note = "Detach it first from whatever the first command lists.",
            Example = ("""{"policyName":"x"}""", """{"policy":{"arn":"arn:aws:iam::111122223333:policy/x"}}"""),
        },
        Altered(Iam, "managed policy", "CreatePolicyVersion") with
        {
            Aspect = "default",
            Actions = ["iam.restore-policy-version"],
            Note = "Everybody who has the policy has these rights. The version before is set back if it is known; else a person is asked. The version is kept.",
            Example = ("""{"policyArn":"arn:aws:iam::111122223333:policy/web","setAsDefault":true}""", """{"policyVersion":{"versionId":"v4"}}"""),
        },
        Altered(Iam, "version of a managed policy", "CreatePolicyVersion") with
        {
            Aspect = "spare",
            Label = "{policy}, version {version}",
            When = record => record.Request["setAsDefault"].Flag is not true,
            Values = [Arn, Value("version", "response.policyVersion.versionId")],
            Commands = ["aws iam get-policy-version --policy-arn {policy} --version-id {version}", "aws iam delete-policy-version --policy-arn {policy} --version-id {version}"],
            Needs = ["iam:GetPolicyVersion", "iam:DeletePolicyVersion"],
            Note = "It gives nobody anything until it is set as the default. Save it as evidence first.",
            Example = ("""{"policyArn":"arn:aws:iam::111122223333:policy/web","setAsDefault":false}""", """{"policyVersion":{"versionId":"v4"}}"""),
        },
        Altered(Iam, "managed policy", "SetDefaultPolicyVersion") with
        {
            Actions = ["iam.restore-policy-version"],
            Note = "Everybody who has the policy has the rights of that version. The version before is set back if it is known; else a person is asked.",
            Example = ("""{"policyArn":"arn:aws:iam::111122223333:policy/web","versionId":"v1"}""", "{}"),
        },
        Opened(Iam, "trust policy of a role", "UpdateAssumeRolePolicy") with
        {
            Actions = ["iam.close-trust"],
            Note = "The trust that stood before the incident is put back, if the event history has it and nobody else has set another since; else a person is asked.",
            Example = ("""{"roleName":"deploy","policyDocument":"{}"}""", "{}"),
        },
    ];

    private static ChangeRule Attached(string kind, string name, ChangeValue holder) => Opened(Iam, $"policy of a {name}", $"Attach{kind}Policy") with
    {
        Label = $"{{policy}} on the {name} {{{name}}}",
        Values = [holder, Arn],
        About = OwnerOf(name),
        Commands = [$"aws iam detach-{name}-policy --{name}-name {{{name}}} --policy-arn {{policy}}"],
        Needs = [$"iam:Detach{kind}Policy"],
        Note = "Only if it was not attached before: attaching one again changes nothing.",
        Example = ($$"""{"{{name}}Name":"web","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}""", "{}"),
    };

    private static ChangeRule Written(string kind, string name, ChangeValue holder) => Opened(Iam, $"inline policy of a {name}", $"Put{kind}Policy") with
    {
        Label = $"{{policy}} on the {name} {{{name}}}",
        Values = [holder, Name],
        About = OwnerOf(name),
        Commands =
        [
            $"aws iam get-{name}-policy --{name}-name {{{name}}} --policy-name {{policy}}", $"aws iam delete-{name}-policy --{name}-name {{{name}}} --policy-name {{policy}}",
        ],
        Needs = [$"iam:Get{kind}Policy", $"iam:Delete{kind}Policy"],
        Note = "If there was one of that name before the incident, put its document back instead: an earlier record or AWS Config has it.",
        Example = ($$"""{"{{name}}Name":"web","policyName":"x","policyDocument":"{}"}""", "{}"),
    };

    private static ChangeRule Detached(string kind, string name, ChangeValue holder) => Removed(Iam, $"policy of a {name}", $"Detach{kind}Policy") with
    {
        Label = $"{{policy}} of the {name} {{{name}}}",
        Values = [holder, Arn],
        About = OwnerOf(name),
        Commands = [$"aws iam attach-{name}-policy --{name}-name {{{name}}} --policy-arn {{policy}}"],
        Needs = [$"iam:Attach{kind}Policy"],
        Note = "Look first whether it restrains or gives rights; what restrains comes back at once.",
        Example = ($$"""{"{{name}}Name":"web","policyArn":"arn:aws:iam::aws:policy/AWSDenyAll"}""", "{}"),
    };

    private static ChangeRule Deleted(string kind, string name, ChangeValue holder) => Removed(Iam, $"inline policy of a {name}", $"Delete{kind}Policy") with
    {
        Label = $"{{policy}} of the {name} {{{name}}}",
        Values = [holder, Name],
        About = OwnerOf(name),
        Commands = [$"aws iam put-{name}-policy --{name}-name {{{name}}} --policy-name {{policy}} --policy-document file://policy-before.json"],
        Needs = [$"iam:Put{kind}Policy"],
        Note = "The last record that wrote it, or AWS Config, has the document.",
        Example = ($$"""{"{{name}}Name":"web","policyName":"x"}""", "{}"),
    };

    private static ChangeRule Bounded(string kind, string name, ChangeValue holder) =>
        Removed(Iam, $"permissions boundary of a {name}", $"Delete{kind}PermissionsBoundary", $"Put{kind}PermissionsBoundary") with
        {
            Label = $"{{{name}}}",
            Values = [holder],
            About = OwnerOf(name),
            Commands = [$"aws iam put-{name}-permissions-boundary --{name}-name {{{name}}} --permissions-boundary {{boundary-arn-before}}"],
            Needs = [$"iam:Put{kind}PermissionsBoundary"],
            Note = "An earlier record or AWS Config tells which boundary it had.",
            Example = ($$"""{"{{name}}Name":"web","permissionsBoundary":"arn:aws:iam::aws:policy/AdministratorAccess"}""", "{}"),
        };

    private static (ResourceKind, string)? OwnerOf(string name) => name switch
    {
        "user" => OfUser,
        "role" => OfRole,
        _ => null,
    };
}
