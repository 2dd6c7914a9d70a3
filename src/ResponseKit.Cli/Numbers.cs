using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ResponseKit.Text;

namespace ResponseKit.Cli;

/// <summary>Options that take a number.</summary>
internal static class Numbers
{
    /// <summary>Refuses what is no number, or lies outside, with what is accepted.</summary>
    /// <param name="option">The option.</param>
    /// <param name="least">The least that is accepted.</param>
    /// <param name="most">The most that is accepted.</param>
    /// <param name="what">What the option takes, such as "a whole number".</param>
    public static void Within<T>(Option<T> option, T least, T most, string what)
        where T : struct, INumber<T> => option.Validators.Add(result =>
    {
        // The text itself: what cannot be converted has no value to ask for.
        foreach (var token in result.Tokens)
        {
            if (!T.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || !(number >= least && number <= most))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes {what} from {least} to {most}, not '{Printable.Of(token.Value)}'."));
        }
    });
}
