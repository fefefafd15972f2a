// condition.c - the small language in which a lesson says what is right
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/player/condition.h"

// One pass reads, evaluates and visits the names.
struct scan {
    const char *at;
    const struct facts *facts; // NULL: only read
    bool (*use)(const char *name, void *context);
    void *context;
    bool going_on; // use wants more
    bool unknown;  // a fact does not exist
    bool wrong;    // what follows makes no sense
    char *error;
    size_t error_size;
};

static bool complain(struct scan *scan, const char *what)
{
    if (!scan->wrong && scan->error)
        snprintf(scan->error, scan->error_size,
                 M("%s before \"%.20s\"", "%s antes de \"%.20s\""), what,
                 scan->at);
    scan->wrong = true;
    return false;
}

static void skip_spaces(struct scan *scan)
{
    scan->at += strspn(scan->at, " \t");
}

static long long integer(struct scan *scan)
{
    char *end;
    long long value;

    errno = 0;
    value = strtoll(scan->at, &end, 10);
    if (end == scan->at || errno)
        complain(scan, M("no integer", "no hay un entero"));
    else
        scan->at = end;
    return value;
}

static long long value_of(struct scan *scan, const char *name)
{
    const struct fact_value *fact;

    if (scan->use && scan->going_on)
        scan->going_on = scan->use(name, scan->context);
    if (!scan->facts)
        return 0;
    fact = facts_find(scan->facts, name);
    if (!fact)
        scan->unknown = true;
    return fact ? fact->value : 0;
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static long long operand(struct scan *scan)
{
    char name[FACT_NAME_SIZE];
    size_t length = 0;

    skip_spaces(scan);
    if (*scan->at == '-' || isdigit((unsigned char)*scan->at))
        return integer(scan);
    while (in_name(scan->at[length]))
        length++;
    if (length == 0 || length >= sizeof name)
        return complain(scan, M("a fact or a number is missing",
                                "falta un hecho o un número"));
    memcpy(name, scan->at, length);
    name[length] = '\0';
    scan->at += length;
    return value_of(scan, name);
}

enum comparison { EQUAL, UNEQUAL, AT_MOST, AT_LEAST, LESS, MORE, NONE };

static enum comparison operator_at(struct scan *scan)
{
    static const char *const signs[] = {"==", "!=", "<=", ">=", "<", ">"};

    skip_spaces(scan);
    for (int i = 0; i < NONE; i++)
        if (strncmp(scan->at, signs[i], strlen(signs[i])) == 0) {
            scan->at += strlen(signs[i]);
            return (enum comparison)i;
        }
    complain(scan, M("one of == != < <= > >= is missing",
                     "falta uno de == != < <= > >="));
    return NONE;
}

static bool compare(long long a, enum comparison how, long long b)
{
    switch (how) {
    case EQUAL:
        return a == b;
    case UNEQUAL:
        return a != b;
    case AT_MOST:
        return a <= b;
    case AT_LEAST:
        return a >= b;
    case LESS:
        return a < b;
    case MORE:
        return a > b;
    case NONE:
        break;
    }
    return false;
}

static bool comparison(struct scan *scan)
{
    long long a = operand(scan);
    enum comparison how = scan->wrong ? NONE : operator_at(scan);
    long long b = scan->wrong ? 0 : operand(scan);

    return compare(a, how, b);
}

static bool take_sign(struct scan *scan, char sign)
{
    skip_spaces(scan);
    if (scan->wrong || *scan->at != sign)
        return false;
    scan->at++;
    return true;
}

static bool all_of(struct scan *scan)
{
    bool holds = comparison(scan);

    while (take_sign(scan, '&'))
        holds = comparison(scan) && holds;
    return holds;
}

static bool any_of(struct scan *scan)
{
    bool holds = all_of(scan);

    while (take_sign(scan, '|'))
        holds = all_of(scan) || holds;
    if (!scan->wrong && *scan->at)
        complain(scan,
                 M("& or | or the end is missing", "falta & o | o el final"));
    return holds;
}

static bool is_otherwise(const char *text)
{
    text += strspn(text, " \t");
    return strncmp(text, "otherwise", 9) == 0 &&
           !text[9 + strspn(text + 9, " \t")];
}

bool condition_check(const char *text, char *error, size_t error_size)
{
    struct scan scan = {.at = text, .error = error, .error_size = error_size};

    if (is_otherwise(text))
        return true;
    any_of(&scan);
    return !scan.wrong;
}

enum truth condition_holds(const char *text, const struct facts *facts)
{
    struct scan scan = {.at = text, .facts = facts};
    bool holds;

    if (is_otherwise(text))
        return IS_TRUE;
    holds = any_of(&scan);
    if (scan.wrong || scan.unknown)
        return NOT_KNOWN;
    return holds ? IS_TRUE : NOT_TRUE;
}

bool condition_names(const char *text,
                     bool (*use)(const char *name, void *context),
                     void *context)
{
    struct scan scan = {
        .at = text, .use = use, .context = context, .going_on = true};

    if (!is_otherwise(text))
        any_of(&scan);
    return scan.going_on;
}
