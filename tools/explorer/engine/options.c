// options.c - what the driver asks for, from the environment
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/options.h"
#include "tools/explorer/engine/search.h"
#include "tools/explorer/protocol.h"

static const char *const kind_words[] = {
#define KIND_WORD(name, word, english, spanish, check) [name] = #word,
    FAILURE_KINDS(KIND_WORD)
#undef KIND_WORD
};

static const char *const kind_checks[] = {
#define KIND_CHECK(name, word, english, spanish, check) [name] = #check,
    FAILURE_KINDS(KIND_CHECK)
#undef KIND_CHECK
};

const char *kind_word(enum failure_kind kind)
{
    return kind_words[kind];
}

_Noreturn static void unknown(const char *key, const char *value)
{
    engine_refuse("%s: %s=%s", WEAVE_VARIABLE, key, value);
}

// The place of value in a list that ends with NULL.
static int one_of(const char *key, const char *value, const char *const *list)
{
    for (int i = 0; list[i]; i++)
        if (!strcmp(list[i], value))
            return i;
    unknown(key, value);
}

static unsigned checks_of(const char *list)
{
    unsigned checks = 0;

    for (int kind = 1; kind < FAILURE_KIND_COUNT; kind++) {
        const char *at = strstr(list, kind_checks[kind]);

        if (at)
            checks |= 1u << kind;
    }
    return checks;
}

static enum failure_kind kind_of(const char *value)
{
    for (int kind = 0; kind < FAILURE_KIND_COUNT; kind++)
        if (!strcmp(kind_words[kind], value))
            return (enum failure_kind)kind;
    unknown("kind", value);
}

static const char *const mode_names[] = {"search", "replay", NULL};
static const char *const point_names[] = {"sync", "races", "accesses", NULL};
static const char *const strategy_names[] = {"dfs",  "dpor", "random", "pos",
                                             "walk", "pct",  NULL};

static bool set_words(const char *key, const char *value)
{
    if (!strcmp(key, "mode"))
        loom.mode = (enum loom_mode)one_of(key, value, mode_names);
    else if (!strcmp(key, "points"))
        loom.points = (enum points)one_of(key, value, point_names);
    else if (!strcmp(key, "strategy"))
        search.strategy = (enum strategy)one_of(key, value, strategy_names);
    else if (!strcmp(key, "kind"))
        loom.kind = kind_of(value);
    else if (!strcmp(key, "check"))
        loom.checks = checks_of(value);
    else if (!strcmp(key, "schedule"))
        loom.schedule = value;
    else if (!strcmp(key, "then"))
        loom.finishes = !strcmp(value, "finish");
    else if (!strcmp(key, "detail"))
        loom.tells_all = !strcmp(value, "all");
    else if (!strcmp(key, "lang"))
        lang_set(value);
    else
        return false;
    return true;
}

static bool set_numbers(const char *key, const char *value)
{
    char *end;
    double number = strtod(value, &end);

    if (end == value || *end)
        unknown(key, value);
    if (!strcmp(key, "preemptions"))
        search.preemption_limit = (int)number;
    else if (!strcmp(key, "delays"))
        search.delay_limit = (int)number;
    else if (!strcmp(key, "depth"))
        search.depth = (int)number;
    else if (!strcmp(key, "max"))
        loom.max = (uint64_t)number;
    else if (!strcmp(key, "seconds"))
        loom.seconds = number;
    else if (!strcmp(key, "steps"))
        search.step_limit = (int)number;
    else if (!strcmp(key, "spurious"))
        loom.spurious = (int)number;
    else if (!strcmp(key, "expiries"))
        loom.expiries = (int)number;
    else if (!strcmp(key, "keep_going"))
        loom.keep_going = number != 0;
    else if (!strcmp(key, "seed"))
        loom.seed = (uint64_t)number;
    else if (!strcmp(key, "states"))
        loom.wants_states = number != 0;
    else
        return false;
    return true;
}

static void set_usual(void)
{
    search.strategy = STRATEGY_DPOR;
    search.preemption_limit = search.delay_limit = -1;
    search.depth = 3;
    search.step_limit = 20000;
    loom.spurious = 1;
    loom.expiries = 2;
    loom.checks = ~(1u << LEAK);
}

void options_read(void)
{
    const char *given = getenv(WEAVE_VARIABLE);
    char *words = strdup(given ? given : ""), *rest = words, *word;

    unsetenv(WEAVE_VARIABLE);
    set_usual();
    while ((word = strsep(&rest, " "))) {
        char *value = strchr(word, '=');

        if (!*word)
            continue;
        if (!value)
            unknown(word, "");
        *value++ = '\0';
        if (!set_words(word, value) && !set_numbers(word, value))
            unknown(word, value);
    }
    if (search.step_limit < 1 || search.step_limit > NODE_LIMIT - 1)
        search.step_limit = NODE_LIMIT - 1;
}
