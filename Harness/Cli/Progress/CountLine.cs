using System.Globalization;

namespace Conformance.Cli.Progress;

/// <summary>One line that counts up: rewritten in place on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class CountLine(Shell shell, string what)
{
    private static readonly TimeSpan s_terminal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_log = TimeSpan.FromSeconds(5);

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private TimeSpan _due = shell.ErrorIsTerminal ? s_terminal : s_log;
    private bool _shown;

    public void Report(int done, int total)
    {
        TimeSpan now = TimeProvider.System.GetElapsedTime(_start);
        if (now < _due)
        {
            return;
        }

        _due = now + (shell.ErrorIsTerminal ? s_terminal : s_log);
        string text = string.Create(CultureInfo.InvariantCulture, $"{done} of {total} {what}");
        if (shell.ErrorIsTerminal)
        {
            shell.Error.Write($"\r{text}");
            _shown = true;
        }
        else
        {
            shell.Error.WriteLine(text);
        }

        shell.Error.Flush();
    }

    /// <summary>Takes the line away, so that the report stands alone.</summary>
    public void Done()
    {
        if (_shown)
        {
            shell.Error.Write("\r\u001b[K");
            shell.Error.Flush();
        }
    }
}
