using Conformance.Harness.Cases;
using Conformance.Harness.Devices;
using Conformance.Harness.Lockstep;
using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Instructions;

namespace Conformance.Suites.Instructions.Recording;

/// <summary>Records vectors: runs random instructions as cases on several devices and keeps those on which all agree.</summary>
/// <param name="pool">The encodings that both devices have.</param>
/// <param name="first">One implementation.</param>
/// <param name="second">An independent one.</param>
/// <param name="smaller">
/// Devices with fewer features: an outcome that depends on an optional feature which the encoding does not need is not kept
/// while there is another.
/// </param>
public sealed class VectorRecorder(EncodingPool pool, IDevice first, IDevice second, IReadOnlyList<IDevice> smaller)
{
    private const int Rounds = 18;
    private const int Choosy = 9;
    private const int Exceptional = 11;
    private const int Faulting = 4; // rounds in which aborts are tried

    /// <summary>Optional features that change what pointer authentication makes of a pointer.</summary>
    private static readonly string[] s_variants = ["FEAT_PAuth2", "FEAT_EPAC", "FEAT_FPAC", "FEAT_FPACCOMBINE"];

    private static readonly string[] s_withoutAborts = ["ldst.memop", "ldst.comswap", "ldst.loadlit", "ldst.ldst_pac"];

    /// <summary>A vector to be found.</summary>
    private sealed record Slot(InstructionEncoding Encoding, int Level, bool Faults);

    /// <summary>
    /// One at EL0 and one at EL1; one more of arithmetic on vectors and floating-point numbers, which has more cases than the rest;
    /// of loads and stores also one at each level that takes a Data Abort.
    /// </summary>
    private static IEnumerable<Slot> SlotsOf(InstructionEncoding encoding)
    {
        yield return new Slot(encoding, 0, false);
        yield return new Slot(encoding, 1, false);
        if (encoding.Group.StartsWith("simd_dp.", StringComparison.Ordinal))
        {
            yield return new Slot(encoding, 0, false);
        }

        // Of the aborts of atomics QEMU's syndromes are wrong (qemu-atomic-wnr); an exclusive store checks monitor and access in any
        // order; a literal is near the code.
        if (encoding.Group.StartsWith("ldst.", StringComparison.Ordinal)
            && !s_withoutAborts.Any(g => encoding.Group.StartsWith(g, StringComparison.Ordinal))
            && !encoding.Mnemonic.StartsWith("STX", StringComparison.Ordinal) && !encoding.Mnemonic.StartsWith("STLX", StringComparison.Ordinal))
        {
            yield return new Slot(encoding, 0, true);
            yield return new Slot(encoding, 1, true);
        }
    }

    private sealed record Candidate(int Index, Slot Slot, InstructionVector Vector, Case Case, int[] Vectors)
    {
        public InstructionEncoding Encoding => Slot.Encoding;
    }

    /// <summary>Records.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="progress">Told how many of how many are there, after each round.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The vectors, in the order of the table.</returns>
    public IReadOnlyList<InstructionVector> Record(ulong seed, Action<int, int> progress, CancellationToken cancellation)
    {
        Slot[] slots = [.. pool.Implemented.Where(e => !InstructionsSuite.IsOfOtherSuites(e)).SelectMany(SlotsOf)];
        var done = new InstructionVector?[slots.Length];
        for (int round = 0; round < Rounds; round++)
        {
            var random = new SplitMix(new SplitMix(seed + (ulong)round).Next());
            var maker = new VectorMaker(pool, first.Info.Features.Has, random);
            List<Candidate> open = [];
            for (int slot = 0; slot < slots.Length; slot++)
            {
                if (done[slot] is null && !(slots[slot].Faults && round >= Faulting) && maker.Make(slots[slot].Encoding, slots[slot].Level, slots[slot].Faults) is { } vector)
                {
                    open.Add(new Candidate(slot, slots[slot], vector, Watched(vector, slots[slot].Encoding, maker.Vectors), [.. maker.Vectors]));
                }
            }

            Round(open, round, done, cancellation);
            progress(done.Count(d => d is not null), done.Length);
        }

        return [.. done.OfType<InstructionVector>()];
    }

