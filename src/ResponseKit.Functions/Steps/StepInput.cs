using System.Text.Json;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Functions.Steps;

/// <summary>What the state machine hands a step of a response.</summary>
/// <param name="Incident">The incident's id.</param>
/// <param name="Round">How often it has been opened.</param>
/// <param name="Look">The number of the pass, and of the look after it.</param>
internal sealed record StepInput(string Incident, int Round, int Look)
{
    private const string Accepted = """Accepted: {"incident":"inc-…","round":1,"look":0}, as the state machine sends it.""";

    /// <summary>Reads it. A number that is missing is the first.</summary>
    /// <exception cref="ArgumentException">It cannot be read; the message says what is wrong. Nothing was done.</exception>
    public static StepInput Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var input = new Field(json.RootElement);
            var incident = input["incident"].Text ?? throw new ArgumentException("The field incident is missing or no text. " + Accepted, nameof(payload));
            return new StepInput(incident, Number(input, "round", 1), Number(input, "look", 0));
        }
        catch (JsonException error)
        {
            throw new ArgumentException("The payload is no JSON. " + Accepted, nameof(payload), error);
        }
        catch (InvalidOperationException error)
        {
            throw new ArgumentException("The field incident holds text that cannot be decoded. " + Accepted, nameof(payload), error);
        }
    }

    private static int Number(Field input, string name, int least)
    {
        if (!input[name].IsPresent)
            return least;
        return input[name].Number is { } number && number >= least && number <= 1_000_000
            ? (int)number
            : throw new ArgumentException($"The field {name} is '{Printable.Of(input[name].ToString())}', no number from {least}. {Accepted}", nameof(input));
    }
}
