// pair.c - two files that say the same, each in its language
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/player/pair.h"
#include "tools/player/sentence.h"

struct pair {
    const struct lesson *es, *en;
    pair_complain *hear;
    void *context;
};

__attribute__((format(printf, 3, 4))) static void
complain(const struct pair *pair, int line, const char *format, ...)
{
    char what[512];
    va_list rest;

    va_start(rest, format);
    vsnprintf(what, sizeof what, format, rest);
    va_end(rest);
    pair->hear(pair->en, line, what, pair->context);
}

static bool is_other_name(const char *name, void *wanted)
{
    return strcmp(name, wanted) != 0;
}

static bool is_in_figure(const char *name, void *figure)
{
    return !sentence_names(figure, is_other_name, (void *)name);
}

static bool names_are_among(const char *figure, const char *other)
{
    return sentence_names(figure, is_in_figure, (void *)other);
}

static const struct item *next_directive(const struct step *step, size_t *index)
{
    while (*index < step->item_count)
        if (step->items[(*index)++].verb != VERB_TEXT)
            return &step->items[*index - 1];
    return NULL;
}

// Two sentences of a figure, each in its language: with the same facts?
static bool figures_agree(const char *a, const char *b)
{
    return names_are_among(a, b) && names_are_among(b, a);
}

static bool same_value(const struct attribute *said, const char *other)
{
    if (strcmp(said->key, "figure") == 0)
        return figures_agree(said->value, other);
    return strcmp(said->value, other) == 0;
}

static bool same_attributes(const struct item *a, const struct item *b)
{
    if (a->attribute_count != b->attribute_count)
        return false;
    for (size_t i = 0; i < a->attribute_count; i++) {
        const char *other = item_value(b, a->attributes[i].key);

        if (!other || !same_value(&a->attributes[i], other))
            return false;
    }
    return true;
}

static void check_same_directives(const struct pair *pair, size_t number)
{
    const struct step *a = &pair->es->steps[number],
                      *b = &pair->en->steps[number];
    const struct item *left, *right;
    size_t i = 0, j = 0;

    if (a->minutes != b->minutes)
        complain(pair, b->line,
                 M("other minutes than %s:%d", "otros minutos que %s:%d"),
                 pair->es->path, a->line);
    do {
        left = next_directive(a, &i);
        right = next_directive(b, &j);
        if (!left && !right)
            return;
        if (left && right && left->verb == right->verb &&
            same_attributes(left, right))
            continue;
        complain(pair, right ? right->line : b->line,
                 M("not the directive of %s:%d", "no es la directiva de %s:%d"),
                 pair->es->path, left ? left->line : a->line);
    } while (left && right && left->verb == right->verb);
}

void pair_check(const struct lesson *es, const struct lesson *en,
                pair_complain *hear, void *context)
{
    struct pair whole = {es, en, hear, context}, *pair = &whole;
    size_t count =
        es->step_count < en->step_count ? es->step_count : en->step_count;

    if (es->step_count != en->step_count)
        complain(pair, 1,
                 M("%zu steps, but %zu in %s", "%zu pasos, pero %zu en %s"),
                 en->step_count - 1, es->step_count - 1, es->path);
    for (size_t s = 0; s < count; s++) {
        if (strcmp(es->steps[s].id, en->steps[s].id) != 0) {
            complain(pair, en->steps[s].line,
                     M("step \"%s\", but \"%s\" in %s:%d",
                       "paso \"%s\", pero \"%s\" en %s:%d"),
                     en->steps[s].id, es->steps[s].id, es->path,
                     es->steps[s].line);
            return;
        }
        check_same_directives(pair, s);
    }
}
