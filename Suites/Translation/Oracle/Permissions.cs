namespace Conformance.Suites.Translation.Oracle;

/// <summary>The permissions that the table descriptors of a path take away together (TR-046, TR-113).</summary>
/// <param name="NoEl0">APTable[0].</param>
/// <param name="NoWrite">APTable[1].</param>
/// <param name="Uxn">UXNTable, XNTable.</param>
/// <param name="Pxn">PXNTable.</param>
public readonly record struct TableBits(bool NoEl0, bool NoWrite, bool Uxn, bool Pxn)
{
    /// <summary>The same with those of one more table descriptor.</summary>
    public TableBits With(ulong descriptor, in Stage1Controls controls)
    {
        bool b59 = (descriptor >> 59 & 1) != 0;
        bool b60 = (descriptor >> 60 & 1) != 0;
        bool b61 = (descriptor >> 61 & 1) != 0;
        bool b62 = (descriptor >> 62 & 1) != 0;
        return controls.Nested ? new TableBits(false, NoWrite || b62, false, Pxn || b60)
            : controls.Regime.HasUnprivileged() ? new TableBits(NoEl0 || b61, NoWrite || b62, Uxn || b60, Pxn || b59)
            : new TableBits(false, NoWrite || b62, Uxn || b60, false);
    }
}

/// <summary>What a leaf allows.</summary>
public static class Permissions
{
    /// <summary>Read, write and execute for the level of an access (TR-040 to TR-050, TR-071, TR-072, TR-111 to TR-114).</summary>
    public static (bool Read, bool Write, bool Execute) Stage1(
        in Stage1Controls controls, ulong descriptor, TableBits tables, MemoryAccess access, RuleSet rules)
    {
        bool clean = controls.DirtyByHardware && (descriptor >> 51 & 1) != 0;
        bool readOnly = (descriptor >> 7 & 1) != 0 && !clean;
        if (clean)
        {
            rules.Cite(tables.NoWrite ? 72 : 71);
        }

        bool writable = !readOnly && !tables.NoWrite;
        bool xn54 = (descriptor >> 54 & 1) != 0;
        if (!controls.Regime.HasUnprivileged())
        {
            rules.Cite(40);
            rules.Cite(43);
            return WithWxn(true, writable, !(xn54 || tables.Uxn), controls, rules);
        }

        bool el0 = (descriptor >> 6 & 1) != 0 && !tables.NoEl0 && !controls.Nested;
        bool uxn = !controls.Nested && (xn54 || tables.Uxn);
        bool pxn = controls.Nested ? xn54 || tables.Pxn : (descriptor >> 53 & 1) != 0 || tables.Pxn;
        if (controls.Nested)
        {
            rules.Cite(111);
            rules.Cite(113);
            rules.Cite(115);
        }

        if (access.Level == 0)
        {
            rules.Cite(access.IsFetch ? 42 : 40);
            return WithWxn(el0, el0 && writable, !uxn, controls, rules);
        }

        rules.Cite(access.IsFetch ? 43 : 40);
        bool pan = access.Pan && !controls.Nested && el0;
        if (access.Pan)
        {
            rules.Cite(controls.Nested ? 114 : 49);
        }

        return WithWxn(!pan, writable && !pan, !(pxn || (el0 && writable)), controls, rules);
    }

    /// <summary>Stage 2 execute permission (TR-056).</summary>
    public static bool Stage2Execute(ulong descriptor, int level, bool xnx, RuleSet rules)
    {
        rules.Cite(56);
        uint xn = (uint)(descriptor >> 53 & 3);
        return (xnx ? xn : xn & 2) switch
        {
            0 => true,
            1 => level == 0,
            2 => false,
            _ => level != 0,
        };
    }

    private static (bool Read, bool Write, bool Execute) WithWxn(bool read, bool write, bool execute, in Stage1Controls controls, RuleSet rules)
    {
        if (controls.WriteImpliesNoExecute)
        {
            rules.Cite(45);
        }

        return (read, write, execute && !(controls.WriteImpliesNoExecute && write));
    }
}
