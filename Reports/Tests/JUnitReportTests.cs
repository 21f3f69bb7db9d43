using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Conformance.Reports.Tests;

public class JUnitReportTests
{
    // The parts of the usual schema that servers rely on: elements, their order, and the attributes they must have.
    private const string Schema =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="testsuites"><xs:complexType>
            <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:attribute name="name"/><xs:attribute name="time" type="xs:decimal"/><xs:attribute name="tests" type="xs:int"/>
            <xs:attribute name="failures" type="xs:int"/><xs:attribute name="errors" type="xs:int"/>
          </xs:complexType></xs:element>
          <xs:element name="testsuite"><xs:complexType>
            <xs:sequence>
              <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence>
                <xs:element name="property" maxOccurs="unbounded"><xs:complexType>
                  <xs:attribute name="name" use="required"/><xs:attribute name="value" use="required"/>
                </xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
              <xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="name" use="required"/><xs:attribute name="tests" type="xs:int" use="required"/>
            <xs:attribute name="failures" type="xs:int"/><xs:attribute name="errors" type="xs:int"/>
            <xs:attribute name="skipped" type="xs:int"/>
          </xs:complexType></xs:element>
          <xs:element name="testcase"><xs:complexType>
            <xs:choice minOccurs="0">
              <xs:element name="skipped"><xs:complexType mixed="true"><xs:attribute name="message"/></xs:complexType></xs:element>
              <xs:element name="error" type="problem"/>
              <xs:element name="failure" type="problem"/>
            </xs:choice>
            <xs:attribute name="name" use="required"/><xs:attribute name="classname" use="required"/>
          </xs:complexType></xs:element>
          <xs:complexType name="problem" mixed="true"><xs:attribute name="type"/><xs:attribute name="message"/></xs:complexType>
        </xs:schema>
        """;

    [Fact]
    public void A_run_is_reported_as_agreed() => Approve.Matches(JUnitReport.Text(Sample.Record), "xml");

    [Fact]
    public void It_is_valid_by_the_usual_schema()
    {
        using var schema = XmlReader.Create(new StringReader(Schema));
        var schemas = new XmlSchemaSet();
        schemas.Add("", schema);
        List<string> problems = [];

        XDocument.Parse(JUnitReport.Text(Sample.Record)).Validate(schemas, (_, e) => problems.Add(e.Message));

        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Counts_and_elements_agree()
    {
        XElement root = XDocument.Parse(JUnitReport.Text(Sample.Record)).Root!;

        root.Descendants("testcase").Count().ShouldBe(Sample.Record.Cases.Count);
        root.Descendants("failure").Count().ShouldBe(3);
        root.Descendants("error").Count().ShouldBe(2);
        root.Descendants("skipped").Count().ShouldBe(3); // two skipped and one known divergence
        root.Attribute("failures")!.Value.ShouldBe("3");
    }

    [Fact]
    public void What_XML_cannot_hold_is_replaced() =>
        JUnitReport.Text(Sample.Record).ShouldContain("&lt;none&gt; &amp; nothing\uFFFD");
}
