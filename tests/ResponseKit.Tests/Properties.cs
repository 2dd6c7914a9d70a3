using FsCheck;
using FsCheck.Fluent;

namespace ResponseKit.Tests;

/// <summary>Generators that several property tests share.</summary>
internal static class Properties
{
    /// <summary>Checks a property for many random values; fails with the smallest value found that breaks it.</summary>
    public static void Holds<T>(Gen<T> values, Func<T, bool> property) => Prop.ForAll(values.ToArbitrary(), property).QuickCheckThrowOnFailure();

    public static Gen<string> TextOf(string characters, int min, int max) =>
        from length in Gen.Choose(min, max)
        from text in Gen.Elements(characters.ToCharArray()).ArrayOf(length)
        select new string(text);

    public static Gen<string> Account => TextOf("0123456789", 12, 12);

    public static Gen<string> Region => Gen.Elements("us-east-1", "eu-west-3", "us-gov-west-1", "cn-north-1", "ap-southeast-2");

    public static Gen<string> Name => TextOf("abcXYZ019_-", 1, 20);

    public static Gen<string> Hostile => TextOf("ab*?:/.\\\"'{}[]\n\r\t\0\u001b\u202e\ud800\udfff é😀", 0, 30);
}
