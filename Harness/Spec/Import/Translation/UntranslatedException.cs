namespace Conformance.Harness.Spec.Import.Translation;

/// <summary>A construct for which our notation, or this translator, has no form.</summary>
/// <param name="construct">The construct in a few words.</param>
/// <param name="line">Line in the accessor's pseudocode, from 1; 0 if it is not known yet.</param>
internal sealed class UntranslatedException(string construct, int line = 0) : Exception(construct)
{
    internal string Construct => Message;

    internal int Line => line;
}
