using System.Buffers.Binary;
using System.Collections.Concurrent;
using Conformance.Harness.Cases;
using Conformance.Suites.Translation.Oracle;
using Conformance.Suites.Translation.Tables;

namespace Conformance.Suites.Translation.Cases;

/// <summary>Turns answers of the oracle into what a device may show.</summary>
public static class Expected
{
    private const ulong AddressField = 0x000F_FFFF_FFFF_F000;
    private const ulong FaultFields = 0x37F; // S, PTW, FST, F

    private static readonly ConcurrentDictionary<ulong, string> s_memory = new();

    /// <summary>The field of a word of memory; the same string for the same word.</summary>
    public static string MemoryField(ulong address) => s_memory.GetOrAdd(address, FieldNames.Memory);

    /// <summary>PAR_EL1 after an AT instruction (TR-133 to TR-135).</summary>
    public static FieldExpectation Par(string field, IReadOnlyList<Answer> answers)
    {
        List<MaskedValue> allowed = new(2);
        foreach (Answer answer in answers)
        {
            if (answer.Fault is { } fault)
            {
                Add(allowed, new MaskedValue((ulong)fault.Status << 1 | 1 | (fault.Stage2 ? 1UL << 9 : 0) | (fault.OnWalk ? 1UL << 8 : 0), FaultFields));
            }
            else
            {
                AddSuccess(allowed, answer);
            }
        }

        return new FieldExpectation(field, allowed);
    }

    /// <summary>
    /// The resulting attributes or those of the descriptor (TR-134). Whether memory is transient is only a hint.
    /// </summary>
    private static void AddSuccess(List<MaskedValue> allowed, Answer answer)
    {
        AddAttributes(allowed, answer, answer.Attributes.Attr, answer.Attributes.Sh);
        AddAttributes(allowed, answer, answer.Attributes.Attr, answer.Descriptor.Sh);
        AddAttributes(allowed, answer, answer.Descriptor.Attr, answer.Attributes.Sh);
        AddAttributes(allowed, answer, answer.Descriptor.Attr, answer.Descriptor.Sh);
    }

    private static void AddAttributes(List<MaskedValue> allowed, Answer answer, byte attr, byte sh)
    {
        int looked = attr < 0x10 ? 0xFF : Looked(attr >> 4) << 4 | Looked(attr & 0xF);
        ulong mask = (ulong)looked << 56 | AddressField | 3UL << 7 | 1;
        Add(allowed, new MaskedValue(((ulong)attr << 56 | (answer.Address & AddressField) | (ulong)sh << 7) & mask, mask));

        // Bit 3 of a nibble says transient or not, but for 0100, Non-cacheable.
        static int Looked(int nibble) => (nibble & 3) == 0 ? 0xF : 7;
    }

    /// <summary>What the descriptors that are watched hold afterwards.</summary>
    /// <param name="fields">Takes the expectations.</param>
    /// <param name="scene">Tables.</param>
    /// <param name="answers">What is allowed for the access.</param>
    /// <param name="beside">What else is translated on the way: fetches of the code and of a vector.</param>
    public static void Memory(List<FieldExpectation> fields, Scene scene, IReadOnlyList<Answer> answers, IReadOnlyList<Answer>? beside = null)
    {
        foreach (ulong address in scene.Watched)
        {
            ulong value = scene.World.Word(address);
            ulong open = SpeculativeFlag(scene, address);
            ulong certain = 0;
            foreach (Answer answer in answers)
            {
                foreach (DescriptorUpdate update in answer.Updates)
                {
                    if (update.Address == address)
                    {
                        ulong set = InMemory(update.Set, update);
                        ulong clear = InMemory(update.Clear, update);
                        if (update.Certain && answers.Count == 1)
                        {
                            value = (value | set) & ~clear;
                            certain |= set | clear;
                        }
                        else
                        {
                            open |= set | clear;
                        }
                    }
                }
            }

            foreach (Answer answer in beside ?? [])
            {
                foreach (DescriptorUpdate update in answer.Updates)
                {
                    open |= update.Address == address ? InMemory(update.Set | update.Clear, update) : 0;
                }
            }

            open &= ~certain;
            fields.Add(new FieldExpectation(MemoryField(address), value & ~open, ~open));
        }
    }

    /// <summary>Where the hardware sets access flags it may do so for accesses that nobody sees (TR-068).</summary>
    private static ulong SpeculativeFlag(Scene scene, ulong address) =>
        scene.WatchedAs(address) is { } update && update.Certain ? InMemory(update.Set, update) : 0;

    private static ulong InMemory(ulong bits, DescriptorUpdate update) => update.BigEndian ? BinaryPrimitives.ReverseEndianness(bits) : bits;

    private static void Add(List<MaskedValue> allowed, MaskedValue value)
    {
        if (!allowed.Contains(value))
        {
            allowed.Add(value);
        }
    }
}
