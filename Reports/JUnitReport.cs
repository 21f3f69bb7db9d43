using System.Globalization;
using System.Text;
using System.Xml;
using Conformance.Harness.Cases;
using Conformance.Harness.Runs;
using Conformance.Reports.Decoding;
using Conformance.Reports.Failures;

namespace Conformance.Reports;

/// <summary>JUnit XML, as continuous integration reads it: one test suite per group, one test case per case.</summary>
/// <remarks>
/// A waived case is <c>skipped</c> with the waiver as its message, since the format has no word for a known divergence.
/// </remarks>
public static class JUnitReport
{
    private static readonly XmlWriterSettings s_settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    public static string Text(RunRecord record)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, s_settings))
        {
            RunSummary summary = record.Summary;
            var decoder = FieldDecoder.Of(record);
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", $"conformance {summary.DeviceInWords}");
            WriteCounts(xml, summary.Counts, total: true);
            xml.WriteAttributeString("time", summary.Seconds.ToString("0.000", CultureInfo.InvariantCulture));
            foreach (GroupResult group in GroupResult.Of(record))
            {
                WriteGroup(xml, group, summary, decoder);
            }

            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void WriteGroup(XmlWriter xml, GroupResult group, RunSummary summary, FieldDecoder decoder)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(group.Group));
        WriteCounts(xml, group.Counts, total: false);
        xml.WriteStartElement("properties");
        WriteProperty(xml, "device", summary.Device);
        WriteProperty(xml, "deviceVersion", summary.DeviceVersion);
        WriteProperty(xml, "deviceConfiguration", summary.DeviceConfiguration);
        WriteProperty(xml, "seed", summary.Seed.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        foreach (RecordedCase recorded in group.Cases)
        {
            WriteCase(xml, recorded, decoder, summary);
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, VerdictCounts counts, bool total)
    {
        void Write(string name, int count) => xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));

        Write("tests", counts.Total);
        Write("failures", counts.Fail);
        Write("errors", counts.Error);
        if (!total)
        {
            Write("skipped", counts.Skip + counts.Waived); // the outermost element has no such attribute in the schema
        }
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Clean(value));
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, RecordedCase recorded, FieldDecoder decoder, RunSummary summary)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Clean(recorded.Id[(recorded.Group.Length == 0 ? 0 : recorded.Group.Length + 1)..]));
        xml.WriteAttributeString("classname", Clean(recorded.Group.Replace('/', '.')));
        switch (recorded.Verdict)
        {
            case Verdict.Pass:
                break;
            case Verdict.Skip:
                WriteSkipped(xml, recorded.Reason);
                break;
            case Verdict.Waived:
                WriteSkipped(xml, $"waived {recorded.Waiver}: {recorded.Reason}");
                break;
            case Verdict.Fail:
                WriteProblem(xml, "failure", recorded, decoder, summary);
                break;
            case Verdict.Error:
                WriteProblem(xml, "error", recorded, decoder, summary);
                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteSkipped(XmlWriter xml, string message)
    {
        xml.WriteStartElement("skipped");
        xml.WriteAttributeString("message", Clean(message));
        xml.WriteEndElement();
    }

    private static void WriteProblem(XmlWriter xml, string element, RecordedCase recorded, FieldDecoder decoder, RunSummary summary)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("message", Clean(recorded.Reason));
        xml.WriteAttributeString("type", recorded.Rules.Count > 0 ? Clean(recorded.Rules[0]) : element);
        xml.WriteString(Clean("\n" + string.Join('\n', FailureText.Lines(recorded, StepComparison.Of(recorded, decoder), summary)) + "\n"));
        xml.WriteEndElement();
    }

    /// <summary>Replaces what XML 1.0 cannot hold, such as control characters in the log of a device.</summary>
    private static string Clean(string text) =>
        text.All(IsXml) ? text : string.Concat(text.Select(c => IsXml(c) ? c : '\uFFFD'));

    private static bool IsXml(char c) => XmlConvert.IsXmlChar(c); // lone halves of surrogate pairs are not, pairs are lost with them
}
