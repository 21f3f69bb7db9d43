using Conformance.Harness.Runs;

namespace Conformance.Reports.Tests;

public class ReportFilesTests
{
    [Fact]
    public void Every_report_is_written_beside_the_record_and_twice_gives_the_same_bytes()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("conformance-test-");
        try
        {
            ReportFiles.Write(Sample.Record, folder.FullName);
            string[] once = [.. ReportFiles.All.Select(f => File.ReadAllText(Path.Combine(folder.FullName, f.Name)))];
            ReportFiles.Write(Sample.Record, folder.FullName);

            ReportFiles.All.Select(f => File.ReadAllText(Path.Combine(folder.FullName, f.Name))).ShouldBe(once);
            once.ShouldAllBe(t => t.EndsWith('\n') && !t.Contains('\r') && !t.Contains(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_clear_line()
    {
        string file = Path.GetTempFileName();
        try
        {
            Should.Throw<RunException>(() => ReportFiles.Write(Sample.Record, file)).Message
                .ShouldStartWith($"{Path.Combine(file, "report.html")}: cannot be written (");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
