// formats.c - every conversion of printf, checked
// Expect: proved
#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char line[200];

#define IS(expected, ...)                                                      \
    assert(snprintf(line, sizeof line, __VA_ARGS__) ==                         \
               (int)strlen(expected) &&                                        \
           strcmp(line, expected) == 0)

int main(void)
{
    int count;
    char *made;

    IS("1 -2 3", "%d %i %u", 1, -2, 3u);
    IS("    7|7    |00007", "%5d|%-5d|%05d", 7, 7, 7);
    IS("   42|42   ", "%*d|%-*d", 5, 42, 5, 42);
    IS("ff FF 0xff 377", "%x %X %#x %o", 255, 255, 255, 255);
    IS("-1 255 65535", "%hhd %hhu %hu", -1, 255, 65535);
    IS("123456789012 18446744073709551615", "%ld %llu", 123456789012L, ~0ULL);
    IS("10 -3 99", "%zu %td %jd", (size_t)10, (ptrdiff_t)-3, (intmax_t)99);
    IS("3.14|  2.5|1e+10|1.5", "%.2f|%5.1f|%g|%Lg", 3.14159, 2.5, 1e10, 1.5L);
    IS("c|abc|ab|  abc|%", "%c|%s|%.2s|%5s|%%", 'c', "abc", "abc", "abc");
    IS("(null)", "%s", (char *)NULL);
    IS("abcd", "ab%ncd", &count);
    assert(count == 2);
    errno = ENOENT;
    IS("No such file or directory", "%m");
    assert(snprintf(line, 4, "%d", 123456) == 6 && !strcmp(line, "123"));
    assert(asprintf(&made, "%s-%d", "x", 1) == 3 && !strcmp(made, "x-1"));
    free(made);
    assert(printf("hello %d\n", 5) == 8 && puts("x") >= 0);
    assert(fprintf(stderr, "%s", "") == 0 && putchar('a') == 'a');
    return 0;
}
