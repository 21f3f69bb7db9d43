// Prints doubles in every style: special values, extremes, halfway cases, and a walk through random bit patterns.
#include "runtime/runtime.h"

static double from_bits(uint64_t bits)
{
    union { uint64_t bits; double value; } u = { bits };
    return u.value;
}

static int equal(const char *expected, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    format_text(text, sizeof text, format, arguments);
    va_end(arguments);
    if (strlen(text) == strlen(expected) && !memcmp(text, expected, strlen(text))) {
        return 1;
    }
    print("'%s' printed as '%s'\n", expected, text);
    return 0;
}

static void known_answers(void)
{
    CHECK(equal("0.1", "%g", 0.1) && equal("0.10000000000000000555", "%.20f", 0.1));
    CHECK(equal("1e+100", "%g", 1e100) && equal("3.141592653589793", "%.16g", 3.14159265358979323846));
    CHECK(equal("0 2 2 4", "%.0f %.0f %.0f %.0f", 0.5, 1.5, 2.5, 3.5));
    CHECK(equal("4.9406564584124654e-324", "%.17g", from_bits(1)));
    CHECK(equal("1.7976931348623157e+308", "%.17g", from_bits(0x7fefffffffffffff)));
    CHECK(equal("-0 inf -inf nan", "%g %g %g %g", -0.0, from_bits(0x7ffull << 52), from_bits(0xfffull << 52), from_bits(0x7ff8ull << 48)));
    CHECK(equal("0x1.8p+1 0x1p-1074 0x0p+0", "%a 0x1p%d %a", 3.0, -1074, 0.0));
    CHECK(equal("  1.50|1.50  |+01.50", "%6.2f|%-6.2f|%+06.2f", 1.5, 1.5, 1.5));
    CHECK(equal("999990 1e+06 999999.5", "%g %g %.7g", 999990.0, 999999.5, 999999.5));
}

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

int main(void)
{
    known_answers();

    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 60; i++) {
        double x = from_bits(next(&state));
        print("%a %.17g %.3e\n", x, x, x);
    }
    for (int i = 0; i < 60; i++) {
        double a = (double)(int64_t)next(&state) / (double)(next(&state) >> 20), b = (double)(next(&state) >> 40) * 0.001;
        float f = (float)a;
        print("%.17g %.9g %.6f %.17g %.17g %.17g %ld\n", a, f, b, a * b, a / b, square_root(b), (int64_t)b);
    }
    return 0;
}
