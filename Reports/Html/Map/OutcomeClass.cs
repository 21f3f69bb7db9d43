namespace Conformance.Reports.Html.Map;

/// <summary>What an access comes to, in one letter, for the map of the NV bits.</summary>
/// <param name="Letter">The letter in the cell.</param>
/// <param name="Css">The class of the page's style.</param>
/// <param name="Name">In words.</param>
internal sealed record OutcomeClass(string Letter, string Css, string Name)
{
    public static IReadOnlyList<OutcomeClass> All { get; } =
    [
        new("R", "reg", "register"), new("M", "mem", "memory"), new("T", "trap", "trap"), new("U", "undef", "UNDEFINED"), new("O", "op", "operation or nothing"),
    ];

    /// <summary>The class of a leaf in the notation of the facts.</summary>
    public static OutcomeClass Of(string leaf) => leaf switch
    {
        "U" => All[3],
        ['N', ':', ..] => All[1],
        ['T', _, ':', ..] => All[2],
        ['R' or 'W' or 'C', ':', ..] => All[0],
        _ => All[4],
    };
}
