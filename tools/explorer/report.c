// report.c - words and numbers of what the engine says
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/report_parts.h"

// ---- Words ------------------------------------------------------------------

static const struct {
    const char *word, *english, *spanish;
} kinds[] = {
#define KIND_WORDS(name, word, english, spanish, check)                        \
    {#word, english, spanish},
    FAILURE_KINDS(KIND_WORDS)
#undef KIND_WORDS
};

static const struct {
    const char *word, *english, *spanish;
} objects[] = {
#define OBJECT_WORDS(name, word, english, spanish) {#word, english, spanish},
    OBJECT_KINDS(OBJECT_WORDS)
#undef OBJECT_WORDS
};

static const char *const operations[] = {
#define OPERATION_WORD(name, class) #name,
    OPERATIONS(OPERATION_WORD)
#undef OPERATION_WORD
};

const char *kind_word(enum failure_kind kind)
{
    return kinds[kind].word;
}

const char *kind_name(enum failure_kind kind)
{
    return M(kinds[kind].english, kinds[kind].spanish);
}

bool kind_named(const char *word, enum failure_kind *kind)
{
    for (int i = 0; i < FAILURE_KIND_COUNT; i++)
        if (strcmp(kinds[i].word, word) == 0) {
            *kind = (enum failure_kind)i;
            return true;
        }
    return false;
}

const char *operation_name(enum op_kind op)
{
    return operations[op];
}

const char *object_name(enum object_kind kind)
{
    return M(objects[kind].english, objects[kind].spanish);
}

bool parse_operation(const char *text, enum op_kind *op)
{
    for (int i = 0; i < OP_KINDS; i++)
        if (strcmp(operations[i], text) == 0) {
            *op = (enum op_kind)i;
            return true;
        }
    return false;
}

bool parse_object(const char *text, enum object_kind *kind)
{
    for (int i = 0; i < OBJECT_KIND_COUNT; i++)
        if (strcmp(objects[i].word, text) == 0) {
            *kind = (enum object_kind)i;
            return true;
        }
    return false;
}

// ---- Numbers ----------------------------------------------------------------

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool parse_u64(const char *text, uint64_t *value)
{
    char *end;

    if (!is_digit(*text))
        return false;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return !*end && errno == 0;
}

bool parse_i64(const char *text, int64_t *value)
{
    char *end;

    if (!is_digit(*text == '-' ? text[1] : *text))
        return false;
    errno = 0;
    *value = strtoll(text, &end, 10);
    return !*end && errno == 0;
}

bool parse_int(const char *text, int *value)
{
    int64_t wide;

    if (!parse_i64(text, &wide) || wide < INT_MIN || wide > INT_MAX)
        return false;
    *value = (int)wide;
    return true;
}

bool parse_flag(const char *text, bool *value)
{
    *value = *text == '1';
    return (*text == '0' || *text == '1') && !text[1];
}

bool parse_address(const char *text, uint64_t *value)
{
    char *end;

    *value = 0;
    if (strcmp(text, "0") == 0 || strcmp(text, "(nil)") == 0)
        return true;
    if (strncmp(text, "0x", 2) != 0 ||
        strspn(text + 2, "0123456789abcdef") != strlen(text + 2))
        return false;
    errno = 0;
    *value = strtoull(text + 2, &end, 16);
    return end != text + 2 && errno == 0;
}

bool parse_seconds(const char *text, double *value)
{
    char *end;

    if (!is_digit(*text) || strspn(text, "0123456789.") != strlen(text))
        return false;
    *value = strtod(text, &end);
    return !*end;
}

// ---- The rest ---------------------------------------------------------------

void *grow(void *array, size_t count, size_t element_bytes)
{
    if (count == 0 || (count & (count - 1)) == 0)
        return MUST(reallocarray(array, count ? 2 * count : 1, element_bytes));
    return array;
}

// That more threads are wanted than the small engine has is said in its text.
bool take_refusal(struct refusal *refusal, char **fields, size_t count)
{
    if (count != 3 || !parse_address(fields[1], &refusal->pc))
        return false;
    refusal->refused = true;
    snprintf(refusal->text, sizeof refusal->text, "%s", fields[2]);
    refusal->crowded =
        strstr(fields[2], " 32 threads") || strstr(fields[2], " 32 hilos");
    return true;
}
