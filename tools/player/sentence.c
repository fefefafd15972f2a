// sentence.c - a sentence of a lesson with the facts of a run in it
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/player/sentence.h"

// The length of the name of a fact that begins at text, 0 when none does.
static size_t name_length(const char *text)
{
    size_t length = 0;

    if (!isalpha((unsigned char)*text) && *text != '_')
        return 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_' ||
           text[length] == '.')
        length++;
    return length < FACT_NAME_SIZE ? length : 0;
}

bool sentence_check(const char *text, char *error, size_t error_size)
{
    for (const char *at = text; (at = strpbrk(at, "{}")); at++) {
        size_t length = *at == '{' ? name_length(at + 1) : 0;

        if (length == 0 || at[1 + length] != '}') {
            snprintf(error, error_size,
                     M("no {FACT} at \"%.20s\"", "no hay {HECHO} en \"%.20s\""),
                     at);
            return false;
        }
        at += length + 1;
    }
    return true;
}

// Takes the {name} at *at and leaves *at behind it.
static void take_name(const char **at, char name[FACT_NAME_SIZE])
{
    size_t length = name_length(*at + 1);

    memcpy(name, *at + 1, length);
    name[length] = '\0';
    *at += length + 2;
}

bool sentence_names(const char *text,
                    bool (*use)(const char *name, void *context), void *context)
{
    char name[FACT_NAME_SIZE];

    for (const char *at = text; (at = strchr(at, '{'));) {
        take_name(&at, name);
        if (!use(name, context))
            return false;
    }
    return true;
}

// 1234567 as "1,234,567" or "1 234 567"; Spanish leaves four digits together.
static void put_number(FILE *out, long long value)
{
    char digits[32];
    size_t length, smallest = lang_is_spanish ? 5 : 4;

    snprintf(digits, sizeof digits, "%lld", value);
    length = strlen(digits) - (value < 0);
    if (value < 0)
        fputc('-', out);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0 && length >= smallest)
            fputs(M(",", "\u00a0"), out);
        fputc(digits[i + (value < 0)], out);
    }
}

char *sentence_fill(const char *text, const struct facts *facts)
{
    char *filled, name[FACT_NAME_SIZE];
    size_t size;
    FILE *out = MUST(open_memstream(&filled, &size));
    bool whole = true;

    while (*text) {
        const struct fact_value *fact = NULL;
        size_t plain = strcspn(text, "{");

        fwrite(text, 1, plain, out);
        text += plain;
        if (!*text)
            break;
        take_name(&text, name);
        fact = facts_find(facts, name);
        put_number(out, fact ? fact->value : 0);
        whole = whole && fact;
    }
    fclose(out);
    if (whole)
        return filled;
    free(filled);
    return NULL;
}
