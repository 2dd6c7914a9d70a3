using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResponseKit.Text;

namespace ResponseKit.Replay.Scanning;

/// <summary>
/// Finds the records in JSON text that comes in pieces, without parsing it: it looks only at quotation marks, backslashes, braces and
/// brackets, 64 bytes at a time. Records are the objects of an array <c>Records</c>, of a bare array, and those that stand by
/// themselves, one after another; an object with a member <c>Records</c> that is an array is a log file and never a record, and so is one with another list that
/// <see cref="LogMember"/> knows. Lists that stand in the place of a record are handed over like objects.
/// What is no JSON may be taken for a record, but no record of well-formed text is missed or cut. Where text is damaged, reading goes on
/// at the next line that begins with a brace.
/// </summary>
internal sealed class RecordSplitter(IRecordReceiver receiver) : IDisposable
{
    // An empty list may have some white space in it.
    private const int MostEmptyList = 40;

    private readonly ElementText text = new(JsonInput.MaxBytes);
    private StringState strings;

    // How many braces and brackets are open, and at which depth records stand.
    private int depth;
    private int level;
    // The depth at which the log file stands in whose array Records we are; negative outside of any.
    private int log = -1;
    // Whether the object in which we are is a log file whose array ended.
    private bool isLog;
    private bool inElement;
    private bool mayHaveEscapes;
    // The depth at which the object stands in one of whose members the list is; negative when it is in none.
    private int outer = -1;
    // Whether the list is a log file's, and where it began, with how many records before it.
    private bool isRecords;
    private long listAt;
    private long foundBefore;
    // Where in the bytes at hand the text between two values of the top level begins.
    private int gap;
    // Since where in the bytes at hand nothing is understood.
    private bool isLost;
    private int lostAt;
    private bool isBehindLine;

    /// <summary>How many bytes came before those at hand.</summary>
    public long Offset { get; private set; }

    /// <summary>How many records were found, those that are too large included.</summary>
    public long Found { get; private set; }

    /// <summary>How many of them have more than <see cref="JsonInput.MaxBytes"/>, and were not handed over.</summary>
    public long TooLarge { get; private set; }

    /// <summary>The index of the first of them.</summary>
    public long FirstTooLarge { get; private set; }

    /// <summary>The first place where the text is no JSON; null when it is whole.</summary>
    public SplitProblem? Problem { get; private set; }

    /// <summary>How many such places there are.</summary>
    public long Problems { get; private set; }

    /// <summary>Whether an array <c>Records</c> or a bare array was found, however many records were in it.</summary>
    public bool HasArray { get; private set; }

    /// <summary>How many arrays hold something, but neither objects nor lists.</summary>
    public long StrangeLists { get; private set; }

    // Nothing happens while so many stay open: a record does not end, and in an object that may be a log file no array begins.
    private int Floor => inElement ? level + (log < 0 ? 1 : 0) : int.MaxValue / 2;

    /// <summary>Hands over the records that end in the next piece of the text.</summary>
    public void Read(ReadOnlySpan<byte> bytes) => Read<VectorBlocks>(bytes);

    internal void Read<TBlocks>(ReadOnlySpan<byte> bytes)
        where TBlocks : struct, IBlockReader
    {
        gap = 0;
        for (var at = 0; at < bytes.Length;)
            at = isLost ? FindLine(bytes, at) : Scan<TBlocks>(bytes, at);
        if (inElement)
            Keep(bytes);
        if (!bytes.IsEmpty)
            isBehindLine = bytes[^1] == '\n';
        Offset += bytes.Length;
    }

    /// <summary>Says that the text has ended; a value that was begun and not ended is a problem.</summary>
    public void End()
    {
        if (depth > 0)
            Lose(0, "the text is cut off");
    }

    public void Dispose() => text.Dispose();

    // Optimized from the first call on: most of the text may have gone by before the runtime would do it by itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Scan<TBlocks>(ReadOnlySpan<byte> bytes, int from)
        where TBlocks : struct, IBlockReader
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        Span<byte> last = stackalloc byte[BlockMasks.Length];
        // What every block needs is kept in registers; the fields are told before a step and asked after it.
        var (inStrings, now, floor, backslashes) = (strings, depth, Floor, 0UL);
        for (var at = from; at < bytes.Length; at += BlockMasks.Length)
        {
            scoped ref var block = ref Unsafe.Add(ref first, at);
            var length = bytes.Length - at;
            if (length < BlockMasks.Length)
                block = ref Padded(bytes[at..], last);
            var masks = BlockMasks.Of<TBlocks>(in block);
            var inside = inStrings.Next(masks, Math.Min(length, BlockMasks.Length));
            var opens = masks.Opens & ~inside;
            var closes = masks.Closes & ~inside;
            backslashes |= masks.Backslashes;
            // A line never ends within a string: somebody forgot to close it.
            var broken = TBlocks.Find(in block, 0, (byte)'\n') & inside;
            var closing = BitOperations.PopCount(closes);
            if (closing < now - floor && broken == 0)
            {
                now += BitOperations.PopCount(opens) - closing;
            }
            else if ((opens | closes | broken) != 0)
            {
                (depth, mayHaveEscapes) = (now, mayHaveEscapes | (backslashes != 0));
                Step(bytes, at, opens, closes, broken, masks.Backslashes != 0);
                if (isLost)
                    return lostAt;
                (now, floor, backslashes) = (depth, Floor, 0);
            }
        }

