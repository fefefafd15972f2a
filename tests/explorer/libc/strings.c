// strings.c - the functions of string.h give what they should
// Expect: proved
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void check_copies(void)
{
    char text[32] = "abc", padded[8];

    memmove(text + 1, text, 4);
    assert(!strcmp(text, "aabc"));
    assert(strcpy(text, "one") == text &&
           !strcmp(strcat(text, "two"), "onetwo"));
    assert(!strcmp(strncat(text, "three", 2), "onetwoth"));
    memset(padded, 'x', sizeof padded);
    strncpy(padded, "ab", 5);
    assert(!memcmp(padded, "ab\0\0\0xxx", 8));
    assert(stpcpy(text, "end") == text + 3);
    bzero(text, 3);
    assert(text[0] == 0 && strlen(text) == 0 && strnlen("abc", 2) == 2);
}

static void check_compares(void)
{
    assert(strcmp("abc", "abd") < 0 && strcmp("abc", "abc") == 0);
    assert(strcmp("b", "abc") > 0 && strcmp("ab", "abc") < 0);
    assert(strncmp("abX", "abY", 2) == 0 && strcasecmp("AbC", "aBc") == 0);
    assert(memcmp("a\0b", "a\0c", 3) < 0 && strncmp("a\0b", "a\0c", 3) == 0);
}

static void check_finds(void)
{
    const char *text = "hello world";

    assert(strchr(text, 'o') == text + 4 && strrchr(text, 'o') == text + 7);
    assert(!strchr(text, 'z') && *strchr(text, 0) == 0);
    assert(strstr(text, "wor") == text + 6 && !strstr(text, "xyz"));
    assert(memchr(text, 'w', 5) == NULL && memchr(text, 'w', 11) == text + 6);
    assert(strspn(text, "hel") == 4 && strcspn(text, " ") == 5);
    assert(strpbrk(text, "xw") == text + 6);
}

static void check_words(void)
{
    char text[] = ",a,,bc,", *rest, *all = text;

    assert(!strcmp(strtok(text, ","), "a") && !strcmp(strtok(NULL, ","), "bc"));
    assert(!strtok(NULL, ","));
    strcpy(text, "x y");
    assert(!strcmp(strtok_r(text, " ", &rest), "x"));
    assert(!strcmp(strtok_r(NULL, " ", &rest), "y"));
    strcpy(text, "1;2");
    assert(!strcmp(strsep(&all, ";"), "1") && !strcmp(strsep(&all, ";"), "2"));
    assert(!all);
}

static void check_numbers(void)
{
    char *end;

    assert(strtol("42x", &end, 10) == 42 && *end == 'x' && atoi("-5") == -5);
    errno = 0;
    assert(strtol("99999999999999999999", NULL, 10) > 0 && errno == ERANGE);
    assert(strtod("2.5", &end) == 2.5 && *end == 0);
}

int main(void)
{
    check_copies();
    check_compares();
    check_finds();
    check_words();
    check_numbers();
    return 0;
}
