// Integer work in the mixture of CoreMark: a linked list that is sorted and searched, matrices, a state machine over text,
// and a CRC over all results; besides division, bit counting, 128-bit products and atomic operations.
#include "runtime/runtime.h"

static uint16_t crc16(uint16_t crc, uint64_t data, int bytes)
{
    for (int i = 0; i < 8 * bytes; i++, data >>= 1) {
        crc = (uint16_t)(crc >> 1 ^ (((crc ^ data) & 1) ? 0xa001 : 0));
    }
    return crc;
}

// A list of numbers, sorted by merging.
enum { NODES = 200 };
struct node {
    struct node *next;
    int16_t key, place;
};
static struct node nodes[NODES];

static struct node *merge(struct node *a, struct node *b)
{
    struct node head, *last = &head;
    while (a && b) {
        struct node **smaller = a->key <= b->key ? &a : &b;
        last = last->next = *smaller;
        *smaller = (*smaller)->next;
    }
    last->next = a ? a : b;
    return head.next;
}

static struct node *sort(struct node *list)
{
    if (!list || !list->next) {
        return list;
    }
    struct node *slow = list, *fast = list->next;
    while (fast && fast->next) {
        slow = slow->next;
        fast = fast->next->next;
    }
    struct node *second = slow->next;
    slow->next = NULL;
    return merge(sort(list), sort(second));
}

static uint16_t list_work(uint32_t seed)
{
    struct node *list = NULL;
    for (int i = 0; i < NODES; i++) {
        seed = seed * 1103515245 + 12345;
        nodes[i] = (struct node){ list, (int16_t)(seed >> 16), (int16_t)i };
        list = &nodes[i];
    }
    uint16_t crc = 0;
    int16_t before = INT16_MIN;
    for (struct node *n = sort(list); n; n = n->next) {
        CHECK(n->key >= before);
        before = n->key;
        crc = crc16(crc16(crc, (uint16_t)n->key, 2), (uint16_t)n->place, 2);
    }
    return crc;
}

// Matrices of 16-bit numbers with 32-bit products.
enum { SIZE = 24 };
static int16_t left[SIZE][SIZE], right[SIZE][SIZE];
static int32_t product[SIZE][SIZE];

static uint16_t matrix_work(int seed)
{
    uint16_t crc = 0;
    for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
            seed = (seed * 16807) & 0x7fffffff;
            left[i][j] = (int16_t)seed;
            right[i][j] = (int16_t)(seed >> 8 & 0xff);
        }
    }
    for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
            int32_t sum = 0;
            for (int k = 0; k < SIZE; k++) {
                sum += left[i][k] * right[k][j];
            }
            product[i][j] = sum;
            crc = crc16(crc, (uint32_t)(sum >> 2 & 0x1fffff), 4);
        }
    }
    return crc;
}

// Counts what a text has: integers, floats, exponents, and what is none of them.
enum state { START, SIGN, INTEGER, POINT, EXPONENT, INVALID, STATES };

static uint16_t state_work(const char *text)
{
    unsigned counts[STATES] = { 0 };
    enum state state = START;
    for (;; text++) {
        char c = *text;
        if (c == ',' || !c) {
            counts[state]++;
            state = START;
            if (!c) {
                break;
            }
            continue;
        }
        int digit = c >= '0' && c <= '9';
        switch (state) {
        case START:
            state = c == '+' || c == '-' ? SIGN : digit ? INTEGER : c == '.' ? POINT : INVALID;
            break;
        case SIGN:
        case INTEGER:
            state = digit ? INTEGER : c == '.' ? POINT : c == 'e' && state == INTEGER ? EXPONENT : INVALID;
            break;
        case POINT:
            state = digit ? POINT : c == 'e' ? EXPONENT : INVALID;
            break;
        case EXPONENT:
            state = digit || c == '-' ? EXPONENT : INVALID;
            break;
        default:
            break;
        }
    }
    uint16_t crc = 0;
    for (int i = 0; i < STATES; i++) {
        crc = crc16(crc, counts[i], 4);
    }
    return crc;
}

static uint16_t arithmetic_work(uint64_t x)
{
    uint16_t crc = 0;
    static uint64_t shared;
    for (int i = 0; i < 500; i++) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        uint64_t y = x >> 33 | 1;
        int64_t s = (int64_t)x;
        unsigned __int128 wide = (unsigned __int128)x * (x ^ y);
        CHECK(x / y * y + x % y == x && s / (int64_t)y * (int64_t)y + s % (int64_t)y == s);
        crc = crc16(crc, (uint64_t)(wide >> 64) ^ (uint64_t)(s / -7), 8);
        crc = crc16(crc, (uint64_t)__builtin_clzll(y) << 8 | (uint64_t)__builtin_ctzll(x | 1ul << 63), 8);
        crc = crc16(crc, __builtin_bswap64(x) + (uint64_t)__builtin_popcountll(x), 8);
        __atomic_fetch_add(&shared, x, __ATOMIC_ACQ_REL);
        uint64_t expected = shared;
        CHECK(__atomic_compare_exchange_n(&shared, &expected, expected ^ y, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
        int32_t sum;
        crc = crc16(crc, __builtin_add_overflow((int32_t)x, (int32_t)y, &sum) ? 1 : (uint32_t)sum, 4);
    }
    return crc16(crc, shared, 8);
}

int main(void)
{
    uint16_t list = 0, matrix = 0, states = 0, arithmetic = 0;
    for (uint32_t round = 0; round < 10; round++) {
        list = crc16(list, list_work(round * 77 + 1), 2);
        matrix = crc16(matrix, matrix_work((int)round + 1), 2);
        states = crc16(states, state_work("5012,1234,-874,+122,35.54400,.1234500,-110.700,+0.64400,5.500e+3,-.123e-2,-87e+832,T0.3e-1F,"), 2);
        arithmetic = crc16(arithmetic, arithmetic_work(round + 1), 2);
    }
    print("list 0x%04x matrix 0x%04x states 0x%04x arithmetic 0x%04x\n", list, matrix, states, arithmetic);
    return 0;
}
