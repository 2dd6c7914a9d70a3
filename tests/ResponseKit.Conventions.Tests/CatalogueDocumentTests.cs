using ResponseKit.Aws.Actions;
using ResponseKit.Cli.Docs;
using ResponseKit.Detections;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

public sealed class CatalogueDocumentTests
{
    [Fact]
    public void The_catalogue_in_the_repository_is_what_the_code_says()
    {
        var expected = CatalogueDocument.Write(DetectionCatalogue.All, ActionCatalogue.All);
        Assert.True(
            expected == Repository.Read("docs", "catalogue.md"),
            "docs/catalogue.md is not what the code says. Write it anew: dotnet run --project src/ResponseKit.Cli -- docs");
    }

    [Fact]
    public void The_catalogue_names_every_detection_and_every_action()
    {
        var text = CatalogueDocument.Write(DetectionCatalogue.All, ActionCatalogue.All);
        var ids = DetectionCatalogue.All.Select(detection => detection.Descriptor.Id).Concat(ActionCatalogue.All.Select(action => action.Descriptor.Id));
        Assert.All(ids, id => Assert.Contains($"\n### `{id}`\n", text, StringComparison.Ordinal));
        Assert.All(ActionCatalogue.All, action => Assert.Contains($"(../runbooks/{action.Descriptor.Id}.md)", text, StringComparison.Ordinal));
    }
}
