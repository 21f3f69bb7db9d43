// SHA-256 (FIPS 180-4) of known messages; with -DCRYPTO by the SHA-256 instructions, otherwise in plain C.
#include "runtime/runtime.h"
#ifdef CRYPTO
#include <arm_neon.h>
#endif

static const uint32_t k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const uint32_t initial[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

#ifdef CRYPTO
static void compress(uint32_t h[8], const uint8_t block[64])
{
    uint32x4_t abcd = vld1q_u32(h), efgh = vld1q_u32(h + 4), w[16];
    for (int i = 0; i < 4; i++) {
        w[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(block + 16 * i)));
    }
    for (int i = 4; i < 16; i++) {
        w[i] = vsha256su1q_u32(vsha256su0q_u32(w[i - 4], w[i - 3]), w[i - 2], w[i - 1]);
    }
    uint32x4_t a = abcd, e = efgh;
    for (int i = 0; i < 16; i++) {
        uint32x4_t input = vaddq_u32(w[i], vld1q_u32(k + 4 * i)), before = a;
        a = vsha256hq_u32(a, e, input);
        e = vsha256h2q_u32(e, before, input);
    }
    vst1q_u32(h, vaddq_u32(abcd, a));
    vst1q_u32(h + 4, vaddq_u32(efgh, e));
}
#else
static uint32_t turn(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void compress(uint32_t h[8], const uint8_t block[64])
{
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        w[i] = (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10) + w[i - 7]
            + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 16];
    }
    memcpy(s, h, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t t1 = s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t t2 = (turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 28);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) {
        h[i] += s[i];
    }
}
#endif

static void digest(const uint8_t *message, uint64_t length, uint32_t h[8])
{
    uint8_t last[128] = { 0 };
    uint64_t whole = length / 64 * 64, rest = length - whole, padded = rest < 56 ? 64 : 128;
    memcpy(h, initial, sizeof initial);
    for (uint64_t i = 0; i < whole; i += 64) {
        compress(h, message + i);
    }
    memcpy(last, message + whole, rest);
    last[rest] = 0x80;
    for (int i = 0; i < 8; i++) {
        last[padded - 1 - (uint64_t)i] = (uint8_t)(length * 8 >> 8 * i);
    }
    for (uint64_t i = 0; i < padded; i += 64) {
        compress(h, last + i);
    }
}

static uint8_t message[40000];

int main(void)
{
    uint32_t h[8];
    digest((const uint8_t *)"abc", 3, h);
    CHECK(h[0] == 0xba7816bf && h[7] == 0xf20015ad);
    digest((const uint8_t *)"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, h);
    CHECK(h[0] == 0x248d6a61 && h[7] == 0x19db06c1);

    for (size_t i = 0; i < sizeof message; i++) {
        message[i] = (uint8_t)(i * i >> 3);
    }
    for (uint64_t length = 1; length <= sizeof message; length = length * 3 + 1) {
        digest(message, length, h);
        print("%6lu ", length);
        for (int i = 0; i < 8; i++) {
            print("%08x", h[i]);
        }
        print("\n");
    }
    return 0;
}
