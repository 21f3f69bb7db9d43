namespace Conformance.Cpu.Translation;

/// <summary>What the permissions of stage 1 say to an access (section 4 of the rules; TR-071, TR-072, TR-111, TR-113).</summary>
/// <remarks>PC AArch64.S1DirectBasePermissions, AArch64.S1CheckPermissions.</remarks>
internal static class Stage1Permissions
{
    /// <param name="context">Regime and privilege.</param>
    /// <param name="descriptor">The leaf.</param>
    /// <param name="hierarchy">The table descriptors that lead to it, as one; 0 under HPD but for NSTable.</param>
    /// <param name="result">The memory that it maps.</param>
    /// <param name="purpose">What is wanted.</param>
    /// <param name="fault">WnR is set when a permission is missing.</param>
    internal static bool Allow(
        AccessContext context, ulong descriptor, ulong hierarchy, in Translated result, AccessPurpose purpose, ref Fault fault)
    {
        RegimeControls controls = context.Controls;
        bool clean = controls.SetsDirty && (descriptor & Descriptor.DirtyModifier) != 0;
        bool writable = ((descriptor & Descriptor.ReadOnly) == 0 || clean) && (hierarchy & Descriptor.TableReadOnly) == 0;
        bool user = controls.TwoRanges && !controls.Nv1
            && (descriptor & Descriptor.User) != 0 && (hierarchy & Descriptor.TableNoUser) == 0;
        bool pan = context.IsPan && !(purpose is AccessPurpose.Maintain or AccessPurpose.Invalidate); // TR-050: nor DC and IC
        bool hidden = (pan && user) || (!context.IsPrivileged && !user);
        bool read = !hidden;
        bool write = !hidden && writable;
        switch (purpose)
        {
            case AccessPurpose.Look:
                return true;
            case AccessPurpose.Fetch:
                bool writeHere = writable && (context.IsPrivileged || user);
                return !result.IsDevice // TR-053
                    && Executable(context, descriptor, hierarchy, writableByUser: user && writable)
                    && !(controls.WriteImpliesNoExecute && writeHere)
                    && !(controls.FetchesSecureOnly && result.NonSecure);
            case AccessPurpose.Maintain:
                return context.IsPrivileged || read;
            case AccessPurpose.Invalidate:
                return write;
        }

        if (purpose.NeedsRead() && !read)
        {
            fault.Write = purpose.IsMaintenance();
            return false;
        }

        if (purpose.NeedsWrite() && !write)
        {
            fault.Write = true;
            return false;
        }

        return true;
    }

    private static bool Executable(AccessContext context, ulong descriptor, ulong hierarchy, bool writableByUser)
    {
        RegimeControls controls = context.Controls;
        if (controls.Nv1)
        {
            // Bit 54 is PXN, bit 60 of a table PXNTable; there is no UXN (TR-111, TR-113).
            return !context.IsPrivileged || ((descriptor & Descriptor.Bit54) | (hierarchy & Descriptor.TableBit60)) == 0;
        }

        if (!controls.TwoRanges || !context.IsPrivileged)
        {
            return ((descriptor & Descriptor.Bit54) | (hierarchy & Descriptor.TableBit60)) == 0;
        }

        return ((descriptor & Descriptor.Bit53) | (hierarchy & Descriptor.TableBit59)) == 0 && !writableByUser;
    }
}
