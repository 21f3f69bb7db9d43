namespace Conformance.Harness.Programs;

/// <summary>Register numbers, for <c>using static</c>. Number 31 is XZR or SP, as the instruction says.</summary>
public static class Reg
{
    public const int X0 = 0;
    public const int X1 = 1;
    public const int X2 = 2;
    public const int X3 = 3;
    public const int X4 = 4;
    public const int X5 = 5;
    public const int X6 = 6;
    public const int X7 = 7;
    public const int X8 = 8;
    public const int X9 = 9;
    public const int X10 = 10;
    public const int X11 = 11;
    public const int X12 = 12;
    public const int X13 = 13;
    public const int X14 = 14;
    public const int X15 = 15;
    public const int X16 = 16;
    public const int X17 = 17;
    public const int X18 = 18;
    public const int X19 = 19;
    public const int X20 = 20;
    public const int X21 = 21;
    public const int X22 = 22;
    public const int X23 = 23;
    public const int X24 = 24;
    public const int X25 = 25;
    public const int X26 = 26;
    public const int X27 = 27;
    public const int X28 = 28;
    public const int X29 = 29;
    public const int X30 = 30;
    public const int XZR = 31;
    public const int SP = 31;

    /// <summary>The link register.</summary>
    public const int LR = 30;
}
