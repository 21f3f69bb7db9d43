// All decimal digits of a double, exactly, and rounding them half to even.
#pragma once

#include "runtime.h"

enum { MOST_DIGITS = 800 }; // 2^-1074 times 2^53 - 1 has 767 of them

struct decimal {
    int exponent;               // of ten, of the first digit
    int count;                  // digits that are there; all behind them are 0
    uint8_t digits[MOST_DIGITS];
};

void expand(struct decimal *out, double magnitude);   // finite, not negative
void round_to(struct decimal *d, int keep);           // digits; none or fewer than none is allowed
