using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Lineage.Changes;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>Tells people what was made or changed and no action ends, with the commands that do.</summary>
internal static class ChangePager
{
    private const int MostOnPage = 20;
    private const int MostNames = 5;

    /// <summary>The pages: one for each row of the table, account and region, or several where there is much.</summary>
    /// <param name="file">The case.</param>
    /// <param name="isEnded">Whether an action ends what a resource is part of, so that nothing of it is left.</param>
    public static IEnumerable<Page> Of(CaseFile file, Func<ResourceRef, bool> isEnded) =>
        from change in file.Observations.SelectMany(observation => observation.Changes)
        let rule = ChangeTable.Find(change.Rule)
        where rule is not null && (change.About is not { } about || !isEnded(about))
        group change by (rule, change.Account, change.Region) into alike
        from some in alike.Distinct().Chunk(MostOnPage)
        select PageOf(alike.Key.rule, some);

    private static Page PageOf(ChangeRule rule, Change[] changes)
    {
        ImmutableArray<string> commands =
        [
            .. changes.SelectMany(change => rule.Commands.Select(command => ShellCommand.Of(command, change.Values, change.Region))).Distinct(StringComparer.Ordinal),
        ];
        var places = commands.Any(ShellCommand.HasPlaces) ? "Put in what stands in {…}; no record tells it." : "";
        return new(Named(rule, changes), $"{Verb(rule.Sort)} in the incident; ResponseKit does not {Ends(rule)}.", string.Join(' ', new[] { rule.Note, places }.Where(text => text.Length > 0)))
        {
            Commands = commands,
            Needs = rule.Needs,
        };
    }

    private static string Named(ChangeRule rule, Change[] changes)
    {
        var names = changes.Select(change => Template.Fill(rule.Label, name => change.Values.GetValueOrDefault(name) ?? "(not recorded)"))
            .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var named = names.Count == 0 ? "" : $" {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? $" and {names.Count - MostNames} more" : "")}";
        return $"{char.ToUpperInvariant(rule.What[0])}{rule.What[1..]}{named} ({changes[0].Account}, {changes[0].Region})";
    }

    private static string Verb(ChangeSort sort) => sort switch
    {
        ChangeSort.Made => "It was made",
        ChangeSort.Opened => "It was opened",
        ChangeSort.Enlarged => "It was made larger",
        ChangeSort.Altered => "It was changed",
        _ => "It was taken away or switched off",
    };

    private static string Ends(ChangeRule rule) => rule.Sort == ChangeSort.Made ? "end it by itself" : rule.Actions.IsEmpty ? "put it back by itself" : "put back what was there before";
}
