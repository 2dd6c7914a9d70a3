using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;
using ResponseKit.Text;

namespace ResponseKit.Reports;

/// <summary>The templates of reports. Whatever stands in them comes out encoded.</summary>
internal static class ReportTemplates
{
    private const int LongestText = 8_000;
    private static readonly TemplateOptions Options = NewOptions();
    private static readonly Lazy<IFluidTemplate> HtmlTemplate = new(() => Read("report.html.liquid"));
    private static readonly Lazy<IFluidTemplate> MarkdownTemplate = new(() => Read("report.md.liquid"));

    /// <summary>As HTML: one file that loads nothing and runs nothing.</summary>
    public static string Html(IncidentReport report) => HtmlTemplate.Value.Render(new TemplateContext(report, Options), HtmlEncoder.Default);

    /// <summary>As Markdown.</summary>
    public static string Markdown(IncidentReport report) => MarkdownTemplate.Value.Render(new TemplateContext(report, Options), NullEncoder.Default);

    private static TemplateOptions NewOptions()
    {
        var options = new TemplateOptions { ModelNamesComparer = StringComparer.Ordinal };
        options.MemberAccessStrategy.MemberNameStrategy = MemberNameStrategies.CamelCase;
        foreach (var type in typeof(IncidentReport).Assembly.GetExportedTypes().Where(type => !type.IsAbstract))
            options.MemberAccessStrategy.Register(type);
        options.Filters.AddFilter("md", (input, _, _) => new ValueTask<FluidValue>(new StringValue(MarkdownText.Of(input.ToStringValue(), LongestText))));
        return options;
    }

    private static IFluidTemplate Read(string name)
    {
        using var stream = typeof(ReportTemplates).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return new FluidParser().TryParse(reader.ReadToEnd(), out var template, out var error)
            ? template
            : throw new InvalidOperationException($"The template {name} cannot be read: {error}");
    }
}
