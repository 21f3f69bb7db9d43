// Solves a dense system by LU decomposition with partial pivoting, in double and in single precision, as LINPACK does.
#include "runtime/runtime.h"

enum { N = 60 };

#define SOLVER(real, name) \
    static real name##_a[N][N], name##_original[N][N], name##_b[N], name##_x[N]; \
    static int name##_pivot[N]; \
    \
    static void name##_fill(void) \
    { \
        uint32_t seed = 1325; \
        for (int i = 0; i < N; i++) { \
            name##_b[i] = 0; \
            for (int j = 0; j < N; j++) { \
                seed = 3125 * seed % 65536; \
                name##_a[i][j] = name##_original[i][j] = ((real)seed - 32768) / 16384; \
                name##_b[i] += name##_a[i][j]; /* so that the solution is all ones */ \
            } \
            name##_x[i] = name##_b[i]; \
        } \
    } \
    \
    static void name##_decompose(void) \
    { \
        for (int k = 0; k < N; k++) { \
            int p = k; \
            for (int i = k + 1; i < N; i++) { \
                real candidate = name##_a[i][k], best = name##_a[p][k]; \
                if ((candidate < 0 ? -candidate : candidate) > (best < 0 ? -best : best)) { \
                    p = i; \
                } \
            } \
            name##_pivot[k] = p; \
            for (int j = 0; j < N && p != k; j++) { \
                real swap = name##_a[k][j]; \
                name##_a[k][j] = name##_a[p][j]; \
                name##_a[p][j] = swap; \
            } \
            for (int i = k + 1; i < N; i++) { \
                real factor = name##_a[i][k] /= name##_a[k][k]; \
                for (int j = k + 1; j < N; j++) { \
                    name##_a[i][j] -= factor * name##_a[k][j]; \
                } \
            } \
        } \
    } \
    \
    static void name##_solve(void) \
    { \
        real *x = name##_x; \
        for (int k = 0; k < N; k++) { \
            real swap = x[k]; \
            x[k] = x[name##_pivot[k]]; \
            x[name##_pivot[k]] = swap; \
        } \
        for (int i = 0; i < N; i++) { \
            for (int j = 0; j < i; j++) { \
                x[i] -= name##_a[i][j] * x[j]; \
            } \
        } \
        for (int i = N - 1; i >= 0; i--) { \
            for (int j = i + 1; j < N; j++) { \
                x[i] -= name##_a[i][j] * x[j]; \
            } \
            x[i] /= name##_a[i][i]; \
        } \
    } \
    \
    static real name##_residual(void) \
    { \
        real largest = 0; \
        for (int i = 0; i < N; i++) { \
            real sum = -name##_b[i]; \
            for (int j = 0; j < N; j++) { \
                sum += name##_original[i][j] * name##_x[j]; \
            } \
            sum = sum < 0 ? -sum : sum; \
            largest = sum > largest ? sum : largest; \
        } \
        return largest; \
    }

SOLVER(double, wide)
SOLVER(float, narrow)

int main(void)
{
    wide_fill();
    wide_decompose();
    wide_solve();
    print("double: residual %.17g x[0] %.17g x[%d] %.17g\n", wide_residual(), wide_x[0], N - 1, wide_x[N - 1]);
    CHECK(wide_residual() < 1e-11);

    narrow_fill();
    narrow_decompose();
    narrow_solve();
    print("single: residual %.9g x[0] %.9g x[%d] %.9g\n", narrow_residual(), narrow_x[0], N - 1, narrow_x[N - 1]);
    CHECK(narrow_residual() < 1e-2f);
    return 0;
}
