// units.c - numbers and their units, as a person reads them
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/units.h"

static const char no_break[] = "\xc2\xa0";
enum { EXTRA = sizeof no_break - 2 }; // bytes more than a plain space

static bool is_end(char sign)
{
    return !isalnum((unsigned char)sign) && sign != '_';
}

// Does a unit begin here?
static bool is_unit(const char *at)
{
    static const char *const units[] = {"%",  "KiB", "MiB", "GiB", "TiB",
                                        "ns", "µs",  "ms",  "s"};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t size = strlen(units[i]);

        if (strncmp(at, units[i], size) == 0 && is_end(at[size]))
            return true;
    }
    return false;
}

// Three digits, and no fourth one.
static bool is_group(const char *at)
{
    for (int i = 0; i < 3; i++)
        if (!isdigit((unsigned char)at[i]))
            return false;
    return is_end(at[3]);
}

// Is the space at `at` one that no line may be broken at?
static bool binds(const char *text, const char *at)
{
    if (at == text || *at != ' ')
        return false;
    return (isdigit((unsigned char)at[-1]) &&
            (is_unit(at + 1) || is_group(at + 1))) ||
           (at[-1] == '}' && is_unit(at + 1));
}

char *units_bind(const char *text)
{
    size_t spaces = 0;
    char *bound, *end;

    for (const char *at = text; *at; at++)
        spaces += binds(text, at);
    bound = end = MUST(malloc(strlen(text) + spaces * EXTRA + 1));
    for (const char *at = text; *at; at++)
        end = binds(text, at) ? stpcpy(end, no_break) : (*end = *at, end + 1);
    *end = '\0';
    return bound;
}

char *units_unbind(char *text)
{
    char *to = text;

    for (const char *at = text; *at; to++)
        if (strncmp(at, no_break, strlen(no_break)) == 0) {
            *to = ' ';
            at += strlen(no_break);
        } else {
            *to = *at++;
        }
    *to = '\0';
    return text;
}

void units_print(FILE *out, const char *text, size_t size)
{
    char *copy = MUST(strndup(text, size));

    fputs(units_unbind(copy), out);
    free(copy);
}

char *units_decimal(double value, int digits, char text[32])
{
    char *point;

    snprintf(text, 32, "%.*f", digits, value);
    point = strchr(text, '.');
    if (point)
        *point = *M(".", ",");
    return text;
}
