// facts.c - what the runs of a step said about themselves
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/player/facts.h"

const struct fact_value *facts_find(const struct facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->count; i++)
        if (strcmp(facts->list[i].name, name) == 0)
            return &facts->list[i];
    return NULL;
}

static struct fact_value *place_for(struct facts *facts, const char *name)
{
    struct fact_value *place = (struct fact_value *)facts_find(facts, name);

    if (place)
        return place;
    if (facts->count == FACTS_LIMIT)
        return NULL;
    if (!facts->list)
        facts->list = MUST(calloc(FACTS_LIMIT, sizeof *facts->list));
    place = &facts->list[facts->count++];
    strcpy(place->name, name);
    return place;
}

static bool set_one(struct facts *facts, const char *name, long long value,
                    int run)
{
    struct fact_value *place;

    if (strlen(name) >= FACT_NAME_SIZE || !(place = place_for(facts, name)))
        return false;
    place->value = value;
    place->run = run;
    return true;
}

bool facts_set(struct facts *facts, const char *prefix, const char *name,
               long long value, int run)
{
    char full[2 * FACT_NAME_SIZE];

    if (!set_one(facts, name, value, run))
        return false;
    if (!prefix)
        return true;
    if (snprintf(full, sizeof full, "%s.%s", prefix, name) >= (int)sizeof full)
        return false;
    return set_one(facts, full, value, run);
}

static bool is_name(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    return length > 0 && !text[length] && !isdigit((unsigned char)*text);
}

// line: "fact NAME VALUE", its newline cut off.
static bool take_line(struct facts *facts, const char *prefix, char *line,
                      int run)
{
    char *name = line + 5, *space, *end;
    long long value;

    if (strncmp(line, "fact ", 5) != 0 || !(space = strchr(name, ' ')))
        return false;
    *space = '\0';
    errno = 0;
    value = strtoll(space + 1, &end, 10);
    if (end == space + 1 || *end || errno || !is_name(name))
        return false;
    return facts_set(facts, prefix, name, value, run);
}

size_t facts_take(struct facts *facts, const char *prefix, const char *text,
                  int run)
{
    char *copy = MUST(strdup(text));
    size_t refused = 0;

    for (char *rest = copy, *line; (line = strsep(&rest, "\n"));)
        if (*line && !take_line(facts, prefix, line, run))
            refused++;
    free(copy);
    return refused;
}

void facts_free(struct facts *facts)
{
    free(facts->list);
    *facts = (struct facts){0};
}
