using Conformance.Harness.Spec;
using Conformance.Harness.Spec.Conditions;
using Conformance.Harness.Spec.Import.Pseudocode;
using Conformance.Harness.Spec.Import.Translation;

namespace Conformance.Harness.Tests.Spec.Import;

public class TranslationTests
{
    [Theory]
    [InlineData("IsFeatureImplemented(FEAT_X) && !HaveEL(EL3)", "FEAT_X & !HaveEL3")]
    [InlineData("EL2Enabled() && (A_EL2.B == '1' || C_EL3.D != '01')", "EL2en & (A_EL2.B=1 | C_EL3.D!=01)")]
    [InlineData("!(EL2Enabled() && ELIsInHost(EL0))", "!(EL2en & Host0)")]
    [InlineData("EffectiveHCR_EL2_NVx() IN {'1x1'}", "NVx~1x1")]
    [InlineData("EffectiveHCR_EL2_NVx() == '101'", "NVx=101")]
    [InlineData("A_EL2.<B,C> != '00'", "A_EL2.{B,C}!=00")]
    [InlineData("A_EL3.B[1] != C_EL3.D", "A_EL3.B[1]!=C_EL3.D")]
    [InlineData("A_EL2<UInt(S_EL0.F) * 2+:2> == '00'", "A_EL2[S_EL0.F*2+:2]=00")]
    [InlineData("A_EL1[m] == '0'", "A_EL1[m]=0")]
    [InlineData("m + (UInt(A_EL1.B) * 32) >= NUM_THINGS", "[m+A_EL1.B*32>=$NUM_THINGS]")]
    [InlineData("m >= GetNumEventCountersAccessible()", "[m>=PMUacc]")]
    [InlineData("m IN {0, 2}", "[m==0] | [m==2]")]
    [InlineData("IsZero(EffectiveAMASK_EL2())", "zero:eff.AMASK_EL2")]
    [InlineData("EffectiveA_EL2_EE() != '00'", "eff.A_EL2.EE!=00")]
    [InlineData("IsCurrentSecurityState(SS_Realm)", "Sec=RL")]
    [InlineData("boolean IMPLEMENTATION_DEFINED \"R_EL1 trapped by H_EL2.T3\"", "?T3_traps_R_EL1")]
    [InlineData("boolean IMPLEMENTATION_DEFINED \"Trapped by M_EL3.TX\"", "?M_EL3_TX_traps")]
    [InlineData("boolean IMPLEMENTATION_DEFINED \"something else, new\"", "?something_else_new")]
    [InlineData("ConstrainUnpredictableBool(Unpredictable_THING)", "?CU_THING")]
    public void A_condition_becomes_one_of_ours_that_the_evaluator_reads(string code, string notation)
    {
        var fork = StatementParser.Parse($"if {code} then\n  UNDEFINED;")[0].ShouldBeOfType<Statement.If>();
        string text = new ConditionTranslator(1).Translate(fork.Arms[0].When).Text;
        text.ShouldBe(notation);
        ConditionParser.Parse(text).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("PSTATE.EL == EL1", true)]
    [InlineData("PSTATE.EL == EL2", false)]
    [InlineData("PSTATE.EL == EL2 && NotKnownToUs()", false)]
    [InlineData("PSTATE.EL == EL1 || NotKnownToUs()", true)]
    [InlineData("!(PSTATE.EL != EL1)", true)]
    public void What_the_level_decides_is_folded_away(string code, bool value)
    {
        var fork = StatementParser.Parse($"if {code} then\n  UNDEFINED;")[0].ShouldBeOfType<Statement.If>();
        new ConditionTranslator(1).Translate(fork.Arms[0].When).Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("X[t, 64] = SOME_EL1;", "R:SOME_EL1")]
    [InlineData("SOME_EL1 = X[t, 64];", "W:SOME_EL1")]
    [InlineData("X[t, 64] = NVMem[0x110];", "N:110")]
    [InlineData("NVMem[0x400 + (8 * m)] = X[t, 64];", "N:400+8m")]
    [InlineData("(X[t2, 64], X[t, 64]) = Split(NVMem[0x200, 128], 64);", "N:200/128")]
    [InlineData("(X[t2, 64], X[t, 64]) = Split(SOME_EL1, 64);", "R:SOME_EL1")]
    [InlineData("SOME_EL1<127:0> = X[t2, 64]:X[t, 64];", "W:SOME_EL1")]
    [InlineData("(SOME_EL1<127:64>, SOME_EL1<63:0>) = (X[t2, 64], X[t, 64]);", "W:SOME_EL1")]
    [InlineData("X[t, 64] = SOME_EL0[UInt(SEL_EL0.F), (UInt(SEL_EL0.B) * 16) + m];", "R:SOME_EL0[SEL_EL0.F,SEL_EL0.B*16+m]")]
    [InlineData("X[t, 64] = Zeros(64);", "C:0")]
    [InlineData("X[t, 64] = bits(64) UNKNOWN;", "C:UNKNOWN")]
    [InlineData("X[t, 64] = Zeros(60):'10':Zeros(2);", "C:8")]
    [InlineData("X[t, 64] = Zeros(60):PSTATE.EL:Zeros(2);", "R:PSTATE.EL@2")]
    [InlineData("X[t, 64] = Zeros(63):PSTATE.SP;", "R:PSTATE.SP@0")]
    [InlineData("PSTATE.<D,A,I,F> = X[t, 64]<9:6>;", "W:PSTATE.{D,A,I,F}@6")]
    [InlineData("X[t, 64] = ZeroExtend((CV_EL0 - (PhysicalCountInt() - OFF_EL2))<31:0>, 64);", "R:TVAL(CV_EL0,OFF_EL2)")]
    [InlineData("CV_EL0 = SignExtend(X[t, 64]<31:0>, 64) + PhysicalCountInt();", "W:TVAL(CV_EL0)")]
    [InlineData("CV_EL0 = (SignExtend(X[t, 64]<31:0>, 64) + PhysicalCountInt()) - OFF_EL2;", "W:TVAL(CV_EL0,OFF_EL2)")]
    [InlineData("X[t, 64] = PhysicalCountInt() - OFF_EL2;", "R:PHYSCOUNT-OFF_EL2")]
    [InlineData("X[t, 64] = PhysicalCountInt();", "R:PHYSCOUNT")]
    [InlineData("A_EL1 = (X[t, 64] AND NOT EffectiveAMASK_EL1()) OR (A_EL1 AND EffectiveAMASK_EL1());", "W:A_EL1/mask(eff.AMASK_EL1)")]
    [InlineData("X[t, 64] = A_EL2_VHE(A_EL2);", "R:A_EL2/vhe")]
    [InlineData("AArch64.SystemAccessTrap(EL2, 0x18);", "T2:18")]
    [InlineData("AArch64.TLBI_VA(SecurityStateAtEL(EL1), Regime_EL10, VMID[], Broadcast_NSH, TLBILevel_Any, TLBI_ExcludeXS, X[t, 64]);", "O:TLBI_VA(ss1,EL10,vmid,NSH,any,nXS)")]
    [InlineData("AArch64.AT(X[t, 64], TranslationStage_12, EL0, ATAccess_Read);", "O:AT(S12,EL0,Read)")]
    [InlineData("AArch64.DC(X[t, 64], CacheType_Data, CacheOp_Clean, CacheOpScope_PoC);", "O:DC(Data,Clean,PoC)")]
    [InlineData("ConstrainUnpredictableProcedure(Unpredictable_THING);", "CU:THING")]
    [InlineData("EXLOCKException();", "X:EXLOCK")]
    [InlineData("return;", "nop")]
    [InlineData("A_EL1 = X[t, 64];\nB_EL1 = X[t, 64];", "W:A_EL1;W:B_EL1")]
    public void A_statement_becomes_a_leaf_that_the_evaluator_reads(string code, string leaf)
    {
        Tree tree = TreeTranslator.Translate(StatementParser.Parse(code)).Levels[1];
        tree.ShouldBeOfType<Tree.Leaf>().Text.ShouldBe(leaf);
        LeafParser.Parse(leaf).Text.ShouldBe(leaf);
    }

