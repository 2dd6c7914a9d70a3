using ResponseKit.Detections.Ec2;
using ResponseKit.Detections.Ecs;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Reviewing;

/// <summary>One thing that a policy may say and had better not.</summary>
/// <param name="Key">The key.</param>
/// <param name="Problem">What follows from it, as a sentence.</param>
/// <param name="Advice">What to write instead, as a sentence.</param>
internal sealed record PolicyAdvice(string Key, string Problem, string Advice)
{
    /// <summary>More than the campaign of November 2025 had functions and roles changed: from here on the limit protects nobody.</summary>
    private const int ManyAltered = 50;

    // Fargate User Guide, "Task CPU and memory": 16 vCPU is the largest task.
    private const int LargestTask = 16384;

    // The campaign's Auto Scaling groups had a minimum of 20, its services 10 tasks.
    private const int CampaignGroup = 20;
    private const int CampaignTasks = 10;

    // What a thief asks about, and tries out, is never worth more than twice its sum: Scoring.Factor.
    private const int LargestFactor = 2;
    private const int LastingMinutes = 30;

    private string? item;
    private int? window;

    /// <summary>All that there is to say of a policy that was read without errors.</summary>
    public static IEnumerable<PolicyAdvice> Of(ResponsePolicy policy, IReadOnlyCollection<ActionDescriptor> actions, DateTimeOffset now) =>
    [
        .. OfMode(policy), .. OfPeople(policy), .. OfApproval(policy, actions), .. OfLimits(policy.Guards), .. OfCounting(policy), .. OfMoney(policy.Correlation),
        .. OfDetections(policy.Detections), .. OfWindows(policy, now),
    ];

    /// <summary>The warning with its line.</summary>
    public PolicyWarning At(PolicyLines lines)
    {
        if (window is { } at)
            return new(lines.ItemAt(Key, at), $"{Key}[{at}]", Problem, Advice);
        return item is not null && lines.Item(Key, item) is { } place
            ? new(place.Line, $"{Key}[{place.At}]", Problem, Advice)
            : new(lines.Of(Key), Key, Problem, Advice);
    }

    private static IEnumerable<PolicyAdvice> OfMode(ResponsePolicy policy)
    {
        if (policy.Mode != ResponseMode.Enforce)
            yield break;
        if (policy.Guards.Deployers.IsEmpty)
        {
            yield return new(
                "guards.deployers", "Nobody is named who deploys ResponseKit, and whoever else changes it is contained; a deployment in mode enforce refuses this file.",
                "Name the roles that deploy it.");
        }

        if (policy.Guards.ProtectedPrincipals.IsEmpty)
        {
            yield return new(
                "guards.protectedPrincipals", "Nobody is protected: the break-glass user and the only administrator are contained like anybody.",
                "Name who must never be locked out.");
        }

        if (policy.Guards.Responders.IsEmpty)
            yield return new("guards.responders", "No role of responders is named, and what responders do by hand looks like an attack.", "Name the roles that they work under.");
    }

    private static IEnumerable<PolicyAdvice> OfPeople(ResponsePolicy policy)
    {
        var guards = policy.Guards;
        foreach (var wide in guards.ProtectedPrincipals.Where(pattern => pattern.Segments.All(segment => segment.AsSpan().Trim("*?").Length == 0)))
            yield return new("guards.protectedPrincipals", $"It protects every {wide.Kind}{InAccount(wide)}, so none of them is ever contained.", "Name those that must never be.") { item = wide.Text };
        foreach (var advice in guards.Responders.Select(pattern => OfExempt("guards.responders", pattern, "is exempt from detection"))
            .Concat(guards.Deployers.Select(pattern => OfExempt("guards.deployers", pattern, "may change ResponseKit unnoticed")))
            .Concat(policy.Detections.Deployers.Select(pattern => OfExempt("detections.deployers", pattern, "may make users, roles and keys uncounted"))))
        {
            if (advice is not null)
                yield return advice;
        }

        if (guards.ForensicHoldTag is not null && guards.Responders.IsEmpty)
            yield return new("guards.forensicHoldTag", "The tag holds nothing: only one that a role in guards.responders has set counts, and none is named.", "Name the responders' roles.");
    }