    private void Round(List<Candidate> open, int round, InstructionVector?[] done, CancellationToken cancellation)
    {
        Case[] cases = [.. open.Select(o => o.Case)];
        Observation[] a = [.. first.Run(cases, cancellation)];
        Observation[] b = [.. second.Run(cases, cancellation)];
        bool[] portable = [.. Enumerable.Repeat(true, open.Count)];
        foreach (IDevice device in smaller)
        {
            int[] able = [.. Enumerable.Range(0, open.Count).Where(i => CanRun(open[i], device.Info.Features))];
            foreach ((int i, Observation seen) in able.Zip(device.Run(able.Select(i => cases[i]), cancellation)))
            {
                portable[i] &= Same(a[i], seen, device.Info.Features);
            }
        }

        for (int i = 0; i < open.Count; i++)
        {
            if (Same(a[i], b[i], second.Info.Features) && (portable[i] || round >= Choosy))
            {
                InstructionVector vector = WithOutcome(open[i], ((Observation.Finished)a[i]).Steps[0]);
                if (open[i].Slot.Faults ? IsDataAbort(vector)
                    : round >= Exceptional || open[i].Encoding.Group == "control.exception" || (vector.Target == 0 && (round >= Choosy || Shows(vector))))
                {
                    done[open[i].Index] = portable[i] ? vector : vector with
                    {
                        Needs = [.. vector.Needs, .. s_variants.Where(v => first.Info.Features.Has(v))],
                    };
                }
            }
        }
    }

    private static bool CanRun(Candidate candidate, FeatureSet features) =>
        features.FirstUnmet(candidate.Vector.Needs) is null && candidate.Encoding.IsAllocated(candidate.Vector.Word, features.Has);

    /// <summary>Everything that the instruction could change is observed.</summary>
    private static Case Watched(InstructionVector vector, InstructionEncoding encoding, IReadOnlyCollection<int> vectors)
    {
        InstructionVector stored = vector with { Outcome = [.. vectors.Select(v => new VectorField($"V{v}", 0))] };
        List<string> fields =
        [
            FieldNames.Vector, FieldNames.Esr, FieldNames.Elr, FieldNames.Spsr, FieldNames.Far, FieldNames.Pstate,
            .. Enumerable.Range(0, 31).Where(n => n != 28).Select(FieldNames.General), "SP_EL0", "FPSR",
        ];
        for (int i = 0; i < vectors.Count; i++)
        {
            fields.Add(FieldNames.Memory(VectorCase.StoredAt(i)));
            fields.Add(FieldNames.Memory(VectorCase.StoredAt(i) + 8));
        }

        if (vector.State.Any(s => s.Name == VectorCase.Fill))
        {
            for (ulong at = 0; at < VectorCase.WindowSize; at += 8)
            {
                fields.Add(FieldNames.Memory(VectorCase.Window + at));
            }
        }

        return VectorCase.Given(stored, encoding, 0).Sees(FieldNames.Target, 0).Observe(fields).Build();
    }

    private bool Same(Observation one, Observation other, FeatureSet features)
    {
        if (one is not Observation.Finished { Steps: [{ } a] } || other is not Observation.Finished { Steps: [{ } b] })
        {
            return false;
        }

        ulong pstate = Spsr.Implemented(features) & Spsr.Implemented(first.Info.Features);
        Dictionary<string, ulong> mine = new(a.Fields, StringComparer.Ordinal);
        Dictionary<string, ulong> others = new(b.Fields, StringComparer.Ordinal);
        bool taken = mine.TryGetValue(FieldNames.Target, out ulong target) && target != 0;
        bool address = mine.TryGetValue(FieldNames.Esr, out ulong esr) && ReportsAddress(esr);
        return a.Fields.All(f => others.TryGetValue(f.Key, out ulong value) ? f.Key switch
        {
            FieldNames.Pstate when taken => ((f.Value ^ value) & pstate & ~VectorCase.OpenAtEntry) == 0,
            FieldNames.Pstate or FieldNames.Spsr => ((f.Value ^ value) & pstate) == 0,
            FieldNames.Far when !address => true,
            _ => f.Value == value,
        } : f.Key is FieldNames.Far) && b.Fields.All(f => f.Key is FieldNames.Far || mine.ContainsKey(f.Key));
    }

    private static bool ReportsAddress(ulong esr) => (esr >> 26 & 63) is (>= 0x20 and <= 0x25) or 0x34 or 0x35;

