using ResponseKit.Response;
using ResponseKit.Text;

namespace ResponseKit.Functions;

/// <summary>The answers of the approval function.</summary>
internal static class ApprovalJson
{
    private const int MostListed = 20;

    public static byte[] Waiting(string incident, bool isAnswered) => AnswerJson.Of(json =>
    {
        json.WriteString("incident", incident);
        json.WriteBoolean("waits", !isAnswered);
    });

    public static byte[] Decided(Approval approval, bool isAwake) => AnswerJson.Of(json =>
    {
        var decision = approval.Decision!;
        json.WriteString("incident", approval.Incident);
        json.WriteString("decision", decision.IsApproved ? "approve" : "reject");
        json.WriteString("by", decision.By);
        json.WriteString("reason", decision.Reason);
        json.WriteString("at", decision.At);
        json.WriteStartArray("actions");
        foreach (var item in approval.Items)
        {
            json.WriteStartObject();
            json.WriteString("action", item.ActionId);
            json.WriteNumber("targets", item.Targets.Length);
            json.WriteStartArray("target");
            foreach (var target in item.Targets.Take(MostListed))
                json.WriteStringValue(Printable.Of(target.ToFullArn(), 300));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var (done, after) = decision.IsApproved
            ? ("Approved", "and does what was asked")
            : ("Rejected", "and reports; of what was asked nothing is done");
        json.WriteString("message", isAwake
            ? $"{done}. The response goes on now {after}."
            : $"{done}, and kept. The response is not waiting at this moment: it reads the answer with its next pass {after}. If its execution has failed, it does so "
                + "when the actor's next event starts it again.");
    });
}
