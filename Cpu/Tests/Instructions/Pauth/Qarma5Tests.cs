using Conformance.Cpu.Instructions.Pauth;

namespace Conformance.Cpu.Tests.Instructions.Pauth;

public class Qarma5Tests
{
    /// <summary>Test vector of the QARMA paper for QARMA5-64 with S-box sigma 2.</summary>
    [Fact]
    public void The_published_vector_encrypts_as_published() =>
        Qarma5.Encrypt(0xfb623599da6e8127, 0x477d469dec0b8762, 0x84be85ce9804e94b, 0xec2802d4e0a488e9)
            .ShouldBe(0xc003b93999b33765UL);
}