    private static InstructionVector WithOutcome(Candidate candidate, StepObservation seen)
    {
        InstructionVector vector = candidate.Vector;
        List<VectorField> outcome = [];
        Dictionary<string, ulong> all = new(seen.Fields, StringComparer.Ordinal);
        ulong Seen(string field) => all.GetValueOrDefault(field);
        void Add(string field)
        {
            if (all.TryGetValue(field, out ulong value))
            {
                outcome.Add(new VectorField(field, value));
            }
        }

        bool completes = Seen(FieldNames.Target) == 0;
        Add(FieldNames.Target);
        outcome.Add(new VectorField(FieldNames.Pstate, Seen(FieldNames.Pstate) & ~(completes ? 0 : VectorCase.OpenAtEntry)));
        if (!completes)
        {
            Add(FieldNames.Vector);
            Add(FieldNames.Esr);
            Add(FieldNames.Elr);
            Add(FieldNames.Spsr);
            if (ReportsAddress(Seen(FieldNames.Esr)))
            {
                Add(FieldNames.Far);
            }
        }

        for (int n = 0; n < 31; n++)
        {
            string name = FieldNames.General(n);
            bool named = n == vector.Base || vector.State.Any(s => s.Name == name);
            ulong before = n == vector.Base ? GuestMemory.Data : vector.State.Where(s => s.Name == name).Select(s => s.Low).FirstOrDefault();
            bool shown = n == vector.Base ? vector.Code.Count > vector.Main + 1 : named;
            if ((shown || Seen(name) != before) && (completes || !IsLoadedWithOthers(candidate.Encoding, vector.Word, n)))
            {
                Add(name);
            }
        }

        if (candidate.Encoding.Pattern.Fields.Any(f => f.Name is "Rn" or "Rd" && f.Width == 5 && f.Of(vector.Word) == 31) && vector.Level == 0)
        {
            Add("SP_EL0");
        }

        if (candidate.Vectors.Length > 0)
        {
            if (vector.State.Any(s => s.Name == "FPSR"))
            {
                Add("FPSR");
            }

            for (int i = 0; completes && i < candidate.Vectors.Length; i++)
            {
                ulong at = VectorCase.StoredAt(i);
                outcome.Add(new VectorField($"V{candidate.Vectors[i]}", Seen(FieldNames.Memory(at)), Seen(FieldNames.Memory(at + 8))));
            }
        }

        foreach (VectorField fill in vector.State.Where(s => s.Name == VectorCase.Fill))
        {
            for (ulong n = 0; n < VectorCase.WindowSize / 8; n++)
            {
                string word = FieldNames.Memory(VectorCase.Window + (8 * n));
                if (Seen(word) != fill.Low + (fill.High * n))
                {
                    Add(word);
                }
            }

            outcome.Add(new VectorField(FieldNames.Changed(VectorCase.Window, VectorCase.WindowSize), 0));
        }

        return vector with { Outcome = outcome };
    }

    private static bool IsDataAbort(InstructionVector vector) =>
        vector.Outcome.Any(f => f.Name == FieldNames.Esr && (f.Low >> 26 & 63) is 0x24 or 0x25);

    /// <summary>A register of several that an instruction loads is UNKNOWN behind an abort of it (DDI 0487, "Definition of a precise exception").</summary>
    private static bool IsLoadedWithOthers(InstructionEncoding encoding, uint word, int register) =>
        (encoding.Group.Contains("pair", StringComparison.Ordinal) || encoding.Mnemonic is "LDXP" or "LDAXP")
        && encoding.Pattern.Fields.Any(f => f.Name is "Rt" or "Rt2" && f.Of(word) == register);

    /// <summary>Something is another than before: a register, a flag, memory.</summary>
    private static bool Shows(InstructionVector vector)
    {
        foreach (VectorField field in vector.Outcome)
        {
            string name = field.Name;
            bool changed = name switch
            {
                FieldNames.Pstate => field.Low != vector.Pstate,
                FieldNames.Target => false,
                "FPSR" => field.Low != 0,
                _ when name.StartsWith("changed@", StringComparison.Ordinal) || name == "SP_EL0" => false,
                _ when name.StartsWith("mem@", StringComparison.Ordinal) => true,
                _ => !vector.State.Any(s => s.Name == name && s.Low == field.Low && s.High == field.High) && name != FieldNames.General(vector.Base),
            };
            if (changed)
            {
                return true;
            }
        }

        return false;
    }
}
