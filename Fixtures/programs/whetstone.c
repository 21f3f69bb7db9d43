// Floating point in the mixture of the Whetstone benchmark: array elements, conditional jumps, integer arithmetic,
// trigonometry, procedure calls, array references, standard functions.
#include "runtime/runtime.h"

static double e[4], x = 1, y = 1, z = 1;
static const double t = 0.499975, t1 = 0.50025, t2 = 2.0;

static void array_procedure(double a[4])
{
    for (int i = 0; i < 6; i++) {
        a[0] = (a[0] + a[1] + a[2] - a[3]) * t;
        a[1] = (a[0] + a[1] - a[2] + a[3]) * t;
        a[2] = (a[0] - a[1] + a[2] + a[3]) * t;
        a[3] = (-a[0] + a[1] + a[2] + a[3]) / t2;
    }
}

static __attribute__((noinline)) void two_sums(double a, double b, double *result)
{
    double first = t * (a + b), second = t * (first + b);
    *result = (first + second) / t2;
}

static void show(const char *what, int n) { print("%-10s %5d %.15g %.15g %.15g %.15g %.15g\n", what, n, e[0], e[1], e[2], e[3], x); }

static int near(double a, double b) { return a - b < 1e-14 && b - a < 1e-14; }

int main(void)
{
    const int rounds = 40;
    CHECK(near(sine(1), 0.84147098480789651) && near(cosine(2), -0.41614683654714239) && near(arc_tangent(3), 1.2490457723982544));
    CHECK(near(exponential(-1), 0.36787944117144232) && near(logarithm(10), 2.3025850929940457) && near(square_root(2), 1.4142135623730951));

    e[0] = 1, e[1] = e[2] = e[3] = -1;
    for (int i = 0; i < 12 * rounds; i++) {
        e[0] = (e[0] + e[1] + e[2] - e[3]) * t;
        e[1] = (e[0] + e[1] - e[2] + e[3]) * t;
        e[2] = (e[0] - e[1] + e[2] + e[3]) * t;
        e[3] = (-e[0] + e[1] + e[2] + e[3]) * t;
    }
    show("elements", 12 * rounds);

    for (int i = 0; i < 14 * rounds; i++) {
        array_procedure(e);
    }
    show("array", 14 * rounds);

    int j = 1, k = 2, l = 3;
    for (int i = 0; i < 210 * rounds; i++) {
        j = j * (k - j) * (l - k);
        k = l * k - (l - j) * k;
        l = (l - k) * (k + j);
        e[(unsigned)(l - 2) & 3] = j + k + l;
        e[(unsigned)(k - 2) & 3] = j * k * l;
    }
    show("integer", 210 * rounds);

    x = y = 0.5;
    for (int i = 0; i < 32 * rounds; i++) {
        x = t * arc_tangent(t2 * sine(x) * cosine(x) / (cosine(x + y) + cosine(x - y) - 1));
        y = t * arc_tangent(t2 * sine(y) * cosine(y) / (cosine(x + y) + cosine(x - y) - 1));
    }
    show("trig", 32 * rounds);
    print("%.12f %.12f\n", x, y);

    x = y = z = 1;
    for (int i = 0; i < 899 * rounds; i++) {
        two_sums(x, y, &z);
    }
    show("calls", 899 * rounds);

    x = 0.75;
    for (int i = 0; i < 93 * rounds; i++) {
        x = square_root(exponential(logarithm(x) / t1));
    }
    show("functions", 93 * rounds);

    float single = 1.5f;
    _Float16 half = (_Float16)0.1;
    for (int i = 1; i < 300; i++) {
        single = single * 1.0625f - 1.0f / (float)i;
        half = half + (_Float16)(single / 1e6f);
    }
    print("single %.9g half %.5g\n", single, (double)(float)half);
    return 0;
}
