#include "decimal.h"

struct sink {
    char *out; // null: to the console
    size_t size, used;
};

struct field {
    int width, precision; // precision -1: none given
    int left, zero, plus;
};

static void emit(struct sink *s, char c)
{
    if (!s->out) {
        put_char(c);
    } else if (s->used + 1 < s->size) {
        s->out[s->used] = c;
    }
    s->used++;
}

static void pad(struct sink *s, char c, int n)
{
    while (n-- > 0) {
        emit(s, c);
    }
}

static void emit_field(struct sink *s, const struct field *f, const char *sign, const char *text, int length)
{
    int fill = f->width - length - (int)strlen(sign);
    if (!f->left && !f->zero) {
        pad(s, ' ', fill);
    }
    while (*sign) {
        emit(s, *sign++);
    }
    if (!f->left && f->zero) {
        pad(s, '0', fill);
    }
    while (length--) {
        emit(s, *text++);
    }
    if (f->left) {
        pad(s, ' ', fill);
    }
}

static int unsigned_text(char *out, uint64_t value, unsigned base)
{
    char reversed[24];
    int n = 0, length = 0;
    do {
        reversed[n++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    while (n) {
        out[length++] = reversed[--n];
    }
    return length;
}

static int exponent_text(char *out, char letter, int exponent, int least)
{
    char digits[24];
    int n = unsigned_text(digits, (uint64_t)(exponent < 0 ? -exponent : exponent), 10), length = 0;
    out[length++] = letter;
    out[length++] = exponent < 0 ? '-' : '+';
    for (int i = n; i < least; i++) {
        out[length++] = '0';
    }
    for (int i = 0; i < n; i++) {
        out[length++] = digits[i];
    }
    return length;
}

static char digit_of(const struct decimal *d, int i) { return i >= 0 && i < d->count ? (char)('0' + d->digits[i]) : '0'; }

static int without_zeros(const char *text, int length)
{
    while (text[length - 1] == '0') {
        length--;
    }
    return text[length - 1] == '.' ? length - 1 : length;
}

static int scientific(char *out, struct decimal *d, int precision, int strip)
{
    round_to(d, precision + 1);
    int length = 0;
    out[length++] = digit_of(d, 0);
    if (precision) {
        out[length++] = '.';
        for (int i = 1; i <= precision; i++) {
            out[length++] = digit_of(d, i);
        }
        length = strip ? without_zeros(out, length) : length;
    }
    return length + exponent_text(out + length, 'e', d->count ? d->exponent : 0, 2);
}

static int plain(char *out, struct decimal *d, int precision, int strip)
{
    round_to(d, d->exponent + 1 + precision);
    int length = 0;
    for (int place = d->exponent > 0 && d->count ? d->exponent : 0; place >= 0; place--) {
        out[length++] = digit_of(d, d->exponent - place);
    }
    if (precision) {
        out[length++] = '.';
        for (int place = -1; place >= -precision; place--) {
            out[length++] = digit_of(d, d->exponent - place);
        }
        length = strip ? without_zeros(out, length) : length;
    }
    return length;
}

static int shortest_style(char *out, struct decimal *d, int precision)
{
    precision = precision ? precision : 1;
    struct decimal rounded = *d;
    round_to(&rounded, precision);
    int exponent = rounded.count ? rounded.exponent : 0;
    return exponent < -4 || exponent >= precision ? scientific(out, d, precision - 1, 1) : plain(out, d, precision - 1 - exponent, 1);
}

static int hexadecimal(char *out, double magnitude)
{
    union { double value; uint64_t bits; } u = { magnitude };
    int biased = (int)(u.bits >> 52), length = 0;
    uint64_t fraction = u.bits << 12;
    out[length++] = '0';
    out[length++] = 'x';
    out[length++] = biased ? '1' : '0';
    if (fraction) {
        out[length++] = '.';
    }
    for (; fraction; fraction <<= 4) {
        out[length++] = "0123456789abcdef"[fraction >> 60];
    }
    return length + exponent_text(out + length, 'p', biased ? biased - 1023 : u.bits ? -1022 : 0, 1);
}

static void emit_double(struct sink *s, struct field *f, char kind, double value)
{
    union { double value; uint64_t bits; } u = { value };
    const char *sign = u.bits >> 63 ? "-" : f->plus ? "+" : "";
    u.bits &= ~(1ul << 63);
    if (u.bits >= 0x7ff0000000000000) {
        f->zero = 0;
        emit_field(s, f, sign, u.bits == 0x7ff0000000000000 ? "inf" : "nan", 3);
        return;
    }
    char text[1400];
    int precision = f->precision < 0 ? 6 : f->precision, length;
    struct decimal d;
    if (kind == 'a') {
        length = hexadecimal(text, u.value);
    } else {
        expand(&d, u.value);
        length = kind == 'e' ? scientific(text, &d, precision, 0)
            : kind == 'f' ? plain(text, &d, precision, 0) : shortest_style(text, &d, precision);
    }
    emit_field(s, f, sign, text, length);
}

static int number(const char **format)
{
    int n = 0;
    while (**format >= '0' && **format <= '9') {
        n = n * 10 + *(*format)++ - '0';
    }
    return n;
}

static void conversion(struct sink *s, const char **format, va_list *arguments)
{
    struct field f = { .precision = -1 };
    for (;; (*format)++) {
        if (**format == '-') {
            f.left = 1;
        } else if (**format == '0') {
            f.zero = 1;
        } else if (**format == '+') {
            f.plus = 1;
        } else {
            break;
        }
    }
    f.width = number(format);
    if (**format == '.') {
        (*format)++;
        f.precision = number(format);
    }
    int wide = 0;
    for (; **format == 'l'; (*format)++) {
        wide = 1;
    }

    char kind = *(*format)++, text[24];
    switch (kind) {
    case 'd': {
        int64_t value = wide ? va_arg(*arguments, int64_t) : va_arg(*arguments, int);
        int length = unsigned_text(text, value < 0 ? -(uint64_t)value : (uint64_t)value, 10);
        emit_field(s, &f, value < 0 ? "-" : f.plus ? "+" : "", text, length);
        break;
    }
    case 'u':
    case 'x': {
        uint64_t value = wide ? va_arg(*arguments, uint64_t) : va_arg(*arguments, unsigned);
        emit_field(s, &f, "", text, unsigned_text(text, value, kind == 'x' ? 16 : 10));
        break;
    }
    case 'c':
        text[0] = (char)va_arg(*arguments, int);
        emit_field(s, &f, "", text, 1);
        break;
    case 's': {
        const char *string = va_arg(*arguments, const char *);
        emit_field(s, &f, "", string, (int)strlen(string));
        break;
    }
    case 'a':
    case 'e':
    case 'f':
    case 'g':
        emit_double(s, &f, kind, va_arg(*arguments, double));
        break;
    default:
        emit(s, kind); // %% and what is no conversion
    }
}

static int format_to(struct sink *s, const char *format, va_list *arguments)
{
    while (*format) {
        if (*format == '%') {
            format++;
            conversion(s, &format, arguments);
        } else {
            emit(s, *format++);
        }
    }
    return (int)s->used;
}

int format_text(char *out, size_t size, const char *format, va_list arguments)
{
    struct sink s = { out, size, 0 };
    va_list copy;
    va_copy(copy, arguments);
    int length = format_to(&s, format, &copy);
    va_end(copy);
    out[s.used < size ? s.used : size - 1] = 0;
    return length;
}

int print(const char *format, ...)
{
    struct sink s = { 0 };
    va_list arguments;
    va_start(arguments, format);
    int length = format_to(&s, format, &arguments);
    va_end(arguments);
    return length;
}
