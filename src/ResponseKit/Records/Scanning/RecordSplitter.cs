using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResponseKit.Text;

namespace ResponseKit.Records.Scanning;

/// <summary>
/// Finds the records in JSON text that comes in pieces, without parsing it: it looks only at quotation marks, backslashes, braces and
/// brackets, 64 bytes at a time. Records are the objects of an array <c>Records</c>, of a bare array, and those that stand by
/// themselves, one after another; an object with a member <c>Records</c> that is an array is a log file and never a record.
/// What is no JSON may be taken for a record, but no record of well-formed text is missed or cut.
/// </summary>
internal sealed class RecordSplitter(IRecordReceiver receiver) : IDisposable
{
    private readonly ElementText text = new(JsonInput.MaxBytes);
    private StringState strings;

    // How many braces and brackets are open, and at which depth records stand.
    private int depth;
    private int level;
    // The depth at which the log file stands in whose array Records we are, or were; negative outside of any.
    private int log = -1;
    // Whether the object in which we are is a log file whose array ended.
    private bool isLog;
    private bool inElement;
    private bool mayHaveEscapes;
    // Where in the bytes at hand the text between two values of the top level begins.
    private int gap;

    /// <summary>How many bytes came before those at hand.</summary>
    public long Offset { get; private set; }

    /// <summary>How many records were found, those that are too large included.</summary>
    public long Found { get; private set; }

    /// <summary>How many of them have more than <see cref="JsonInput.MaxBytes"/>, and were not handed over.</summary>
    public long TooLarge { get; private set; }

    /// <summary>The index of the first of them.</summary>
    public long FirstTooLarge { get; private set; }

    /// <summary>Where the text stops being JSON; nothing is read from there on.</summary>
    public SplitProblem? Problem { get; private set; }

    /// <summary>Whether an array <c>Records</c> or a bare array was found, however many records were in it.</summary>
    public bool HasArray { get; private set; }

    /// <summary>Hands over the records that end in the next piece of the text.</summary>
    public void Read(ReadOnlySpan<byte> bytes) => Read<VectorBlocks>(bytes);

    internal void Read<TBlocks>(ReadOnlySpan<byte> bytes)
        where TBlocks : struct, IBlockReader
    {
        if (Problem is not null)
            return;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        gap = 0;
        for (; at <= bytes.Length - BlockMasks.Length; at += BlockMasks.Length)
            Look(bytes, at, TBlocks.Read(in Unsafe.Add(ref first, at)), BlockMasks.Length);
        if (at < bytes.Length)
        {
            Span<byte> last = stackalloc byte[BlockMasks.Length];
            last.Clear();
            bytes[at..].CopyTo(last);
            Look(bytes, at, TBlocks.Read(in MemoryMarshal.GetReference(last)), bytes.Length - at);
        }

        if (depth == 0)
            CheckGap(bytes, bytes.Length);
        if (inElement)
            text.Keep(bytes);
        Offset += bytes.Length;
    }

    /// <summary>Says that the text has ended; a value that was begun and not ended is a problem.</summary>
    public void End()
    {
        if (Problem is null && (depth > 0 || strings.IsOpen))
            Problem = new(Offset, Found, "the text is cut off");
    }

    public void Dispose() => text.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look(ReadOnlySpan<byte> bytes, int at, in BlockMasks masks, int length)
    {
        var outside = ~strings.Next(masks, length);
        var opens = masks.Opens & outside;
        var closes = masks.Closes & outside;
        mayHaveEscapes |= masks.Backslashes != 0;
        var closing = BitOperations.PopCount(closes);
        // Nothing happens while the record, and in an object that may be a log file its members, cannot end in this block.
        if (inElement && closing < depth - level - (log < 0 ? 1 : 0))
            depth += BitOperations.PopCount(opens) - closing;
        else if ((opens | closes) != 0)
            Step(bytes, at, opens, closes, masks.Backslashes != 0);
    }

    private void Step(ReadOnlySpan<byte> bytes, int at, ulong opens, ulong closes, bool hasEscapes)
    {
        for (var brackets = opens | closes; brackets != 0 && Problem is null; brackets &= brackets - 1)
        {
            var position = at + BitOperations.TrailingZeroCount(brackets);
            if ((opens & brackets & (~brackets + 1)) != 0)
                Open(bytes, position, hasEscapes);
            else
                Close(bytes, position);
        }
    }

    private void Open(ReadOnlySpan<byte> bytes, int position, bool hasEscapes)
    {
        var isArray = bytes[position] == '[';
        if (depth == 0)
            CheckGap(bytes, position);
        if (depth == level && !inElement)
        {
            if (depth == 0 && isArray)
            {
                level = 1;
                HasArray = true;
            }
            else
            {
                inElement = true;
                mayHaveEscapes = hasEscapes;
                text.BeginAt(position);
            }
        }
        else if (isArray && log < 0 && inElement && depth == level + 1 && LogMember.IsNameOf(text.Until(bytes, position)))
        {
            log = level;
            level = depth + 1;
            inElement = false;
            HasArray = true;
        }

        depth++;
    }

    private void Close(ReadOnlySpan<byte> bytes, int position)
    {
        depth--;
        if (depth < 0)
        {
            CheckGap(bytes, position + 1);
        }
        else if (depth < level)
        {
            LeaveArray(position);
        }
        else if (depth == level && inElement)
        {
            inElement = false;
            Finish(bytes, position + 1);
        }

        if (depth == 0)
            gap = position + 1;
    }

    // The members of a log file behind its records are looked at as those before them: there may be a second array Records.
    private void LeaveArray(int position)
    {
        level = Math.Max(log, 0);
        inElement = log >= 0;
        isLog = log >= 0;
        log = -1;
        text.BeginAt(position + 1);
    }

    private void Finish(ReadOnlySpan<byte> bytes, int end)
    {
        if (isLog && log < 0)
        {
            isLog = false;
            return;
        }

        var json = text.Until(bytes, end);
        if (!text.IsTooLong && json[0] != '{')
            return;
        var index = Found++;
        if (text.IsTooLong)
            FirstTooLarge = TooLarge++ == 0 ? index : FirstTooLarge;
        else
            receiver.Receive(new() { Json = json, Index = index, MayHaveEscapes = mayHaveEscapes, IsInLog = log >= 0 });
    }

    // Between values only white space and commas may stand, and a byte order mark before the first.
    private void CheckGap(ReadOnlySpan<byte> bytes, int end)
    {
        for (var at = gap; at < end && Problem is null; at++)
        {
            var isMark = Offset + at < 3 && bytes[at] == "\uFEFF"u8[(int)Offset + at];
            if (!isMark && bytes[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)','))
                Problem = new(Offset + at, Found, "no JSON object or array begins here");
        }
    }
}
