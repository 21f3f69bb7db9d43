using Conformance.Cpu.Instructions;

namespace Conformance.Cpu.Tests.Instructions;

public sealed class A64Tests
{
    [Fact]
    public void A_word_claimed_by_two_rows_belongs_to_the_special_case_of_the_other()
    {
        IEnumerable<string> clashes =
            from i in Enumerable.Range(0, A64.Rows.Length)
            from j in Enumerable.Range(0, i)
            let a = A64.Rows[i]
            let b = A64.Rows[j]
            where a.Pattern.Overlaps(b.Pattern) && !a.Pattern.Refines(b.Pattern) && !b.Pattern.Refines(a.Pattern)
            select $"{a.DeclaredAt}: {a.Name} overlaps {b.Name} at {b.DeclaredAt}";

        clashes.ShouldBeEmpty();
    }

    [Fact]
    public void Every_row_has_its_own_name()
    {
        IEnumerable<string> doubles =
            from row in A64.Rows
            group row by row.Name into same
            where same.Count() > 1
            select $"{same.Last().DeclaredAt}: {same.Key} is also at {same.First().DeclaredAt}";

        doubles.ShouldBeEmpty();
    }

    [Fact]
    public void Every_field_that_an_operation_names_stands_where_predecoding_takes_it_from()
    {
        var places = new Dictionary<string, (int Lsb, int Width)>(StringComparer.Ordinal)
        {
            ["Rd"] = (0, 5),
            ["Rt"] = (0, 5),
            ["Rn"] = (5, 5),
            ["Rm"] = (16, -1),
            ["Rs"] = (16, 5),
            ["Ra"] = (10, 5),
            ["Rt2"] = (10, 5),
            ["sf"] = (31, 1),
            ["cond"] = (-1, 4),
            ["imm12"] = (10, 12),
            ["imm16"] = (5, 16),
            ["immr"] = (16, 6),
            ["imms"] = (10, -1),
            ["shift"] = (22, 2),
            ["imm19"] = (5, 19),
            ["imm9"] = (12, 9),
            ["imm7"] = (15, 7),
            ["option"] = (13, 3),
        };

        IEnumerable<string> misplaced =
            from row in A64.Rows
            from field in row.Pattern.Fields
            where places.ContainsKey(field.Name)
            let place = places[field.Name]
            where (place.Lsb >= 0 && place.Lsb != field.Lsb) || (place.Width >= 0 && place.Width != field.Width)
            select $"{row.DeclaredAt}: {row.Name} has {field.Name} at bit {field.Lsb}, {field.Width} wide";

        misplaced.ShouldBeEmpty();
    }

    [Fact]
    public void Every_row_is_found_by_decoding_words_of_its_own_pattern()
    {
        var random = new Random(1);
        foreach (InsnRow row in A64.Rows)
        {
            for (int i = 0; i < 200; i++)
            {
                uint word = row.Pattern.Value | ((uint)random.NextInt64(1L << 32) & ~row.Pattern.Mask);
                if (!row.Pattern.Matches(word))
                {
                    continue;   // the value of a field that the pattern leaves to others
                }

                InsnRow? found = A64.Decode(word);
                (found == row || (found is not null && found.Pattern.Refines(row.Pattern)))
                    .ShouldBeTrue($"{row.DeclaredAt}: 0x{word:x8} of {row.Name} is found as {found?.Name ?? "nothing"}");
            }
        }
    }

    [Fact]
    public void Decoding_through_buckets_agrees_with_looking_at_every_row()
    {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++)
        {
            uint word = (uint)random.NextInt64(1L << 32);
            IEnumerable<InsnRow> matching = A64.Rows.Where(r => r.Pattern.Matches(word));
            A64.Decode(word).ShouldBe(matching.MaxBy(r => uint.PopCount(r.Pattern.Mask)), $"0x{word:x8}");
        }
    }
}
