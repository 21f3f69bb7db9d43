// What the programs have instead of a C library.
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

// console.c: output goes to the PL011 of the board; leave ends the machine by semihosting with an exit code.
void put_char(char c);
void put_text(const char *text);
_Noreturn void leave(int code);

// printf.c: %d %u %x %c %s %% with l, width, 0 and -; %f %e %g %a with precision, all exact.
int print(const char *format, ...) __attribute__((format(printf, 1, 2)));
int format_text(char *out, size_t size, const char *format, va_list arguments);

// memory.c: what the compiler calls by itself.
void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int value, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *text);

// mathematics.c
double sine(double x);
double cosine(double x);
double arc_tangent(double x);
double exponential(double x);
double logarithm(double x);
double square_root(double x);

// The program fails, and says where, unless the condition holds.
#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            print("%s:%d: does not hold: %s\n", __FILE_NAME__, __LINE__, #condition); \
            leave(1); \
        } \
    } while (0)
