using System.Buffers.Binary;
using Conformance.Harness.Programs;
using static Conformance.Harness.Programs.Reg;

namespace Conformance.Cli.Tests.Commands;

public class ExecCommandTests
{
    private const ulong FlatAt = 0x4008_0000;
    private const ulong Uart = 0x0900_0000;
    private const int Semihosting = 0xF000;

    [Fact]
    public void A_program_writes_to_the_UART_and_ends_with_its_own_exit_code()
    {
        using var session = new Session();
        Save(session, "hi.bin", Program("hi\n", exitCode: 42).ToBytes());
        Exec(session, "hi.bin").ShouldBe(42);
        session.Uart.ShouldBe("hi\n");
        session.Error.ShouldBeEmpty();
    }

    [Fact]
    public void An_ELF_file_starts_at_its_entry()
    {
        using var session = new Session();
        Save(session, "hi.elf", Elf(Program("elf", exitCode: 0)));
        Exec(session, "hi.elf").ShouldBe(0);
        session.Uart.ShouldBe("elf");
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2", 2)]
    [InlineData("3", 3)]
    public void The_level_of_the_first_instruction_can_be_chosen(string level, int expected)
    {
        using var session = new Session();
        var a = new Assembler(FlatAt);
        a.Mrs(X2, "CurrentEL").Lsr(X2, X2, 2);
        Exit(a, a => a.Mov(X3, X2));
        Save(session, "el.bin", a.ToBytes());
        Exec(session, "el.bin", "--el", level).ShouldBe(expected);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1", false)]
    [InlineData("2", true)]
    public void A_program_that_switches_off_by_PSCI_succeeds(string level, bool bySmc)
    {
        using var session = new Session();
        Assembler a = new Assembler(FlatAt).MovImm(X0, 0x8400_0008);
        Save(session, "off.bin", (bySmc ? a.Smc() : a.Hvc()).ToBytes());
        Exec(session, "off.bin", "--el", level).ShouldBe(0);
        session.Error.ShouldBeEmpty();
    }

    [Fact]
    public void Several_PEs_share_memory_and_are_switched_on_by_PSCI()
    {
        using var session = new Session();
        var a = new Assembler(FlatAt);
        Label second = a.NewLabel(), wait = a.NewLabel();
        a.MovImm(X0, 0xc400_0003).MovImm(X1, 2).Adr(X2, second).MovImm(X3, 0x4010_0000).Smc().MovImm(X4, 0x4010_0000);
        a.Bind(wait).Ldr(X3, X4).Cbz(X3, wait);
        Exit(a, static _ => { });
        a.Bind(second).MovImm(X5, 33).Str(X5, X0).Wfi();
        Save(session, "two.bin", a.ToBytes());
        Exec(session, "two.bin", "--smp", "3").ShouldBe(33);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("two")]
    public void A_number_of_PEs_that_the_board_has_not_is_refused(string number)
    {
        using var session = new Session();
        Save(session, "wait.bin", new Assembler(FlatAt).Wfi().ToBytes());
        session.StandardRefuses(ExitCode.Usage, $"--smp: '{number}' is no number of PEs of this board; give 1 to 8", "exec", "wait.bin", "--smp", number);
    }

    [Fact]
    public void A_program_that_waits_for_ever_is_no_success()
    {
        using var session = new Session();
        Save(session, "wait.bin", new Assembler(FlatAt).Wfi().ToBytes());
        Exec(session, "wait.bin").ShouldBe((int)ExitCode.Failures);
        session.Error.ShouldContain("it waits for an interrupt that cannot come (PC=0x4008000");
    }

    [Fact]
    public void A_program_without_end_is_given_up_after_its_instructions()
    {
        using var session = new Session();
        var a = new Assembler(FlatAt);
        Label top = a.NewLabel();
        a.Bind(top).B(top);
        Save(session, "loop.bin", a.ToBytes());
        session.RunStandard("exec", "loop.bin", "--max-instructions", "1000").ShouldBe(ExitCode.Failures);
        session.Error.ShouldContain("no end within 1000 instructions (PC=0x40080000, EL2, 1000 instructions)");
    }

    [Fact]
    public void Standard_input_arrives_at_the_UART()
    {
        using var session = new Session { Input = "ab" };
        var a = new Assembler(FlatAt);
        a.MovImm(X1, Uart);
        for (int i = 0; i < 2; i++)
        {
            Label none = a.NewLabel();
            a.Bind(none).LdrW(X0, X1, 0x18).Tbnz(X0, 4, none).LdrW(X0, X1, 0).AddImm(X0, X0, 1).StrW(X0, X1, 0);
        }

        Save(session, "echo.bin", Exit(a, a => a.MovImm(X3, 5)).ToBytes());
        ((int)session.RunStandard("exec", "echo.bin", "--max-instructions", "1000000000")).ShouldBe(5);
        session.Uart.ShouldBe("bc");
    }

    [Fact]
    public void A_program_that_wants_more_than_the_input_has_is_ended()
    {
        using var session = new Session { Input = "a" };
        var a = new Assembler(FlatAt);
        Label more = a.NewLabel();
        a.MovImm(X1, Uart).Bind(more).LdrW(X0, X1, 0x18).Tbnz(X0, 4, more).LdrW(X0, X1, 0).B(more);
        Save(session, "take.bin", a.ToBytes());
        session.RunStandard("exec", "take.bin").ShouldBe(ExitCode.Failures);
        session.Error.ShouldContain("its input has ended, and it says nothing more");
    }

    [Fact]
    public void A_program_that_is_at_work_is_not_ended_with_its_input()
    {
        using var session = new Session { Input = "a" };
        var a = new Assembler(FlatAt);
        Label more = a.NewLabel();
        a.MovImm(X1, Uart).Bind(more).LdrW(X0, X1, 0).B(more);
        Save(session, "take.bin", a.ToBytes());
        session.RunStandard("exec", "take.bin", "--max-instructions", "400000000").ShouldBe(ExitCode.Failures);
        session.Error.ShouldContain("no end within 400000000 instructions");
    }

    [Fact]
    public void A_wait_for_input_ends_when_there_is_some()
    {
        using var session = new Session { Input = "" };
        Assembler a = new Assembler(FlatAt).MovImm(X1, Uart).MovImm(X0, 0x10).StrW(X0, X1, 0x38).Wfi();
        Save(session, "wait.bin", a.ToBytes());
        Exec(session, "wait.bin").ShouldBe((int)ExitCode.Failures);
        session.Error.ShouldContain("it waits for an interrupt that cannot come");   // the input has ended
    }

    [Fact]
    public void A_flat_program_gets_the_device_tree_in_X0_with_its_command_line()
    {
        using var session = new Session();
        var a = new Assembler(FlatAt);
        a.LdrW(X4, X0, 0);
        Save(session, "tree.bin", Exit(a, a => a.AndImm(X3, X4, 0xff)).ToBytes());
        Exec(session, "tree.bin", "--append", "hello there", "--memory", "64M", "--dump-dtb", "out.dtb").ShouldBe(0xd0);   // d00dfeed, big-endian
        byte[] blob = File.ReadAllBytes(Path.Combine(session.Folder, "out.dtb"));
        System.Text.Encoding.ASCII.GetString(blob).ShouldContain("hello there\0");
    }

    [Fact]
    public void A_trace_goes_to_a_file_or_to_standard_error()
    {
        using var session = new Session();
        Save(session, "hi.bin", Program("", exitCode: 0).ToBytes());
        Exec(session, "hi.bin", "--trace", "instructions,trace.txt").ShouldBe(0);
        string[] lines = session.ReadFile("trace.txt").TrimEnd().Split('\n');
        lines[0].ShouldBe("0 cpu0:   0x0000000040080000 EL2 d2a12001 MOVZ");
        lines[^1].ShouldEndWith(" EL2 d45e0000 HLT (semihosting)");
        session.Error.ShouldBeEmpty();

        Exec(session, "hi.bin", "--trace", "exceptions+instructions").ShouldBe(0);
        session.Error.ShouldContain("0 cpu0:   0x0000000040080000 EL2");
    }

    [Theory]
    [InlineData("steps", 0, 60_000)]
    [InlineData("real", 150, 60_000)]
    public void With_the_real_clock_a_wait_takes_its_time(string clock, int least, int most)
    {
        using var session = new Session();
        var a = new Assembler(FlatAt);
        Label wait = a.NewLabel();
        a.Mrs(X1, "CNTPCT_EL0").MovImm(X2, 12_500_000).Add(X1, X1, X2).Msr("CNTHP_CVAL_EL2", X1).MovImm(X2, 1).Msr("CNTHP_CTL_EL2", X2);
        a.Bind(wait).Wfi().Mrs(X2, "CNTPCT_EL0").Cmp(X2, X1).BCond(Cond.Cc, wait);
        Save(session, "wait.bin", Exit(a, a => a.MovImm(X3, 0)).ToBytes());
        var time = System.Diagnostics.Stopwatch.StartNew();
        session.RunStandard("exec", "wait.bin", "--clock", clock, "--max-instructions", "100000000").ShouldBe(ExitCode.Ok);   // a fifth of a second
        time.ElapsedMilliseconds.ShouldBeInRange(least, most);
    }

    [Fact]
    public void The_instructions_that_ran_can_be_told()
    {
        using var session = new Session();
        Assembler a = new Assembler(FlatAt).Mrs(X1, "CNTPCT_EL0").MovImm(X2, 12_500_000).Add(X1, X1, X2).Msr("CNTHP_CVAL_EL2", X1);
        Save(session, "wait.bin", Exit(a.MovImm(X2, 1).Msr("CNTHP_CTL_EL2", X2).Wfi(), a => a.MovImm(X3, 0)).ToBytes());
        session.RunStandard("exec", "wait.bin", "--stats").ShouldBe(ExitCode.Ok);
        session.Error.ShouldMatch(@"^conformance: exec: 1\d instructions in [0-9.]+ s, [0-9.]+ million/s\.\n$");   // without the wait
    }

    [Fact]
    public void Firmware_runs_from_flash_at_0()
    {
        using var session = new Session();
        var a = new Assembler(0);
        Label here = a.NewLabel();
        a.Bind(here).Adr(X3, here).AddImm(X3, X3, 7).MovImm(X1, FlatAt + 0x1000).MovImm(X2, 0x2_0026).Stp(X2, X3, X1, 0);
        Save(session, "bios.bin", a.MovImm(X0, 0x18).Hlt(Semihosting).ToBytes());
        Exec(session, "--bios", "bios.bin").ShouldBe(7);
    }

    [Fact]
    public void A_missing_image_is_refused()
    {
        using var session = new Session();
        session.StandardRefuses(ExitCode.Usage, "exec: nowhere.elf: cannot be read", "exec", "nowhere.elf");
    }

    [Fact]
    public void An_empty_image_is_refused()
    {
        using var session = new Session();
        Save(session, "empty", []);
        session.StandardRefuses(ExitCode.Usage, "exec: empty: the file is empty", "exec", "empty");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(63)]
    [InlineData(100)]
    [InlineData(125)]
    public void An_ELF_file_that_was_cut_is_refused(int length)
    {
        using var session = new Session();
        Save(session, "cut.elf", Elf(Program("never", 0))[..length]);
        session.StandardRefuses(ExitCode.Usage, "exec: cut.elf: ", "exec", "cut.elf");
    }

    [Theory]
    [InlineData("--max-instructions", "few")]
    [InlineData("--max-instructions", "0")]
    [InlineData("--el", "0")]
    [InlineData("--el", "4")]
    [InlineData("--profile", "armv99")]
    [InlineData("--memory", "much")]
    [InlineData("--memory", "2G")]
    [InlineData("--memory", "0")]
    [InlineData("--memory", "1000")]
    [InlineData("--memory", "18446744073709551615G")]
    [InlineData("--clock", "sundial")]
    [InlineData("--trace", "thoughts")]
    [InlineData("--trace", "all,nowhere/trace.txt")]
    [InlineData("--initrd", "nowhere.cpio")]
    [InlineData("--dtb", "nowhere.dtb")]
    [InlineData("--bios", "nowhere.fd")]
    [InlineData("--dump-dtb", "nowhere/out.dtb")]
    public void Bad_options_are_refused(string option, string value)
    {
        using var session = new Session();
        Save(session, "hi.bin", Program("hi", 0).ToBytes());
        session.StandardRefuses(ExitCode.Usage, value, "exec", "hi.bin", option, value);
    }

    [Fact]
    public void A_level_that_the_profile_has_not_is_refused()
    {
        using var session = new Session();
        Save(session, "hi.bin", Program("hi", 0).ToBytes());
        session.StandardRefuses(
            ExitCode.Usage, "level 3: the model", "exec", "hi.bin", "--el", "3", "--profile", "FEAT_AA64,FEAT_AA64EL0,FEAT_AA64EL1");
    }

    /// <summary>With a limit, so that a model that goes astray fails the test instead of running for ever.</summary>
    private static int Exec(Session session, params string[] arguments) =>
        (int)session.RunStandard(["exec", .. arguments, "--max-instructions", "100000"]);

    private static void Save(Session session, string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(session.Folder, name), bytes);

    private static Assembler Program(string text, int exitCode)
    {
        var a = new Assembler(FlatAt);
        a.MovImm(X1, Uart);
        foreach (char c in text)
        {
            a.MovImm(X0, c).StrW(X0, X1, 0);
        }

        return Exit(a, a => a.MovImm(X3, (ulong)exitCode));
    }

    /// <summary>SYS_EXIT with ADP_Stopped_ApplicationExit and the code that <paramref name="code"/> puts into X3.</summary>
    private static Assembler Exit(Assembler a, Action<Assembler> code)
    {
        code(a);
        a.MovImm(X1, FlatAt + 0x1000).MovImm(X2, 0x2_0026).Stp(X2, X3, X1, 0);
        return a.MovImm(X0, 0x18).Hlt(Semihosting);
    }

    /// <summary>A 64-byte header, one program header, and the program from byte 120 on.</summary>
    private static byte[] Elf(Assembler program)
    {
        byte[] code = program.ToBytes();
        byte[] file = new byte[120 + code.Length];
        "\x7f"u8.CopyTo(file);
        "ELF"u8.CopyTo(file.AsSpan(1));
        file[4] = 2; // 64-bit
        file[5] = 1; // little-endian
        file[6] = 1;
        Put16(16, 2); // executable
        Put16(18, 183); // AArch64
        Put32(20, 1);
        Put64(24, program.Origin); // entry
        Put64(32, 64); // program headers
        Put16(52, 64);
        Put16(54, 56);
        Put16(56, 1);
        Put16(58, 64);
        Put32(64, 1); // load
        Put32(68, 5);
        Put64(72, 120);
        Put64(80, program.Origin);
        Put64(88, program.Origin);
        Put64(96, (ulong)code.Length);
        Put64(104, (ulong)code.Length);
        Put64(112, 4);
        code.CopyTo(file, 120);
        return file;

        void Put16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
        void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
        void Put64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);
    }
}
