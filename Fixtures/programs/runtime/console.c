#include "runtime.h"

static volatile uint32_t *const uart = (volatile uint32_t *)0x09000000; // PL011: data at 0, flags at 0x18
enum { FLAGS = 0x18 / 4, TRANSMIT_FULL = 1 << 5 };

void put_char(char c)
{
    while (uart[FLAGS] & TRANSMIT_FULL) {
    }
    *uart = (uint8_t)c;
}

void put_text(const char *text)
{
    while (*text) {
        put_char(*text++);
    }
}

_Noreturn void leave(int code)
{
    uint64_t block[2] = { 0x20026, (uint64_t)code }; // ADP_Stopped_ApplicationExit
    register uint64_t operation asm("x0") = 0x18;    // SYS_EXIT
    register uint64_t *parameter asm("x1") = block;
    asm volatile("hlt #0xf000" : : "r"(operation), "r"(parameter) : "memory");
    for (;;) {
    }
}

_Noreturn void report_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
    print("exception: ESR 0x%lx ELR 0x%lx FAR 0x%lx\n", esr, elr, far);
    leave(2);
}