    private static PolicyAdvice? OfExempt(string key, ArnPattern pattern, string what)
    {
        if (pattern.Kind == "user")
            return new(key, $"A user's key can be stolen and does not expire; whoever holds it {what}.", "Let it be done under a role.") { item = pattern.Text };
        return pattern.Account == "*" && !pattern.HasLiteralName
            ? new(key, $"Anyone who can create a role with such a name, in any account, {what}.", "Spell out the account, or the name.") { item = pattern.Text }
            : null;
    }

    private static string InAccount(ArnPattern pattern) => pattern.Account == "*" ? "" : $" of {pattern.Account}";

    private static IEnumerable<PolicyAdvice> OfApproval(ResponsePolicy policy, IReadOnlyCollection<ActionDescriptor> actions)
    {
        var guards = policy.Guards;
        var asks = policy.Mode != ResponseMode.Observe || !guards.ApprovalFor.IsEmpty;
        if (asks && guards.Approvers.IsEmpty && !guards.UnprovenApprovals)
        {
            var what = policy.Mode switch
            {
                ResponseMode.Approve => "every change waits for an approval that nobody can give, and nothing is ever changed",
                ResponseMode.Enforce => "who is braked can be released and not contained, and what waits for a person is never done",
                _ => "the actions under guards.approvalFor would wait for an approval that nobody can give",
            };
            yield return new("guards.approvers", $"Nobody is named, so {what}.", "Name the users and roles that may approve.");
        }

        if (guards.UnprovenApprovals)
        {
            yield return new(
                "guards.unprovenApprovals", "Approvals count of which nothing proves whose they are: whoever may invoke the function ResponseKit-approval may approve.",
                "Set it to false, and approve with 'responsekit approve', which signs.");
        }

        foreach (var action in actions.Where(action => action.Stage == ResponseStage.ContainIdentity && guards.ApprovalFor.Contains(action.Id)))
        {
            yield return new(
                "guards.approvalFor", $"{action.Id} waits for a person, while a stolen key goes from first use to mining in about ten minutes.",
                "Let identities be contained at once; that can be undone.")
            { item = action.Id };
        }
    }

    private static IEnumerable<PolicyAdvice> OfLimits(GuardSettings guards)
    {
        if (guards.MaxInstancesPerIncident == 0)
            yield return new("guards.maxInstancesPerIncident", "With 0 a person is asked before any instance is ended.", "Leave it out for 1,000, or use approvalFor if that is meant.");
        if (guards.MaxResourcesPerIncident == 0)
            yield return new("guards.maxResourcesPerIncident", "With 0 a person is asked before anything is deleted.", "Leave it out for 500, or use approvalFor if that is meant.");
        if (guards.MaxAlteredPerIncident >= ManyAltered)
        {
            yield return new(
                "guards.maxAlteredPerIncident", $"With one harmless call to each an actor could have {guards.MaxAlteredPerIncident} functions and roles stopped that were there before.",
                "Leave it out for 5.");
        }
    }

    private static IEnumerable<PolicyAdvice> OfCounting(ResponsePolicy policy)
    {
        var correlation = policy.Correlation;
        var most = correlation.Caps.Values.Sum() * LargestFactor;
        if (correlation.ContainAt > most)
            yield return new("correlation.containAt", $"No score can reach it: the caps add up to {most} at most, in a rush.", $"Write a number well below {most}.");
        else if (correlation.ContainAt < new CorrelationSettings().WatchAt)
        {
            yield return new(
                "correlation.containAt", $"It is below {new CorrelationSettings().WatchAt}, from which on somebody is only watched by default.",
                "See with 'responsekit replay --what-if' whom it would contain.");
        }

        foreach (var (category, _) in correlation.Caps.Where(cap => cap.Value == 0))
            yield return new($"correlation.caps.{PolicyKeys.Name(category)}", "With 0 evidence of this kind never counts.", "Leave it out for the default.");
        if (correlation.WindowMinutes < new CorrelationSettings().RushMinutes)
        {
            yield return new(
                "correlation.windowMinutes", $"An attack takes about ten minutes, and only what is within {correlation.WindowMinutes} of each other is added up.",
                "Leave it out for 60.");
        }

        if (policy.Brake.LongestMinutes < LastingMinutes)
        {
            yield return new(
                "brake.longestMinutes", $"A brake ends within {policy.Brake.LongestMinutes} minutes, whether or not somebody has answered.", "Leave people the time that they need at night.");
        }
    }

