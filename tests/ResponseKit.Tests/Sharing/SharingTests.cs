using System.Text;
using FsCheck.Fluent;
using ResponseKit.Sharing;

namespace ResponseKit.Tests.Sharing;

public sealed class SharingTests
{
    [Fact]
    public void The_same_text_comes_back_as_the_same_string() => Assert.Same(SharedTexts.Of("ec2.amazonaws.com"u8), SharedTexts.Of("ec2.amazonaws.com"u8));

    [Fact]
    public void A_text_comes_back_as_it_is_or_not_at_all() => Properties.Holds(
        Properties.TextOf("ab\u0001~é😀", 0, 40),
        text => SharedTexts.Of(Encoding.UTF8.GetBytes(text)) == (text.Length > 0 && Ascii.IsValid(text) ? text : null));

    [Fact]
    public void A_long_text_is_not_kept() => Assert.Null(SharedTexts.Of(new byte[257]));

    [Fact]
    public void However_many_texts_come_each_gets_what_is_made_of_it()
    {
        var reversed = new RecentTexts<string>(text => new string([.. text.Reverse()]));
        var texts = Enumerable.Range(0, 5000).Select(number => $"name-{number % 1500}").Append(new string('x', 300)).ToList();
        Assert.Equal(texts.Select(text => new string([.. text.Reverse()])), texts.Select(reversed.Of));
    }

    [Fact]
    public void What_was_made_of_a_text_lately_is_not_made_again()
    {
        var made = 0;
        var counted = new RecentTexts<int>(_ => ++made);
        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(_ => counted.Of("ci-deployer")));
    }

    [Fact]
    public void An_equal_value_comes_back_as_the_one_that_is_there()
    {
        var shared = new SharedValues<int[]>(EqualityComparer<int[]>.Create((one, other) => one.AsSpan().SequenceEqual(other), values => values.Sum()));
        var first = shared.Of([1, 2]);
        Assert.Same(first, shared.Of([1, 2]));
        // As a hash the sum is the same.
        Assert.Equal([3, 0], shared.Of([3, 0]));
    }

    [Fact]
    public async Task Several_threads_at_once_get_what_is_theirs()
    {
        var lengths = new RecentTexts<string>(text => text + "!");
        await Parallel.ForAsync(0, 8, (worker, _) =>
        {
            for (var number = 0; number < 20_000; number++)
            {
                var text = $"{(number * worker) % 3000}";
                Assert.Equal(text + "!", lengths.Of(text));
                Assert.Equal(text, SharedTexts.Of(Encoding.ASCII.GetBytes(text)));
            }

            return ValueTask.CompletedTask;
        });
    }
}