    [Theory]
    [InlineData("if Mystery() then\n  UNDEFINED;", "Mystery()", 1)]
    [InlineData("if a.b == '1' then\n  UNDEFINED;\nelse\n  CheckSomethingFirst();", "CheckSomethingFirst()", 4)]
    [InlineData("X[t, 64] = Reverse(SOME_EL1);", "Reverse(SOME_EL1)", 1)]
    [InlineData("integer k = 3;", "integer k", 1)]
    [InlineData("AArch64.TLBI_VA(Strange_Argument);", "Strange_Argument", 1)]
    public void What_has_no_form_of_ours_is_named_with_its_line(string code, string construct, int line)
    {
        UntranslatedException refused = Should.Throw<UntranslatedException>(() => TreeTranslator.Translate(StatementParser.Parse(code)));
        (refused.Construct, refused.Line).ShouldBe((construct, line));
    }

    [Theory]
    [InlineData("FEAT_A is implemented", "FEAT_A")]
    [InlineData("FEAT_A is implemented, EL2 is implemented, and FEAT_B is not implemented", "FEAT_A & HaveEL2 & !FEAT_B")]
    [InlineData("FEAT_A is implemented and (FEAT_B is implemented or R_EL1.F == 0)", "FEAT_A & (FEAT_B | R_EL1.F=0)")]
    [InlineData("FEAT_A is implemented, or FEAT_B is implemented, or FEAT_C is implemented", "FEAT_A | FEAT_B | FEAT_C")]
    [InlineData("FEAT_A is implemented and ELIsInHost(EL2)", "FEAT_A & Host2")]
    [InlineData("R.F != 0b010", "R.F!=010")]
    [InlineData("UInt(R.F) > 0x4", "[R.F>4]")]
    [InlineData("the highest implemented Exception level is EL2", "Top2")]
    [InlineData("the moon is implemented", null)]
    [InlineData("FEAT_A is implemented and something else holds", null)]
    public void A_presence_condition_becomes_one_of_ours_or_stays_open(string text, string? notation) =>
        (PresenceTranslator.Translate(text)?.Text).ShouldBe(notation);
}
