using System.CommandLine;
using ResponseKit.Text;

namespace ResponseKit.Cli.Deployed;

/// <summary>Options whose value is kept and shown to others.</summary>
internal static class OneLine
{
    /// <summary>Refuses what is empty, too long or not fit to be shown.</summary>
    public static Option<string?> Checked(this Option<string?> option, int atMost)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var only] && (string.IsNullOrWhiteSpace(only.Value) || only.Value.Length > atMost || Printable.Of(only.Value, atMost) != only.Value))
                result.AddError($"{option.Name}: '{Printable.Of(only.Value)}' cannot stand here. Accepted: 1 to {atMost} characters on one line.");
        });
        return option;
    }
}
