using System.Collections;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace ResponseKit.StandIns;

/// <summary>Writes a request of the ec2 and query protocols: a form of dotted names.</summary>
internal sealed class QueryRequest(ServiceDefinition service, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private readonly bool ec2 = service.Protocol == Protocol.Ec2;

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, service.Id) { HttpMethod = "POST" };
        request.ParameterCollection.Add("Action", operation);
        request.ParameterCollection.Add("Version", service.Version);
        Structure(request.ParameterCollection, "", input);
        return request;
    }

    private void Structure(ParameterCollection form, string prefix, object owner)
    {
        foreach (var member in Shape.Of(owner.GetType(), service).Members)
        {
            if (member.ToSend(owner) is not { } value)
            {
                continue;
            }

            if (value is IDictionary map)
            {
                Map(form, prefix + member.Sent, member.Wire, map);
            }
            else if (value is IList list)
            {
                List(form, prefix + member.Sent, member.Wire, list);
            }
            else
            {
                Value(form, prefix + member.Sent + member.SentInner, value);
            }
        }
    }

    private void List(ParameterCollection form, string name, WireAttribute wire, IList list)
    {
        if (list.Count == 0 && !ec2)
        {
            form.Add(name, ""); // clears what is there; the ec2 protocol has no empty lists
        }

        var prefix = ec2 ? name : $"{name}.{wire.Item ?? "member"}";
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is { } item && (wire.Pick is null ? item : Picked(item, wire.Pick)) is { } value)
            {
                Value(form, $"{prefix}.{i + 1}", value);
            }
        }
    }

    // "Query protocol serialization" of Smithy: an entry each, numbered from 1.
    private void Map(ParameterCollection form, string name, WireAttribute wire, IDictionary map)
    {
        var number = 0;
        foreach (DictionaryEntry entry in map)
        {
            var prefix = $"{name}.entry.{++number}";
            form.Add($"{prefix}.{wire.Key}", (string)entry.Key);
            Value(form, $"{prefix}.{wire.Value}", entry.Value!);
        }
    }

    private void Value(ParameterCollection form, string name, object value)
    {
        if (value is string or ValueType or ConstantClass or MemoryStream)
        {
            form.Add(name, ValueKind.Text(value));
        }
        else
        {
            Structure(form, name + ".", value);
        }
    }

    private object? Picked(object item, string property) =>
        Shape.Of(item.GetType(), service).Members.First(m => m.Property == property).ToSend(item);
}
