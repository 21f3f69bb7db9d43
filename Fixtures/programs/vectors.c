// What compilers make of loops over arrays: integer and floating-point vectors of every element size, with saturation,
// widening, narrowing, comparison, table lookup and de-interleaving.
#include "runtime/runtime.h"

enum { N = 203 }; // odd, so that there is a rest

static uint8_t u8[4 * N], v8[4 * N];
static int16_t s16[N];
static int32_t s32[N];
static uint32_t u32[N];
static int64_t s64[N];
static float f32[N];
static double f64[N];

static uint64_t checksum = 14695981039346656037u;

static void add_bytes(const void *data, size_t n)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < n; i++) {
        checksum = (checksum ^ bytes[i]) * 1099511628211u;
    }
}

static void fill(uint64_t seed)
{
    for (int i = 0; i < 4 * N; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        u8[i] = (uint8_t)(seed >> 56);
        if (i < N) {
            s16[i] = (int16_t)(seed >> 48);
            s32[i] = (int32_t)(seed >> 32);
            u32[i] = (uint32_t)(seed >> 24);
            s64[i] = (int64_t)seed;
            f32[i] = (float)(int32_t)(seed >> 32) / 65536;
            f64[i] = (double)(int64_t)seed / 4294967296.0;
        }
    }
}

static void grey(void) // de-interleaves, widens, narrows
{
    for (int i = 0; i < N; i++) {
        v8[i] = (uint8_t)((u8[4 * i] * 77 + u8[4 * i + 1] * 151 + u8[4 * i + 2] * 28) >> 8);
    }
    add_bytes(v8, N);
}

static void saturate(void)
{
    for (int i = 0; i < N; i++) {
        int sum = s16[i] + s16[N - 1 - i];
        s16[i] = (int16_t)(sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum);
    }
    for (int i = 0; i < 4 * N; i++) {
        int difference = u8[i] - v8[i];
        v8[i] = (uint8_t)(difference < 0 ? 0 : difference);
    }
    add_bytes(s16, sizeof s16);
    add_bytes(v8, sizeof v8);
}

static void mixed(void)
{
    int64_t total = 0;
    uint32_t most = 0;
    int32_t least = INT32_MAX;
    for (int i = 0; i < N; i++) {
        total += (int64_t)s32[i] * s16[i] + (s64[i] >> 7);
        most = u32[i] > most ? u32[i] : most;
        least = s32[i] < least ? s32[i] : least;
        u32[i] = (u32[i] << (s32[i] & 31)) ^ (u32[i] >> 3 | u32[i] << 29);
        s32[i] = s32[i] < 0 ? -s32[i] : s32[i] >> 1;
        s64[i] = s64[i] > total ? ~s64[i] : s64[i] & total;
    }
    add_bytes(u32, sizeof u32);
    add_bytes(s32, sizeof s32);
    add_bytes(s64, sizeof s64);
    print("%ld %u %d\n", total, most, least);
}

static void real(void)
{
    float sum = 0, largest = -1e30f;
    for (int i = 0; i < N; i++) {
        f32[i] = f32[i] * 0.75f + (float)s16[i] / (1.0f + (float)(i & 7));
        largest = f32[i] > largest ? f32[i] : largest;
        sum += f32[i];
    }
    double dot = 0;
    for (int i = 0; i < N; i++) {
        f64[i] = f64[i] / (1.5 + i) - (double)f32[i];
        dot += f64[i] * f64[N - 1 - i];
        s32[i] = (int32_t)f32[i];
        s64[i] = (int64_t)f64[i];
        u32[i] = (uint32_t)(f64[i] < 0 ? -f64[i] : f64[i]);
    }
    add_bytes(f32, sizeof f32);
    add_bytes(f64, sizeof f64);
    add_bytes(s32, sizeof s32);
    add_bytes(s64, sizeof s64);
    add_bytes(u32, sizeof u32);
    print("%.9g %.9g %.17g\n", sum, largest, dot);
}

int main(void)
{
    for (uint64_t round = 0; round < 20; round++) {
        fill(round);
        grey();
        saturate();
        mixed();
        real();
        print("0x%016lx\n", checksum);
    }
    return 0;
}
