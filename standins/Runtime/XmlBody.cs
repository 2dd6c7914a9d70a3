using System.Xml;

namespace ResponseKit.StandIns;

/// <summary>Fills objects from XML.</summary>
internal sealed class XmlBody(ServiceDefinition service)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        DtdProcessing = DtdProcessing.Prohibit,
    };

    public static XmlReader Open(Stream stream) => XmlReader.Create(stream, Settings);

    /// <summary>The names of an element's child elements; each must be read or skipped before the next is asked for.</summary>
    public static IEnumerable<string> Children(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            yield break;
        }

        xml.ReadStartElement();
        while (xml.MoveToContent() == XmlNodeType.Element)
        {
            yield return xml.LocalName;
        }

        xml.ReadEndElement();
    }

    public void Structure(XmlReader xml, object owner)
    {
        foreach (var name in Children(xml))
        {
            if (Shape.Of(owner.GetType(), service).Find(name) is { } member)
            {
                member.Set(owner, Value(xml, member.Kind));
            }
            else
            {
                xml.Skip();
            }
        }
    }

    private object? Value(XmlReader xml, ValueKind kind)
    {
        if (kind.IsMap)
            return Map(xml, kind);
        if (kind.Item is not null)
        {
            var list = kind.NewList();
            foreach (var _ in Children(xml))
            {
                list.Add(Value(xml, kind.Item));
            }

            return list.Count > 0 ? list : null; // an empty element reads as null, as in the official clients
        }

        if (kind.IsStructure)
        {
            var structure = Shape.Of(kind.Type, service).New();
            Structure(xml, structure);
            return structure;
        }

        return Scalar(xml, kind);
    }

    // <entry><key>…</key><value>…</value></entry>, the form of every map of the query protocol's answers.
    private object? Map(XmlReader xml, ValueKind kind)
    {
        var map = kind.NewMap();
        foreach (var _ in Children(xml))
        {
            string? key = null;
            object? value = null;
            foreach (var name in Children(xml))
            {
                if (name == "key")
                    key = xml.ReadElementContentAsString();
                else if (name == "value")
                    value = Value(xml, kind.Item!);
                else
                    xml.Skip();
            }

            if (key is not null && value is not null)
                map[key] = value;
        }

        return map.Count > 0 ? map : null;
    }

    private static object? Scalar(XmlReader xml, ValueKind kind)
    {
        var text = xml.ReadElementContentAsString();
        return text.Length > 0 || kind.Type == typeof(string) ? kind.Parse(text) : null;
    }
}
