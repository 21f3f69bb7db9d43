namespace Conformance.Suites.Translation.Oracle;

/// <content>What each kind of access needs of the permissions that a stage gives.</content>
public sealed partial class Walker
{
    private Fault? Check(bool read, bool write, bool execute, bool device, int level, MemoryAccess access)
    {
        switch (access.Purpose)
        {
            case Purpose.Fetch:
                if (device)
                {
                    Cite(53);
                }

                return (device && !_choices.Takes(Choice.DeviceIsFetched)) || !execute ? Of(FaultKind.Permission, level, access) : null;

            case Purpose.Clean:
                return access.Level == 0 && !read ? Of(FaultKind.Permission, level, access) : null;

            case Purpose.Invalidate:
                return write ? null : Of(FaultKind.Permission, level, access);

            case Purpose.InstructionCache:
                return access.Level == 0 && !read && !_choices.Takes(Choice.IvauIgnoresPermission) ? Of(FaultKind.Permission, level, access) : null;

            default:
                Cite(access is { Read: true, Write: true } ? 52 : 40);
                return access.Read && !read ? Of(FaultKind.Permission, level, access) with { Write = false }
                    : access.Write && !write ? Of(FaultKind.Permission, level, access) with { Write = true }
                    : null;
        }
    }
}
