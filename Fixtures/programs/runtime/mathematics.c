// Elementary functions by range reduction and series: good to about 1e-14, and the same on every machine that computes
// IEEE 754 doubles rightly.
#include "runtime.h"

static const double pi = 3.14159265358979323846;
static const double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;

double square_root(double x)
{
    double root;
    asm("fsqrt %d0, %d1" : "=w"(root) : "w"(x));
    return root;
}

static double to_nearest(double x)
{
    double whole;
    asm("frintn %d0, %d1" : "=w"(whole) : "w"(x));
    return whole;
}

double sine(double x)
{
    double turns = to_nearest(x / pi);
    double r = x - turns * pi, square = r * r, term = r, sum = r;
    for (int i = 1; i < 13; i++) {
        term *= -square / ((2 * i) * (2 * i + 1));
        sum += term;
    }
    return (int64_t)turns & 1 ? -sum : sum;
}

double cosine(double x) { return sine(x + pi / 2); }

double arc_tangent(double x)
{
    if (x < 0) {
        return -arc_tangent(-x);
    }
    if (x > 1) {
        return pi / 2 - arc_tangent(1 / x);
    }
    int halvings = 0;
    for (; x > 0.1; halvings++) {
        x = x / (1 + square_root(1 + x * x));
    }
    double square = x * x, power = x, sum = 0;
    for (int i = 1; i < 27; i += 2) {
        sum += (i & 2 ? -power : power) / i;
        power *= square;
    }
    return sum * (double)(1 << halvings);
}

static double power_of_two(int64_t n)
{
    union { uint64_t bits; double value; } u = { (uint64_t)(n + 1023) << 52 };
    return u.value;
}

double exponential(double x)
{
    double n = to_nearest(x / (ln2_high + ln2_low));
    double r = x - n * ln2_high - n * ln2_low, term = 1, sum = 1;
    for (int i = 1; i < 20; i++) {
        term *= r / i;
        sum += term;
    }
    return sum * power_of_two((int64_t)n);
}

double logarithm(double x)
{
    union { double value; uint64_t bits; } u = { x };
    int64_t n = (int64_t)(u.bits >> 52) - 1023;
    u.bits = (u.bits & 0x000fffffffffffff) | 0x3ff0000000000000;
    if (u.value > 1.4142135623730951) {
        u.value /= 2;
        n++;
    }
    double s = (u.value - 1) / (u.value + 1), square = s * s, power = s, sum = 0;
    for (int i = 1; i < 35; i += 2) {
        sum += power / i;
        power *= square;
    }
    return 2 * sum + (double)n * ln2_low + (double)n * ln2_high;
}
