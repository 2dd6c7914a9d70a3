using System.Collections.Immutable;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Heartbeats;
using ResponseKit.Deployment;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Member;

/// <summary>
/// What an account needs once: the role by which it is entered, and the role by which its rules send events. It knows of the hub only what it is told.
/// </summary>
internal sealed class MemberAccount : Construct
{
    /// <summary>Makes both roles.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="actions">The actions, whose declared permissions are what the role may do, beside what heartbeats take.</param>
    public MemberAccount(Construct scope, string id, HubAddress hub, IEnumerable<ActionDescriptor> actions)
        : base(scope, id)
    {
        Responder = MakeResponder(hub, DeclaredStatements.Of(DeclaredStatements.All(actions).Concat(RegionVisit.Permissions), Here.Partition, Here.Account));
        Forwarder = new Role(this, "Forwarder", new RoleProps
        {
            RoleName = DeployedNames.ForwarderRole,
            Description = "Lets ResponseKit's rules send events to its bus.",
            AssumedBy = new ServicePrincipal("events.amazonaws.com", new ServicePrincipalOpts
            {
                Conditions = new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Here.Account },
                    ["ArnLike"] = new Dictionary<string, object>
                    {
                        ["aws:SourceArn"] = $"arn:{Here.Partition}:events:*:{Here.Account}:rule/{DeployedNames.Prefix}-*",
                    },
                },
            }),
            InlinePolicies = new Dictionary<string, PolicyDocument> { ["Forward"] = Policies.Document([new(["events:PutEvents"], [hub.BusArn])]) },
        });
    }

    /// <summary>The role by which the account is entered.</summary>
    public Role Responder { get; }

    /// <summary>The role of the rules.</summary>
    public Role Forwarder { get; }

    // Whatever an action is asked for, by a person too, it does not touch what ResponseKit is made of.
    private static Statement LeaveOwnAlone => new(
        ["iam:*", "lambda:*"],
        [
            $"arn:{Here.Partition}:iam::{Here.Account}:role/{DeployedNames.Prefix}-*",
            $"arn:{Here.Partition}:iam::{Here.Account}:role/{new ResponderRole().Name}",
            $"arn:{Here.Partition}:lambda:*:{Here.Account}:function:{DeployedNames.Prefix}-*",
        ])
    { Denies = true };

    // Inline while it fits: a policy of the role's own cannot be detached and goes with it. Beyond that in managed policies, which have room for ten times more.
    private Role MakeResponder(HubAddress hub, ImmutableArray<Statement> declared)
    {
        var fits = declared.Sum(statement => statement.Length + 1) + LeaveOwnAlone.Length + 100 <= Policies.MaxInline;
        var inline = new Dictionary<string, PolicyDocument> { ["LeaveOwnAlone"] = Policies.Document([LeaveOwnAlone]) };
        if (fits)
            inline["Actions"] = Policies.Document(declared);
        var role = new Role(this, "Responder", new RoleProps
        {
            RoleName = new ResponderRole().Name,
            Description = "Enters the account to respond to an incident. Each session is narrowed to what one phase of one action declares.",
            AssumedBy = new AccountRootPrincipal(),
            MaxSessionDuration = Duration.Hours(1),
            InlinePolicies = inline,
        });
        // Trusts fewer than the whole account that the line above trusts.
        ((CfnRole)role.Node.DefaultChild!).AssumeRolePolicyDocument = new PolicyDocument(new PolicyDocumentProps { Statements = [hub.ToTrust()] });
        if (fits)
            return role;
        foreach (var (at, page) in Policies.Pack(declared, Policies.MaxManaged).Index())
        {
            _ = new ManagedPolicy(this, $"Actions{at + 1}", new ManagedPolicyProps
            {
                ManagedPolicyName = $"{DeployedNames.Prefix}-actions-{at + 1}",
                Document = Policies.Document(page),
                Roles = [role],
            });
        }

        return role;
    }
}