    private static IEnumerable<PolicyAdvice> OfMoney(CorrelationSettings correlation)
    {
        if (correlation.WatchUsdPerHour > correlation.BrakeUsdPerHour)
        {
            yield return new(
                "correlation.watchUsdPerHour", $"Who costs {correlation.BrakeUsdPerHour} an hour is braked before anybody is told to watch.",
                $"Write a number below brakeUsdPerHour, which is {correlation.BrakeUsdPerHour}.");
        }

        if (correlation.ContainUsdPerHour > correlation.BrakeUsdPerHour)
        {
            yield return new(
                "correlation.containUsdPerHour", "With signs of intent it takes more to be contained than it takes to be braked without any.",
                $"Write a number up to brakeUsdPerHour, which is {correlation.BrakeUsdPerHour}.");
        }
    }

    private static IEnumerable<PolicyAdvice> OfDetections(DetectionSettings detections)
    {
        foreach (var family in detections.ApprovedInstanceFamilies.Where(family => InstanceTypes.IsAccelerated(family + ".large")))
        {
            yield return new(
                "detections.approvedInstanceFamilies", $"{family} is what miners want, and launches of it would never be remarkable.",
                "Leave it out, and plan large launches in changeWindows.")
            { item = family };
        }

        foreach (var image in detections.ApprovedImages.Where(IsWholeRegistry))
            yield return new("detections.approvedImages", $"Anybody can publish an image under '{image}'.", "Spell out your own namespace behind it.") { item = image };
        foreach (var image in detections.ApprovedImages.Where(image => !image.Contains('/') && image.Contains('.')))
        {
            yield return new(
                "detections.approvedImages", $"It approves nothing: without a slash it is read as {ContainerImages.Full(image)}.", $"Write {image}/ and your own namespace.")
            { item = image };
        }

        if (detections.EcsTaskCpuUnits > LargestTask)
            yield return new("detections.ecsTaskCpuUnits", $"No task on Fargate has more than {LargestTask} units, so none is remarkable.", $"Write a number up to {LargestTask}.");
        if (detections.EcsTaskCount > CampaignTasks)
            yield return Above("detections.ecsTaskCount", "services", CampaignTasks);
        if (detections.AutoScalingGroupSize > CampaignGroup)
            yield return Above("detections.autoScalingGroupSize", "groups", CampaignGroup);
    }

    private static PolicyAdvice Above(string key, string what, int size) =>
        new(key, $"The mining campaign of November 2025 began with {what} of {size}, which would not be remarkable.", $"Write a number up to {size}, and name your own pipelines.");

    // "docker.io/" and "public.ecr.aws/" are everybody's; a registry in ECR is of one account.
    private static bool IsWholeRegistry(string prefix) =>
        ContainerImages.Full(prefix).Split('/', StringSplitOptions.RemoveEmptyEntries) is [var registry]
        && !registry.Contains(".dkr.ecr.", StringComparison.Ordinal) && !registry.Contains(".dkr-ecr.", StringComparison.Ordinal);

    private static IEnumerable<PolicyAdvice> OfWindows(ResponsePolicy policy, DateTimeOffset now)
    {
        foreach (var (at, one) in policy.ChangeWindows.Index())
        {
            if (one.Until <= now)
                yield return new("changeWindows", $"It ended on {one.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC and does nothing any more.", "Take it out.") { window = at };
            else if (one.Principals.Any(pattern => pattern.Account == "*" && !pattern.HasLiteralName))
                yield return new("changeWindows", "It exempts anyone who can create a role with such a name, in any account.", "Spell out the account, or the name.") { window = at };
        }
    }
}
