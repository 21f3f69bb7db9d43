// AES-128 (FIPS 197), encryption, decryption and counter mode; with -DCRYPTO by the AES instructions, otherwise in plain C.
#include "runtime/runtime.h"
#ifdef CRYPTO
#include <arm_neon.h>
#endif

enum { ROUNDS = 10 };

static uint8_t box[256], inverse_box[256];

static uint8_t twice(uint8_t x) { return (uint8_t)(x << 1 ^ (x >> 7) * 0x1b); }

// The S-box from its definition: the inverse in GF(2^8), then the affine transformation.
static void make_boxes(void)
{
    uint8_t p = 1, q = 1;
    do {
        p = p ^ twice(p);                       // times 3
        q ^= (uint8_t)(q << 1);                 // divided by 3
        q ^= (uint8_t)(q << 2);
        q ^= (uint8_t)(q << 4);
        q ^= (q & 0x80) ? 0x09 : 0;
        uint8_t x = (uint8_t)(q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4) ^ 0x63);
        box[p] = x;
        inverse_box[x] = p;
    } while (p != 1);
    box[0] = 0x63;
    inverse_box[0x63] = 0;
}

static void expand_key(const uint8_t key[16], uint8_t round_keys[ROUNDS + 1][16])
{
    uint8_t *w = round_keys[0], constant = 1;
    memcpy(w, key, 16);
    for (int i = 16; i < 16 * (ROUNDS + 1); i += 4) {
        uint8_t word[4] = { w[i - 4], w[i - 3], w[i - 2], w[i - 1] };
        if (i % 16 == 0) {
            uint8_t first = word[0];
            word[0] = box[word[1]] ^ constant;
            word[1] = box[word[2]];
            word[2] = box[word[3]];
            word[3] = box[first];
            constant = twice(constant);
        }
        for (int j = 0; j < 4; j++) {
            w[i + j] = w[i + j - 16] ^ word[j];
        }
    }
}

#ifdef CRYPTO
static void encrypt(const uint8_t keys[ROUNDS + 1][16], uint8_t block[16])
{
    uint8x16_t state = vld1q_u8(block);
    for (int i = 0; i < ROUNDS - 1; i++) {
        state = vaesmcq_u8(vaeseq_u8(state, vld1q_u8(keys[i])));
    }
    state = veorq_u8(vaeseq_u8(state, vld1q_u8(keys[ROUNDS - 1])), vld1q_u8(keys[ROUNDS]));
    vst1q_u8(block, state);
}

static void decrypt(const uint8_t keys[ROUNDS + 1][16], uint8_t block[16])
{
    uint8x16_t state = vld1q_u8(block);
    state = vaesdq_u8(state, vld1q_u8(keys[ROUNDS]));
    for (int i = ROUNDS - 1; i > 0; i--) {
        state = vaesdq_u8(vaesimcq_u8(state), vaesimcq_u8(vld1q_u8(keys[i])));
    }
    vst1q_u8(block, veorq_u8(state, vld1q_u8(keys[0])));
}
#else
static void add_key(uint8_t block[16], const uint8_t key[16])
{
    for (int i = 0; i < 16; i++) {
        block[i] ^= key[i];
    }
}

// Substitutes all bytes and turns row r by r columns, to the left or, for decryption, to the right.
static void substitute_and_shift(uint8_t block[16], const uint8_t *by, int direction)
{
    uint8_t out[16];
    for (int c = 0; c < 4; c++) {
        for (int r = 0; r < 4; r++) {
            out[4 * c + r] = by[block[4 * ((c + direction * r) & 3) + r]];
        }
    }
    memcpy(block, out, 16);
}

static void mix_columns(uint8_t block[16])
{
    for (uint8_t *c = block; c < block + 16; c += 4) {
        uint8_t all = c[0] ^ c[1] ^ c[2] ^ c[3], first = c[0];
        c[0] ^= all ^ twice(c[0] ^ c[1]);
        c[1] ^= all ^ twice(c[1] ^ c[2]);
        c[2] ^= all ^ twice(c[2] ^ c[3]);
        c[3] ^= all ^ twice(c[3] ^ first);
    }
}

static void encrypt(const uint8_t keys[ROUNDS + 1][16], uint8_t block[16])
{
    add_key(block, keys[0]);
    for (int i = 1; i <= ROUNDS; i++) {
        substitute_and_shift(block, box, 1);
        if (i < ROUNDS) {
            mix_columns(block);
        }
        add_key(block, keys[i]);
    }
}

static void decrypt(const uint8_t keys[ROUNDS + 1][16], uint8_t block[16])
{
    for (int i = ROUNDS; i > 0; i--) {
        add_key(block, keys[i]);
        for (int n = 0; n < 3 && i < ROUNDS; n++) {
            mix_columns(block); // three times more is the inverse: the fourth power is the identity
        }
        substitute_and_shift(block, inverse_box, -1);
    }
    add_key(block, keys[0]);
}
#endif

static void show(const char *what, const uint8_t *bytes)
{
    print("%s ", what);
    for (int i = 0; i < 16; i++) {
        print("%02x", bytes[i]);
    }
    print("\n");
}

int main(void)
{
    static const uint8_t expected[16] = { 0x69, 0xc4, 0xe0, 0xd8, 0x6a, 0x7b, 0x04, 0x30, 0xd8, 0xcd, 0xb7, 0x80, 0x70, 0xb4, 0xc5, 0x5a };
    uint8_t key[16], block[16], plain[16], keys[ROUNDS + 1][16];
    make_boxes();
    for (int i = 0; i < 16; i++) {
        key[i] = (uint8_t)i;
        block[i] = plain[i] = (uint8_t)(i * 0x11);
    }
    expand_key(key, keys);
    encrypt(keys, block);
    show("FIPS 197", block);
    CHECK(!memcmp(block, expected, 16));
    decrypt(keys, block);
    CHECK(!memcmp(block, plain, 16));

    for (int round = 0; round < 20; round++) {
        uint8_t sum[16] = { 0 };
        for (uint32_t counter = 0; counter < 100; counter++) {
            uint8_t stream[16] = { (uint8_t)round };
            memcpy(stream + 12, &counter, 4);
            encrypt(keys, stream);
            for (int i = 0; i < 16; i++) {
                sum[i] ^= stream[i];
            }
            memcpy(block, stream, 16);
            decrypt(keys, block);
            CHECK(block[0] == round && !memcmp(block + 12, &counter, 4));
        }
        show("stream", sum);
        memcpy(key, sum, 16);
        expand_key(key, keys);
    }
    return 0;
}
