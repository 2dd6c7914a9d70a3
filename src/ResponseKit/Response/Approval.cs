using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>What a person is asked about in a round of an incident, and the answer.</summary>
public sealed record Approval
{
    /// <summary>How many resources one question names at most; about the others another is asked. What is kept of it must fit into an item of the table.</summary>
    public const int MostTargets = 8_000;

    /// <summary>The incident.</summary>
    public required string Incident { get; init; }

    /// <summary>The incident's round in which it was asked. A rejection holds for it alone.</summary>
    public required int Round { get; init; }

    /// <summary>The question's number within the incident, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset Asked { get; init; }

    /// <summary>Until when an answer counts.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>What is to be done, once somebody says so.</summary>
    public required ImmutableArray<ApprovalItem> Items { get; init; }

    /// <summary>The answer; null while there is none.</summary>
    public ApprovalDecision? Decision { get; init; }

    /// <summary>
    /// Whether the store vouches that question and answer are as ResponseKit wrote them. Of what is not verified only a rejection counts: who can write to the
    /// table may stop ResponseKit, and nothing more. No part of its JSON.
    /// </summary>
    [JsonIgnore]
    public bool IsVerified { get; init; } = true;

    /// <summary>Whether an answer would count.</summary>
    public bool IsPending(DateTimeOffset now) => IsVerified && Decision is null && now < Until;

    /// <summary>Whether it must not be done: a person said no, or nobody said anything in time.</summary>
    public bool IsRefused(DateTimeOffset now) => Decision is { IsApproved: false } || (IsVerified && Decision is null && now >= Until);

    /// <summary>Whether it may be done: a person said yes, and the answer is verified.</summary>
    [JsonIgnore]
    public bool IsGranted => IsVerified && Decision is { IsApproved: true };

    /// <summary>How it stands, in a sentence.</summary>
    public string Standing(DateTimeOffset now) => Decision switch
    {
        { IsApproved: true } no when !IsVerified => $"Not verified, so it does not count: an approval by {no.By} at {no.At:u}.",
        { IsApproved: true } yes => $"{yes.By} approved it at {yes.At:u}: {yes.Reason}",
        { } no => $"{no.By} rejected it at {no.At:u}: {no.Reason}",
        null when IsPending(now) => $"It waits for a person until {Until:u}.",
        _ when !IsVerified => "Not verified, so an answer to it does not count.",
        _ => $"Nobody answered until {Until:u}.",
    };

    /// <summary>What is to be asked about a plan: what nothing but a person's word holds back, at most <see cref="MostTargets"/> resources of it.</summary>
    public static ImmutableArray<ApprovalItem> ItemsOf(ResponsePlan plan)
    {
        var items = ImmutableArray.CreateBuilder<ApprovalItem>();
        var room = MostTargets;
        foreach (var action in plan.Actions)
        {
            if (action.Guard is not GuardVerdict.NeedsApproval asked || room == 0)
                continue;
            ImmutableArray<ResourceRef> targets = [.. action.Request.Targets.Take(room)];
            items.Add(new(action.ActionId, targets, asked.Reason));
            room -= targets.Length;
        }

        return items.ToImmutable();
    }
}

/// <summary>One action that waits for a person.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="Targets">What it would act on.</param>
/// <param name="Reason">Why a person is asked.</param>
public sealed record ApprovalItem(string ActionId, ImmutableArray<ResourceRef> Targets, string Reason);

/// <summary>A person's answer.</summary>
/// <param name="IsApproved">Whether it may be done.</param>
/// <param name="By">Who says so: the ARN that AWS gave for a proof, else the person's own words.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record ApprovalDecision(bool IsApproved, string By, string Reason, DateTimeOffset At)
{
    /// <summary>The ARN of who answered, as AWS STS told it; null when nothing proves who it was.</summary>
    public string? Proof { get; init; }
}
