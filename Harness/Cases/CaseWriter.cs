using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Conformance.Harness.Cases;

/// <summary>Writes cases as JSON, one after the other into one buffer. Members with their default value are left out.</summary>
internal sealed class CaseWriter : IDisposable
{
    // A file is read as it is, never inside HTML; so '+', '<' and letters beyond ASCII can stay what they are.
    private static readonly JsonWriterOptions s_options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    internal CaseWriter() => _json = new Utf8JsonWriter(_buffer, s_options);

    public void Dispose() => _json.Dispose();

    /// <summary>The line of a case, in UTF-8, valid until the next call.</summary>
    internal ReadOnlySpan<byte> Line(Case c)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        Write(c);
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    private void Write(Case c)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, c.Id);
        if (c.Title.Length > 0)
        {
            _json.WriteString("title"u8, c.Title);
        }

        Texts("rules", c.Rules, always: true);
        Texts("needs", c.Needs);
        if (c.Like is not null)
        {
            _json.WriteString("like"u8, c.Like);
        }

        if (c.Skip is not null)
        {
            _json.WriteString("skip"u8, c.Skip);
        }

        Registers("registers", c.Registers);
        Fills(c.Fills);
        Memory(c.Memory);
        _json.WriteStartArray("steps"u8);
        foreach (Step step in c.Steps)
        {
            Write(step);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Write(Step step)
    {
        _json.WriteStartObject();
        _json.WriteNumber("level"u8, step.Level);
        Value("pstate", step.Pstate);
        _json.WriteStartArray("code"u8);
        foreach (uint word in step.Code)
        {
            Word(word);
        }

        _json.WriteEndArray();
        if (step.CodeOffset != 0)
        {
            _json.WriteNumber("codeOffset"u8, step.CodeOffset);
        }

        if (step.EntryPc is { } pc)
        {
            Value("entryPc", pc);
        }

        Registers("general", step.General);
        Registers("registers", step.Registers);
        Texts("observe", step.Observe);
        _json.WriteStartArray("allowed"u8);
        foreach (Outcome outcome in step.Allowed)
        {
            Write(outcome);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Write(Outcome outcome)
    {
        _json.WriteStartObject();
        _json.WriteString("name"u8, outcome.Name);
        _json.WriteStartObject("fields"u8);
        foreach (FieldExpectation field in outcome.Fields)
        {
            if (field.Any is [var only])
            {
                Masked(field.Field, only);
                continue;
            }

            _json.WriteStartObject(field.Field);
            _json.WriteStartArray("anyOf"u8);
            foreach (MaskedValue value in field.Any)
            {
                Masked(null, value);
            }

            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>A value that counts whole as text, another as value and mask.</summary>
    private void Masked(string? name, MaskedValue value)
    {
        if (name is not null)
        {
            _json.WritePropertyName(name);
        }

        if (value.Mask == ulong.MaxValue)
        {
            Value(value.Value);
            return;
        }

        _json.WriteStartObject();
        Value("value", value.Value);
        Value("mask", value.Mask);
        _json.WriteEndObject();
    }

    private void Fills(IReadOnlyList<MemoryFill> fills)
    {
        if (fills.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("fills"u8);
        foreach (MemoryFill fill in fills)
        {
            _json.WriteStartObject();
            Value("address", fill.Address);
            Value("length", fill.Length);
            Value("first", fill.First);
            Value("stride", fill.Stride);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Memory(IReadOnlyList<MemoryWord> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        Span<byte> address = stackalloc byte[18];
        _json.WriteStartObject("memory"u8);
        foreach (MemoryWord word in words)
        {
            _json.WritePropertyName(Hex(word.Address, address));
            Value(word.Value);
        }

        _json.WriteEndObject();
    }

    private void Registers(string name, IReadOnlyList<RegisterValue> registers)
    {
        if (registers.Count == 0)
        {
            return;
        }

        _json.WriteStartObject(name);
        foreach (RegisterValue register in registers)
        {
            Value(register.Name, register.Value);
        }

        _json.WriteEndObject();
    }

    private void Texts(string name, IReadOnlyList<string> texts, bool always = false)
    {
        if (texts.Count == 0 && !always)
        {
            return;
        }

        _json.WriteStartArray(name);
        foreach (string text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
    }

    private void Value(string name, ulong value)
    {
        _json.WritePropertyName(name);
        Value(value);
    }

    private void Value(ulong value)
    {
        Span<byte> text = stackalloc byte[18];
        _json.WriteStringValue(Hex(value, text));
    }

    /// <summary>A word of code always has all its digits.</summary>
    private void Word(uint word)
    {
        Span<byte> text = stackalloc byte[10];
        "0x"u8.CopyTo(text);
        _ = word.TryFormat(text[2..], out _, "x8", CultureInfo.InvariantCulture);
        _json.WriteStringValue(text);
    }

    private static ReadOnlySpan<byte> Hex(ulong value, Span<byte> text)
    {
        "0x"u8.CopyTo(text);
        _ = value.TryFormat(text[2..], out int digits, "x", CultureInfo.InvariantCulture);
        return text[..(2 + digits)];
    }
}
