using Conformance.Harness.Cases;
using Conformance.Harness.Programs;

namespace Conformance.Harness.Tests.Executive;

/// <summary>Small cases for tests of the executive and the devices that run it.</summary>
internal static class Sample
{
    internal const ulong Masked = 0x3C0; // PSTATE.DAIF

    /// <summary>SVC #n from a level: taken to EL1 from EL0 and EL1, else to the level itself.</summary>
    internal static Case Svc(string id, int level, int immediate = 5) => Of(
        id, level, a => a.Svc(immediate),
        new FieldExpectation(FieldNames.Target, (ulong)Math.Max(1, level)),
        new FieldExpectation(FieldNames.Vector, level == 0 ? 0x400UL : 0x200UL),
        new FieldExpectation(FieldNames.Esr, 0x5600_0000 + (ulong)immediate),
        new FieldExpectation(FieldNames.Elr, GuestMemory.Code + 4),
        new FieldExpectation(FieldNames.Spsr, Pstate(level)));

    /// <summary>Adds two numbers and completes.</summary>
    internal static Case Add(string id, int level) => Of(
        id, level, a => a.MovImm(Reg.X1, 40).AddImm(Reg.X0, Reg.X1, 2),
        new FieldExpectation(FieldNames.Target, 0),
        new FieldExpectation("X0", 42));

    internal static Case Of(string id, int level, Func<Assembler, Assembler> code, params FieldExpectation[] expected) => new()
    {
        Id = "sample/" + id,
        Rules = ["SAMPLE"],
        Steps =
        [
            new Step
            {
                Level = level,
                Pstate = Pstate(level),
                Code = code(new Assembler(GuestMemory.Code)).Words(),
                Allowed = [new Outcome("expected", expected.Length > 0 ? expected : [new FieldExpectation(FieldNames.Target, 0)])],
            },
        ],
    };

    /// <summary>A branch to itself.</summary>
    internal static Case Loop(string id) => Of(id, 1, a =>
    {
        Label here = a.NewLabel("here");
        return a.Bind(here).B(here);
    });

    /// <summary>Overwrites the executive's code.</summary>
    internal static Case Overwrite(string id, int level = 1) =>
        Of(id, level, a => a.MovImm(Reg.X1, GuestMemory.Executive + 64).Str(Reg.X0, Reg.X1));

    /// <summary>Points VBAR, SP and HCR_EL2 at nothing and then takes an exception nobody can handle.</summary>
    internal static Case BreaksItsOwnVectors(string id) => Of(
        id, 2, a => a.MovImm(Reg.X1, 0xDEAD_0000).Msr("VBAR_EL2", Reg.X1).Msr("VBAR_EL1", Reg.X1).Msr("SP_EL1", Reg.X1)
            .MovImm(Reg.X2, ulong.MaxValue).Msr("HCR_EL2", Reg.X2).MovSp(Reg.SP, Reg.X1).Udf(1));

    internal static ulong Pstate(int level) => Masked | (level == 0 ? 0 : ((ulong)level << 2) | 1);
}
