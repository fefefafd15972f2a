// claims_need.c - which experiments of its step a claim needs
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/player/claim.h"
#include "tools/player/claims_need.h"

enum { SOURCE_LIMIT_BYTES = 1 << 20 };

struct need {
    const char *name; // of the lesson
    const struct step *step;
    size_t claim;
    bool *needed;
};

bool claims_is_experiment(const struct item *item)
{
    return item->verb == VERB_RUN || item->verb == VERB_EXPLORE ||
           item->verb == VERB_PLOT;
}

static bool mark_all(const struct need *need)
{
    for (size_t i = 0; i < need->claim; i++)
        need->needed[i] |= claims_is_experiment(&need->step->items[i]);
    return true;
}

// The latest before the claim. Returns whether there is one.
static bool mark_latest(const struct need *need, enum verb verb)
{
    for (size_t i = need->claim; i-- > 0;)
        if (need->step->items[i].verb == verb)
            return need->needed[i] = true;
    return false;
}

static bool mark_called(const struct need *need, const char *as, size_t length)
{
    for (size_t i = 0; i < need->claim; i++) {
        const char *name = item_value(&need->step->items[i], "as");

        if (name && strlen(name) == length && strncmp(name, as, length) == 0)
            return need->needed[i] = true;
    }
    return false;
}

// Does "fact", in its quotes, stand in the source of the program?
static bool source_names(const char *lesson, const char *program,
                         const char *fact)
{
    char *path = course_path("lessons/%s/%s.c", lesson, program), *quoted;
    char *source = keep_read(path, SOURCE_LIMIT_BYTES, NULL);
    bool there;

    MUST(asprintf(&quoted, "\"%s\"", fact));
    there = source && strstr(source, quoted);
    free(quoted);
    free(source);
    free(path);
    return there;
}

static bool mark_who_says(const struct need *need, const char *fact)
{
    bool any = false;

    for (size_t i = 0; i < need->claim; i++) {
        const struct item *item = &need->step->items[i];

        if (item->verb == VERB_RUN &&
            source_names(need->name, item_value(item, "program"), fact))
            any = need->needed[i] = true;
    }
    return any;
}

static bool every_run_says(const char *fact)
{
    static const char *const built_in[] = {
        "exit_status",  "signal",       "timed_out",   "stdout_bytes",
        "stderr_bytes", "stdout_lines", "stderr_lines"};

    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (strcmp(built_in[i], fact) == 0)
            return true;
    return false;
}

// Of the summary of a plot: "median.ns.read.4096".
static bool is_statistic(const char *fact)
{
    static const char *const names[] = {"median.", "low.", "high.", "count.",
                                        "x."};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(fact, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static bool mark(const char *fact, void *context)
{
    const struct need *need = context;
    const char *dot = strchr(fact, '.');
    size_t prefix = dot ? (size_t)(dot - fact) : 0;

    if (dot && mark_called(need, fact, prefix))
        return true;
    if (strncmp(fact, "explore.", 8) == 0 && mark_latest(need, VERB_EXPLORE))
        return true;
    if (is_statistic(fact) && mark_latest(need, VERB_PLOT))
        return true;
    if (every_run_says(fact) && mark_latest(need, VERB_RUN))
        return true;
    return mark_who_says(need, fact) || mark_all(need);
}

bool claims_can_say(const struct step *step, size_t claim, const char *fact)
{
    bool needed[ITEM_LIMIT] = {false};
    struct need need = {"", step, claim, needed};
    const char *dot = strchr(fact, '.');

    if (!dot)
        return mark_latest(&need, VERB_RUN) || mark_latest(&need, VERB_PLOT);
    if (strncmp(fact, "explore.", 8) == 0)
        return mark_latest(&need, VERB_EXPLORE);
    if (is_statistic(fact))
        return mark_latest(&need, VERB_PLOT);
    return mark_called(&need, fact, (size_t)(dot - fact));
}

void claims_need(const char *name, const struct step *step, size_t claim,
                 bool needed[ITEM_LIMIT])
{
    struct need need = {name, step, claim, needed};

    claim_names(&step->items[claim], mark, &need);
}
