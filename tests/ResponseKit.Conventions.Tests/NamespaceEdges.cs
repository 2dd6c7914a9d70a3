using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>
/// Which rooms of a project use which: a room is a namespace directly below the project's own, with all that is below it; what is in the project's own namespace
/// is a room too, without a name. Usings tell of constants, which the compiler copies; the assembly tells of what needs no using.
/// </summary>
internal static partial class NamespaceEdges
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>All edges, each with something that makes it one.</summary>
    public static IEnumerable<(string From, string To, string Because)> Of(Assembly assembly, string folder) =>
        InAssembly(assembly).Concat(InSources(assembly.GetName().Name!, folder)).Where(edge => edge.From != edge.To).Distinct();

    private static string RoomOf(string project, string @namespace) => @namespace.Length <= project.Length ? "" : @namespace[(project.Length + 1)..].Split('.')[0];

    private static bool IsWithin(string project, string? @namespace) =>
        @namespace is not null && (@namespace == project || @namespace.StartsWith(project + ".", StringComparison.Ordinal));

    private static IEnumerable<(string From, string To, string Because)> InSources(string project, string folder)
    {
        var own = Repository.Sources(folder).Select(file => Namespace().Match(Repository.Read(file)).Groups[1].Value)
            .Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Repository.Sources(folder))
        {
            var text = Repository.Read(file);
            var from = Namespace().Match(text).Groups[1].Value;
            foreach (var used in Using().Matches(text).Select(match => match.Groups[1].Value))
            {
                // A static using names a class.
                var target = own.Contains(used) ? used : used[..Math.Max(used.LastIndexOf('.'), 0)];
                if (from.Length > 0 && own.Contains(target))
                    yield return (RoomOf(project, from), RoomOf(project, target), file);
            }
        }
    }

    private static IEnumerable<(string From, string To, string Because)> InAssembly(Assembly assembly)
    {
        var project = assembly.GetName().Name!;
        foreach (var type in assembly.GetTypes().Where(type => IsWithin(project, type.Namespace)))
        {
            foreach (var used in Used(type).SelectMany(Parts))
            {
                if (used.Assembly == assembly && IsWithin(project, used.Namespace))
                    yield return (RoomOf(project, type.Namespace!), RoomOf(project, used.Namespace!), $"{type.Name} uses {used.Name}");
            }
        }
    }

    // Of List<Incident[]>: the list, the array's items.
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];

    private static IEnumerable<Type> Used(Type type)
    {
        var used = type.GetInterfaces().Concat(type.GetCustomAttributesData().Select(data => data.AttributeType)).ToList();
        if (type.BaseType is not null)
            used.Add(type.BaseType);
        used.AddRange(type.GetFields(All).Select(field => field.FieldType));
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            used.AddRange(method.GetParameters().Select(parameter => parameter.ParameterType));
            if (method is MethodInfo { ReturnType: var result })
                used.Add(result);
            if (method.GetMethodBody() is { } body)
                used.AddRange(body.LocalVariables.Select(local => local.LocalType).Concat(Called(method, body.GetILAsByteArray()!)));
        }

        return used;
    }

    // What the instructions name: types, and members with the types that they are of, give and take.
    private static List<Type> Called(MethodBase method, byte[] code)
    {
        var found = new List<Type>();
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            var opcode = OpCodesByValue[value];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                found.AddRange(NamedBy(method, BitConverter.ToInt32(code, at)));
            at += opcode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }

        return found;
    }

    private static IEnumerable<Type> NamedBy(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            MethodInfo called => [called.DeclaringType!, called.ReturnType, .. called.IsGenericMethod ? called.GetGenericArguments() : []],
            ConstructorInfo made => [made.DeclaringType!],
            _ => [],
        };
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
