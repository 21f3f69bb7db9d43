// Entry of every program: FP opened, vectors, stack, MMU and caches on, .bss cleared, main called, its result the exit code.
// Starts at EL1 or EL2, wherever the board puts it; the MMU is needed because data is Device memory without it, and
// compilers make unaligned accesses.

        .section .text.start, "ax"
        .global _start
_start:
        ldr     x0, =__stack_top
        mov     sp, x0
        ldr     x0, =__bss_start
        ldr     x1, =__bss_end
1:      cmp     x0, x1
        b.hs    2f
        str     xzr, [x0], #8
        b       1b

2:      ldr     x0, =vectors
        ldr     x1, =__page_table
        ldr     x2, =ATTRIBUTES
        mrs     x4, CurrentEL
        cmp     x4, #2 << 2
        b.eq    el2

        mov     x3, #3 << 20            // CPACR_EL1.FPEN: no trap
        msr     cpacr_el1, x3
        msr     vbar_el1, x0
        msr     ttbr0_el1, x1
        msr     mair_el1, x2
        ldr     x3, =CONTROL_EL1
        msr     tcr_el1, x3
        bl      make_tables
        tlbi    vmalle1
        dsb     sy
        isb
        mrs     x3, sctlr_el1
        ldr     x4, =MMU_AND_CACHES
        orr     x3, x3, x4
        msr     sctlr_el1, x3
        b       go

el2:    mov     x3, #0x33ff             // CPTR_EL2 with E2H = 0: its RES1 bits, TFP clear
        msr     cptr_el2, x3
        msr     vbar_el2, x0
        msr     ttbr0_el2, x1
        msr     mair_el2, x2
        ldr     x3, =CONTROL_EL2
        msr     tcr_el2, x3
        bl      make_tables
        tlbi    alle2
        dsb     sy
        isb
        mrs     x3, sctlr_el2
        ldr     x4, =MMU_AND_CACHES
        orr     x3, x3, x4
        msr     sctlr_el2, x3

go:     isb
        bl      main
        bl      leave                   // does not return

// One table of 1 GiB blocks, identity: 0 is devices, 1 is RAM.
make_tables:
        ldr     x5, =DEVICES
        str     x5, [x1]
        ldr     x5, =RAM
        str     x5, [x1, #8]
        dsb     sy
        ret

        .equ    ATTRIBUTES, 0x00ff                              // MAIR: 0 is Normal Write-Back, 1 is Device-nGnRnE
        .equ    MMU_AND_CACHES, 1 << 12 | 1 << 2 | 1            // I, C, M
        .equ    DEVICES, 1 << 54 | 1 << 53 | 1 << 10 | 1 << 2 | 1  // XN, PXN, AF, AttrIndx 1, block
        .equ    RAM, 0x40000000 | 1 << 10 | 3 << 8 | 1          // AF, Inner Shareable, block
        .equ    CONTROL_EL1, 2 << 32 | 1 << 23 | 3 << 12 | 1 << 10 | 1 << 8 | 25 // 40-bit PA, EPD1, WB, T0SZ 25: level 1
        .equ    CONTROL_EL2, 1 << 31 | 1 << 23 | 2 << 16 | 3 << 12 | 1 << 10 | 1 << 8 | 25

// Any exception is a failure of the program or of the machine; its syndrome is printed.
        .balign 2048
vectors:
        .rept   16
        .balign 128
        b       unexpected
        .endr

unexpected:
        mrs     x4, CurrentEL
        cmp     x4, #2 << 2
        b.eq    1f
        mrs     x0, esr_el1
        mrs     x1, elr_el1
        mrs     x2, far_el1
        b       report_exception
1:      mrs     x0, esr_el2
        mrs     x1, elr_el2
        mrs     x2, far_el2
        b       report_exception
