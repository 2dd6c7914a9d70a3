using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Deployment.OwnHarm;

namespace ResponseKit.Deployment;

/// <summary>The parts on which the others stand: roles and their policies, stacks.</summary>
internal static class OwnRoots
{
    private const string Ours = DeployedNames.Prefix;
    private const int MostTags = 50;

    private static readonly ImmutableArray<OwnCall> OfRoles =
    [
        new("CreateRole", Breaks), new("DeleteRole", Breaks), new("DeleteRolePolicy", Breaks), new("PutRolePolicy", Breaks), new("AttachRolePolicy", Breaks),
        new("DetachRolePolicy", Breaks), new("UpdateAssumeRolePolicy", Breaks), new("PutRolePermissionsBoundary", Breaks),
        new("DeleteRolePermissionsBoundary", Weakens), new("UpdateRole", Weakens),
    ];

    /// <summary>The IAM actions by which a role is made or changed.</summary>
    public static ImmutableArray<string> RoleChanges { get; } =
    [
        "AttachRolePolicy", "CreateRole", "DeleteRole*", "DetachRolePolicy", "PassRole", "PutRole*", "TagRole", "UntagRole", "UpdateAssumeRolePolicy", "UpdateRole*",
    ];

    public static ImmutableArray<OwnPart> All { get; } =
    [
        new("roles", "the role", "iam", EventSources.Iam)
        {
            IsGlobal = true,
            Types = ["AWS::IAM::Role"],
            Fields = ["roleName"],
            Prefixes = ["role/"],
            Resources = [$"role/{Ours}-*"],
            IsKnown = (name, deployment, _) => name.Equals(OwnNames.StateMachineRole, StringComparison.OrdinalIgnoreCase)
                || deployment.HasFunction(name, StringComparison.OrdinalIgnoreCase),
            MakesOne = MakesEnter,
            HidesRefused = true,
            Example = $"\"roleName\":\"{Ours}-triage\",\"tags\":[{{\"key\":\"{DeployedNames.EnteringTag}\",\"value\":\"true\"}}],\"tagKeys\":[\"{DeployedNames.EnteringTag}\"]",
            Calls =
            [
                .. OfRoles,
                new("TagRole", Nothing) { ByRequest = request => MakesEnter(request) ? Breaks : Nothing },
                new("UntagRole", Nothing) { ByRequest = request => request["tagKeys"].Items.Take(MostTags).Any(IsEnteringTag) ? Breaks : Nothing },
            ],
            Denied = RoleChanges,
        },
        new("member-roles", "the role", "iam", EventSources.Iam)
        {
            Place = OwnPlace.Everywhere,
            IsGlobal = true,
            Types = ["AWS::IAM::Role"],
            Fields = ["roleName"],
            Prefixes = ["role/"],
            Resources = [$"role/{OwnNames.ResponderRole}"],
            IsKnown = (name, _, _) => OwnNames.IsRoleOfMembers(name),
            HasOnlyKnown = true,
            HidesRefused = true,
            Example = $"\"roleName\":\"{OwnNames.ResponderRole}\"",
            Calls = [.. OfRoles, new("TagRole", Nothing), new("UntagRole", Nothing)],
            Denied = RoleChanges,
        },
        new("policies", "the policy", "iam", EventSources.Iam)
        {
            Place = OwnPlace.Everywhere,
            IsGlobal = true,
            Types = ["AWS::IAM::ManagedPolicy"],
            Fields = ["policyArn"],
            Prefixes = ["policy/"],
            Resources = [$"policy/{Ours}-*"],
            IsKnown = (name, _, _) => name.StartsWith(OwnNames.ActionsPolicy, StringComparison.OrdinalIgnoreCase) && name[OwnNames.ActionsPolicy.Length..].All(char.IsAsciiDigit),
            HidesRefused = true,
            Example = $"\"policyArn\":\"arn:aws:iam::111122223333:policy/{OwnNames.ActionsPolicy}1\",\"setAsDefault\":true",
            Calls =
            [
                new("CreatePolicyVersion", Weakens) { ByRequest = request => request["setAsDefault"].Flag is true ? Breaks : Weakens },
                new("DeletePolicy", Breaks), new("SetDefaultPolicyVersion", Breaks), new("DeletePolicyVersion", Weakens),
            ],
            Denied = ["CreatePolicy*", "DeletePolicy*", "SetDefaultPolicyVersion"],
        },
        new("stacks", "the stack", "cloudformation", EventSources.CloudFormation)
        {
            Place = OwnPlace.Everywhere,
            Types = ["AWS::CloudFormation::Stack"],
            Fields = ["stackName", "stackId"],
            Prefixes = ["stack/"],
            Resources = [$"stack/{Ours}-*", $"stack/StackSet-{Ours}-*"],
            IsKnown = (name, _, _) => OwnNames.IsStack(name),
            Example = $"\"stackName\":\"{Ours}\",\"enableTerminationProtection\":false",
            Calls =
            [
                new("DeleteStack", Breaks), new("ExecuteChangeSet", Breaks), new("RollbackStack", Breaks), new("UpdateStack", Breaks),
                new("CancelUpdateStack", Weakens), new("ContinueUpdateRollback", Weakens), new("SetStackPolicy", Weakens),
                new("UpdateTerminationProtection", Weakens) { ByRequest = request => request["enableTerminationProtection"].Flag is true ? Nothing : Weakens },
            ],
            Denied =
            [
                "CancelUpdateStack", "ContinueUpdateRollback", "Create*", "Delete*", "ExecuteChangeSet", "RollbackStack", "SetStackPolicy", "Update*",
            ],
        },
        new("stack-sets", "the StackSet", "cloudformation", EventSources.CloudFormation)
        {
            Types = ["AWS::CloudFormation::StackSet"],
            Fields = ["stackSetName"],
            Prefixes = ["stackset/"],
            Resources = [$"stackset/{Ours}-*"],
            IsKnown = (name, _, _) => OwnNames.StackSets.Contains(name),
            Example = $"\"stackSetName\":\"{Ours}-rules\"",
            Calls =
            [
                new("DeleteStackInstances", Breaks), new("DeleteStackSet", Breaks), new("UpdateStackInstances", Breaks), new("UpdateStackSet", Breaks),
                new("StopStackSetOperation", Weakens),
            ],
            Denied = ["Delete*", "StopStackSetOperation", "Update*"],
        },
    ];

    // The members' roles let a role in that has our name and this tag (docs/decisions/0042).
    private static bool MakesEnter(Field request) => request["tags"].Items.Take(MostTags).Any(tag => IsEnteringTag(tag["key"]));

    // IAM's tag keys are the same whatever the case (IAM User Guide, "Tags for AWS Identity and Access Management resources").
    private static bool IsEnteringTag(Field key) => DeployedNames.EnteringTag.Equals(key.Text, StringComparison.OrdinalIgnoreCase);
}