        (strings, depth, mayHaveEscapes) = (inStrings, now, mayHaveEscapes | (backslashes != 0));
        if (depth == 0)
            CheckGap(bytes, bytes.Length);
        return isLost ? lostAt : bytes.Length;
    }

    private static ref byte Padded(ReadOnlySpan<byte> bytes, Span<byte> block)
    {
        block.Clear();
        bytes.CopyTo(block);
        return ref MemoryMarshal.GetReference(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(ReadOnlySpan<byte> bytes, int at, ulong opens, ulong closes, ulong broken, bool hasEscapes)
    {
        var whole = broken == 0 ? ulong.MaxValue : (broken & (~broken + 1)) - 1;
        var floor = Floor;
        for (var brackets = (opens | closes) & whole; brackets != 0 && !isLost; brackets &= brackets - 1)
        {
            var isOpen = (opens & brackets & (~brackets + 1)) != 0;
            if (depth > floor + 1)
            {
                depth += isOpen ? 1 : -1;
                continue;
            }

            var position = at + BitOperations.TrailingZeroCount(brackets);
            if (isOpen)
                Open(bytes, position, hasEscapes);
            else
                Close(bytes, position);
            floor = Floor;
        }

        if (broken != 0 && !isLost)
            LoseLine(bytes, at + BitOperations.TrailingZeroCount(broken));
    }

    private void Open(ReadOnlySpan<byte> bytes, int position, bool hasEscapes)
    {
        var isArray = bytes[position] == '[';
        if (depth == 0)
            CheckGap(bytes, position);
        if (isLost)
            return;
        if (depth == level && !inElement)
        {
            if (depth == 0 && isArray)
            {
                level = 1;
                BeginList(position, ListKind.Wrapped);
            }
            else
            {
                inElement = true;
                mayHaveEscapes = hasEscapes;
                text.BeginAt(position);
            }
        }
        else if (log < 0 && inElement && depth == level + 1)
        {
            OpenMember(bytes, position, isArray);
        }

        depth++;
    }

    private void OpenMember(ReadOnlySpan<byte> bytes, int position, bool isArray)
    {
        if (isArray && LogMember.KindOf(text.Until(bytes, position)) is not ListKind.None and var kind)
        {
            log = level;
            level = depth + 1;
            inElement = false;
            BeginList(position, kind);
        }
        else if (!isArray && outer < 0 && LogMember.IsHolder(text.Until(bytes, position)))
        {
            outer = level;
            level = depth;
            text.BeginAt(position);
        }
    }

    private void BeginList(int position, ListKind kind)
    {
        HasArray = true;
        isRecords = kind == ListKind.Records;
        (listAt, foundBefore) = (Offset + position, Found);
    }

    private void Close(ReadOnlySpan<byte> bytes, int position)
    {
        if (depth == 0)
        {
            CheckGap(bytes, position + 1);
            return;
        }

        depth--;
        if (depth < level)
        {
            LeaveArray(position);
        }
        else if (depth == level && inElement)
        {
            inElement = false;
            Finish(bytes, position + 1);
            if (outer >= 0 && log < 0)
                LeaveHolder(position);
        }

        if (depth == 0)
            gap = position + 1;
    }

    private void LeaveHolder(int position)
    {
        (level, outer, inElement, isLog) = (outer, -1, true, true);
        text.BeginAt(position + 1);
    }

    // The members of a log file behind its records are looked at as those before them: there may be a second array Records.
    private void LeaveArray(int position)
    {
        if (Found == foundBefore && Offset + position - listAt > MostEmptyList)
            StrangeLists++;
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
        if (text.IsTooLong)
            LeaveOut();
        else if (json[0] == '{' || json.Length > MostEmptyList)
            receiver.Receive(new() { Json = json, Index = Found++, MayHaveEscapes = mayHaveEscapes, IsInLog = log >= 0 && isRecords });
    }

    private void LeaveOut()
    {
        FirstTooLarge = TooLarge++ == 0 ? Found : FirstTooLarge;
        Found++;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        text.Keep(bytes);
        // A line that is not closed would take all lines after it for its own.
        if (text.IsTooLong && level == 0 && !isLog)
        {
            LeaveOut();
            Forget(0);
        }
    }

    // Between values only white space and commas may stand, and a byte order mark before the first and where files were put one behind another.
    private void CheckGap(ReadOnlySpan<byte> bytes, int end)
    {
        for (var at = gap; at < end && !isLost; at++)
        {
            if (!IsOfMark(bytes, at) && bytes[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)','))
                Lose(at, "no JSON object or array begins here");
        }
    }

    private bool IsOfMark(ReadOnlySpan<byte> bytes, int at) =>
        bytes[at] is 0xEF or 0xBB or 0xBF && (Offset + at < 3 ? bytes[at] == "\uFEFF"u8[(int)Offset + at] : InMark(bytes, at));

    private static bool InMark(ReadOnlySpan<byte> bytes, int at)
    {
        var start = at - "\uFEFF"u8.IndexOf(bytes[at]);
        return start >= 0 && bytes[start..].StartsWith("\uFEFF"u8);
    }

    private void LoseLine(ReadOnlySpan<byte> bytes, int position)
    {
        if (depth == 0)
            CheckGap(bytes, position);
        if (!isLost)
            Lose(position, "a string is not closed");
    }

    private void Lose(int position, string what)
    {
        Problem ??= new(Offset + position, Found, what);
        Problems++;
        Forget(position);
    }

    private void Forget(int position)
    {
        (isLost, lostAt) = (true, position);
        (strings, depth, level, log, outer, isLog, inElement) = (default, 0, 0, -1, -1, false, false);
    }

    private int FindLine(ReadOnlySpan<byte> bytes, int from)
    {
        var begins = from == 0 && isBehindLine && bytes[0] == '{';
        var found = begins ? 0 : bytes[from..].IndexOf("\n{"u8);
        if (found < 0)
            return bytes.Length;
        isLost = false;
        gap = from + found + (begins ? 0 : 1);
        return gap;
    }
}
