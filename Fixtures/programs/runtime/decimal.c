#include "decimal.h"

enum { BASE = 1000000000, WORDS = 90 };

static int multiply(uint32_t *words, int count, uint32_t by)
{
    uint64_t carry = 0;
    for (int i = 0; i < count; i++) {
        carry += (uint64_t)words[i] * by;
        words[i] = (uint32_t)(carry % BASE);
        carry /= BASE;
    }
    if (carry) {
        words[count++] = (uint32_t)carry;
    }
    return count;
}

// m * 2^e is an integer for e >= 0; otherwise it is m * 5^-e, with the point -e digits from the right.
void expand(struct decimal *out, double magnitude)
{
    union { double value; uint64_t bits; } u = { magnitude };
    int biased = (int)(u.bits >> 52);
    uint64_t m = (u.bits & 0x000fffffffffffff) | (biased ? 1ul << 52 : 0);
    int e = (biased ? biased : 1) - 1075;
    while (m && !(m & 1)) {
        m >>= 1;
        e++;
    }

    uint32_t words[WORDS];
    int count = 0;
    for (; m; m /= BASE) {
        words[count++] = (uint32_t)(m % BASE);
    }
    for (int i = 0; i < (e < 0 ? -e : e); i++) {
        count = multiply(words, count, e < 0 ? 5 : 2);
    }

    out->count = 0;
    for (int i = count - 1; i >= 0; i--) {
        for (uint32_t unit = BASE / 10; unit; unit /= 10) {
            uint8_t digit = (uint8_t)(words[i] / unit % 10);
            if (digit || out->count) {
                out->digits[out->count++] = digit;
            }
        }
    }
    out->exponent = out->count ? out->count - 1 - (e < 0 ? -e : 0) : 0;
}

static int above_half(const struct decimal *d, int keep)
{
    if (d->digits[keep] != 5) {
        return d->digits[keep] > 5;
    }
    for (int i = keep + 1; i < d->count; i++) {
        if (d->digits[i]) {
            return 1;
        }
    }
    return keep > 0 && d->digits[keep - 1] & 1;
}

void round_to(struct decimal *d, int keep)
{
    if (keep >= d->count) {
        return;
    }
    if (keep < 0) {
        d->count = 0;
        return;
    }
    int up = above_half(d, keep);
    d->count = keep;
    if (!up) {
        return;
    }
    int i = keep - 1;
    while (i >= 0 && d->digits[i] == 9) {
        d->digits[i--] = 0;
    }
    if (i >= 0) {
        d->digits[i]++;
        return;
    }
    d->digits[0] = 1; // 99.9 has become 100, whose other digits are 0
    d->count = 1;
    d->exponent++;
}
