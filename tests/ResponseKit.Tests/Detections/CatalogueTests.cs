using System.Text.RegularExpressions;
using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

public sealed partial class CatalogueTests
{
    [Fact]
    public void Finds_detections() => Assert.InRange(DetectionCatalogue.All.Length, 30, 1000);

    [Fact]
    public void Detections_of_both_kinds_are_found_each_once()
    {
        Assert.Contains(DetectionCatalogue.All, detection => detection is IDetection);
        Assert.Contains(DetectionCatalogue.All, detection => detection is not IDetection);
        Assert.Distinct(DetectionCatalogue.All.Select(detection => detection.GetType()));
    }

    [Fact]
    public void No_two_detections_share_an_id_or_a_title()
    {
        Assert.Distinct(DetectionCatalogue.All.Select(detection => detection.Descriptor.Id));
        Assert.Distinct(DetectionCatalogue.All.Select(detection => detection.Descriptor.Title));
    }

    [Theory]
    [MemberData(nameof(Examples.Ids), MemberType = typeof(Examples))]
    public void An_id_is_the_service_and_the_class_name(string id)
    {
        var type = Examples.Detection(id).GetType();
        // A namespace ResponseKit.Detections.ResponseKit would hide the root namespace from what is in it.
        var service = type.Namespace!.Split('.')[^1] is not "Own" and var folder ? folder.ToLowerInvariant() : "responsekit";
        var words = Capital().Replace(type.Name, match => (match.Index == 0 ? "" : "-") + match.Value.ToLowerInvariant());
        Assert.Equal($"{service}.{words}", id);
    }

    [Theory]
    [MemberData(nameof(Examples.Ids), MemberType = typeof(Examples))]
    public void A_detection_has_a_file_of_its_own(string id)
    {
        var type = Examples.Detection(id).GetType();
        var file = Path.Combine(Sources.Root, "src", "ResponseKit", "Detections", type.Namespace!.Split('.')[^1], type.Name + ".cs");
        Assert.True(File.Exists(file), $"{file} does not exist.");
        Assert.Single(ClassDeclaration().Matches(File.ReadAllText(file)));
    }

    [Theory]
    [MemberData(nameof(Examples.Ids), MemberType = typeof(Examples))]
    public void A_detection_shows_what_it_finds_and_what_it_ignores(string id)
    {
        var examples = Examples.Detection(id).Examples;
        Assert.Contains(examples, example => example.Matches);
        Assert.Contains(examples, example => !example.Matches);
        Assert.Distinct(examples.Select(example => example.Name));
    }

    [Theory]
    [MemberData(nameof(Examples.Ids), MemberType = typeof(Examples))]
    public void A_detection_tells_what_a_responder_needs(string id)
    {
        var descriptor = Examples.Detection(id).Descriptor;
        Assert.NotEmpty(descriptor.Techniques);
        Assert.NotEmpty(descriptor.BenignCauses);
        Assert.NotEmpty(descriptor.Selectors);
        Assert.EndsWith(".", descriptor.Why, StringComparison.Ordinal);
        Assert.False(descriptor.Title.EndsWith('.'), descriptor.Title);
        Assert.All(descriptor.BenignCauses, cause => Assert.False(cause.EndsWith('.'), cause));
    }

    [Theory]
    [MemberData(nameof(Examples.Ids), MemberType = typeof(Examples))]
    public void Every_call_that_a_detection_listens_to_is_shown_in_an_example(string id)
    {
        var detection = Examples.Detection(id);
        foreach (var (source, name) in detection.Descriptor.Selectors.SelectMany(selector => selector.EventNames.Select(name => (selector.EventSource, name))))
        {
            Assert.True(
                detection.Examples.Any(example => example.Record().Is(source, name)),
                $"{id} listens to {name} of {source}, and has no example of it.");
        }

        Assert.All(detection.Descriptor.Selectors, selector => Assert.Contains(detection.Examples, example => selector.Accepts(example.Record())));
    }

    [Fact]
    public void Techniques_are_those_of_version_19()
    {
        var techniques = DetectionCatalogue.All.SelectMany(detection => detection.Descriptor.Techniques).Distinct().ToList();
        Assert.All(techniques, technique => Assert.Matches(@"^T1\d{3}(\.\d{3})?$", technique.Id));
        Assert.All(techniques, technique => Assert.Equal("v19", technique.Version));
        // T1562 was dissolved in v19: T1685 and T1686 took its place.
        Assert.DoesNotContain(techniques, technique => technique.Id.StartsWith("T1562", StringComparison.Ordinal));
        Assert.Distinct(techniques.Select(technique => technique.Id));
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex(@"^public sealed class ", RegexOptions.Multiline)]
    private static partial Regex ClassDeclaration();
}
