namespace Conformance.Cpu.Instructions.Pauth;

/// <summary>Pointer authentication in data processing: PAC, AUT and XPAC of one source, PACGA of two.</summary>
/// <remarks>Source: DDI 0602, C4.1 "Data-processing (1 source)" and "(2 source)"; EX-179, EX-180.</remarks>
internal static unsafe class PauthDataProcessing
{
    private const string OneSource = "1 1 0 11010110 00001 ";

    internal static readonly InsnRow[] Rows =
    [
        new("PACIA",  OneSource + "000 000 Rn:5 Rd:5",  &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("PACIB",  OneSource + "000 001 Rn:5 Rd:5",  &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("PACDA",  OneSource + "000 010 Rn:5 Rd:5",  &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("PACDB",  OneSource + "000 011 Rn:5 Rd:5",  &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("AUTIA",  OneSource + "000 100 Rn:5 Rd:5",  &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("AUTIB",  OneSource + "000 101 Rn:5 Rd:5",  &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("AUTDA",  OneSource + "000 110 Rn:5 Rd:5",  &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("AUTDB",  OneSource + "000 111 Rn:5 Rd:5",  &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("PACIZA", OneSource + "001 000 11111 Rd:5", &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("PACIZB", OneSource + "001 001 11111 Rd:5", &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("PACDZA", OneSource + "001 010 11111 Rd:5", &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("PACDZB", OneSource + "001 011 11111 Rd:5", &Add, &Keyed)          { Feature = "FEAT_PAuth" },
        new("AUTIZA", OneSource + "001 100 11111 Rd:5", &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("AUTIZB", OneSource + "001 101 11111 Rd:5", &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("AUTDZA", OneSource + "001 110 11111 Rd:5", &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("AUTDZB", OneSource + "001 111 11111 Rd:5", &Authenticate, &Keyed) { Feature = "FEAT_PAuth" },
        new("XPACI",  OneSource + "010 000 11111 Rd:5", &StripInstruction)     { Feature = "FEAT_PAuth" },
        new("XPACD",  OneSource + "010 001 11111 Rd:5", &StripData)            { Feature = "FEAT_PAuth" },
        new("PACGA",  "1 0 0 11010110 Rm:5 001100 Rn:5 Rd:5", &Generic)        { Feature = "FEAT_PAuth" },
    ];

    /// <summary>Aux is the key; Imm is 1 when the modifier is zero instead of Xn or SP.</summary>
    private static void Keyed(ref Operation op)
    {
        op.Aux = (int)op.Bits(10, 2);
        op.Imm = op.Bits(13, 1);
    }

    private static void Add(Core core, in Operation op)
    {
        if (PointerAuthentication.TryAdd(core, (PointerKey)op.Aux, core.GetX(op.Rd), Modifier(core, op), out ulong signed))
        {
            core.SetX(op.Rd, signed);
        }
    }

    private static void Authenticate(Core core, in Operation op)
    {
        if (PointerAuthentication.TryAuthenticate(
            core, (PointerKey)op.Aux, core.GetX(op.Rd), Modifier(core, op), combined: false, out ulong plain))
        {
            core.SetX(op.Rd, plain);
        }
    }

    private static ulong Modifier(Core core, in Operation op) => op.Imm != 0 ? 0 : core.GetXOrSp(op.Rn);

    private static void StripInstruction(Core core, in Operation op) =>
        core.SetX(op.Rd, PointerAuthentication.Strip(core, core.GetX(op.Rd), data: false));

    private static void StripData(Core core, in Operation op) =>
        core.SetX(op.Rd, PointerAuthentication.Strip(core, core.GetX(op.Rd), data: true));

    private static void Generic(Core core, in Operation op)
    {
        if (PointerAuthentication.TryGeneric(core, core.GetX(op.Rn), core.GetXOrSp(op.Rm), out ulong code))
        {
            core.SetX(op.Rd, code);
        }
    }
}
