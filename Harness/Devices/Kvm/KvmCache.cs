namespace Conformance.Harness.Devices.Kvm;

/// <summary>Where the device keeps what it has fetched and built.</summary>
public static class KvmCache
{
    /// <summary><c>CONFORMANCE_CACHE</c>, or the folder <c>conformance</c> in the user's folder for caches.</summary>
    public static string Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("CONFORMANCE_CACHE") is { Length: > 0 } own)
            {
                return own;
            }

            string caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
                ? given
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(caches, "conformance");
        }
    }
}
