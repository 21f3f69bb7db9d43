namespace Conformance.Cli;

/// <summary>The world as commands see it, so that tests need no process.</summary>
internal sealed record Shell
{
    /// <summary>Results. Written in large pieces; flushed when a command ends.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress and messages.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Results go to a terminal, so colours are welcome.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Messages go to a terminal, so a progress bar is welcome.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Bytes of a program's console, for <c>exec</c>.</summary>
    public Action<byte> OutByte { get; init; } = static _ => { };

    /// <summary>What <c>exec</c> gives to the program; null for nothing.</summary>
    public Stream? In { get; init; }

    /// <summary><see cref="In"/> is a terminal, so keys are passed on as they are typed.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>The folder that relative paths count from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Set by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Bugs of ours end with the stack trace instead of one line.</summary>
    public bool Debug { get; init; }

    /// <summary>A path of the user as the file system wants it.</summary>
    public string At(string path) => Path.GetFullPath(path, Folder);
}
