using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>Says what a person must be told, and what lever there is.</summary>
internal static class Pager
{
    /// <summary>A page for an actor that no action can contain; null for one that can be, and for a service.</summary>
    public static Page? ForActor(Actor actor, bool isBrake = false) => actor switch
    {
        Actor.IdentityCenterUser user when isBrake => new(
            actor.Key,
            $"The Identity Center user {user.UserId} is to be braked; the roles behind a permission set are shared, and IAM cannot change them.",
            "Until somebody has looked, attach a service control policy to the account that denies what iam.brake-role denies, with the condition "
            + $"{{\"StringEquals\":{{\"identitystore:UserId\":\"{user.UserId}\"}}}}, or end the person's sessions in IAM Identity Center."),
        Actor.Role { IsPermissionSet: true } role when isBrake => new(
            actor.Key,
            $"A session of {role.Name} is to be braked, which belongs to an Identity Center permission set and to everyone assigned to it.",
            "Find the person by the session name. Until somebody has looked, attach a service control policy to the account that denies what iam.brake-role denies to their "
            + "identitystore:UserId, or end their sessions in IAM Identity Center."),
        Actor.Root => new(
            actor.Key,
            "The root user acted, and no IAM policy binds it.",
            "In a member account deny the root user by a service control policy and delete its credentials with sts:AssumeRoot from the management account. "
            + "In the management account sign in as root, change the password, delete the keys and check the MFA devices."),
        Actor.IdentityCenterUser user => new(
            actor.Key,
            $"The Identity Center user {user.UserId} acted; the roles behind a permission set are shared, and IAM cannot change them.",
            "End the person's sessions and disable the user in IAM Identity Center, then take the assignments away."),
        Actor.Role { IsPermissionSet: true } role => new(
            actor.Key,
            $"The role {role.Name} belongs to an Identity Center permission set and to everyone assigned to it.",
            "Find the person by the session name, disable the user in IAM Identity Center and end the sessions; or deny in the permission set's "
            + "inline policy."),
        Actor.Role { IsServiceLinked: true } role => new(
            actor.Key,
            $"{role.Name} is a service-linked role, which only its service can change.",
            "Find out who made what the service runs, and delete that."),
        Actor.External external => new(
            actor.Key,
            $"A principal of the account {external.Account}, which is not this one, acted.",
            "Take the account out of the trust and resource policies that let it in; if it is an account of yours, respond there."),
        Actor.Unknown unknown => new(actor.Key, unknown.Reason, "Look the records up in CloudTrail by account and time."),
        _ => null,
    };

    /// <summary>One page for each kind of resource that no action answers.</summary>
    public static IEnumerable<Page> ForUnanswered(IEnumerable<Subject> subjects) => subjects
        .GroupBy(subject => (subject.Resource.Kind, subject.Resource.Account, subject.Resource.Region, subject.Relation))
        .Select(group => new Page(
            Named([.. group.Select(subject => subject.Resource)]),
            group.Key.Relation == LineageRelation.Mentioned
                ? $"{Verb(group.Key.Relation)}, so it is left alone."
                : $"{Verb(group.Key.Relation)} in the incident; ResponseKit has no action for it.",
            Lever(group.Key.Kind, group.Key.Relation)));

    /// <summary>One page for what was changed of ResponseKit itself; none if nothing was.</summary>
    public static IEnumerable<Page> ForOwnParts(CaseFile file)
    {
        var parts = file.Signals.Where(signal => signal.DetectionId == "responsekit.tampered" && signal.Outcome.TookEffect)
            .Select(signal => signal.Finding.Facts.GetValueOrDefault("name") ?? signal.Finding.Facts.GetValueOrDefault("part") ?? "a part that the record does not name")
            .Distinct(StringComparer.Ordinal).ToList();
        if (parts.Count > 0)
        {
            yield return new(
                $"ResponseKit itself: {string.Join(", ", parts.Take(5))}{(parts.Count > 5 ? $" and {parts.Count - 5} more" : "")}",
                "It was changed in the incident, and does not repair itself.",
                "Deploy it anew with the settings that it was deployed with: npx cdk deploy --all and its -c options, as docs/deploy.md tells. Stacks that cdk takes for "
                + "unchanged need their drift put back first: aws cloudformation detect-stack-drift shows it.");
        }
    }

    /// <summary>A page for each request that a guard holds.</summary>
    public static IEnumerable<Page> ForHeld(IEnumerable<PlannedAction> planned) =>
        from action in planned
        let reason = (action.Guard as GuardVerdict.Held)?.Reason
        where reason is not null
        from target in action.Request.Targets
        select new Page(target.ToFullArn(), reason, $"Send {action.ActionId} the planned request yourself once the reason is gone.");

    private static string Verb(LineageRelation? relation) => relation switch
    {
        LineageRelation.Created => "It was made",
        LineageRelation.Altered => "It was changed",
        LineageRelation.Mentioned => "A call named it that does not show that the actor made it or changed what it does",
        _ => "It acted",
    };

    private static string Named(ImmutableArray<ResourceRef> resources) =>
        string.Join(", ", resources.Take(5).Select(resource => resource.ToFullArn())) + (resources.Length > 5 ? $" and {resources.Length - 5} more" : "");

    private static string Lever(ResourceKind kind, LineageRelation? relation) => (kind.Id, relation) switch
    {
        ("ecs-cluster", LineageRelation.Mentioned) => "Look who made what is in it: aws ecs describe-services. If all of it is the actor's, send ecs.tear-down-cluster the "
            + "cluster with the option vouched.",
        ("ec2-instance", LineageRelation.Mentioned) => "Look who launched it: aws ec2 describe-instances. If it was the actor, send ec2.terminate-instances its id.",
        ("lambda-function", LineageRelation.Mentioned) => "Compare its settings with what they were before the incident and put them back: "
            + "aws lambda update-function-configuration.",
        (_, LineageRelation.Created) => "Save what it holds as evidence, then delete it.",
        _ => "Compare it with what it was before the incident and put it back.",
    };
}
