// plan.c - what the engine is asked for
#include <stdio.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/plan.h"
#include "tools/explorer/report.h"

struct plan plan_usual(void)
{
    return (struct plan){.strategy = "dpor",
                         .points = POINTS_SYNC,
                         .preemptions = -1,
                         .delays = -1,
                         .depth = 3,
                         .spurious = 1,
                         .expiries = 2,
                         .steps = 20000,
                         .seed = 1};
}

// What a search and a replay have in common.
static char *common(const struct plan *plan, const char *mode)
{
    char *words;

    MUST(asprintf(&words,
                  "mode=%s lang=%s points=%s spurious=%d expiries=%d steps=%d "
                  "keep_going=%d seed=%llu%s%s",
                  mode, lang_name(), points_word(plan->points), plan->spurious,
                  plan->expiries, plan->steps, plan->keep_going,
                  (unsigned long long)plan->seed, plan->check ? " check=" : "",
                  plan->check ? plan->check : ""));
    return words;
}

char *plan_search(const struct plan *plan)
{
    char *first = common(plan, "search"), *words;
    bool one_kind = plan->kind != NO_FAILURE;

    MUST(asprintf(&words,
                  "%s strategy=%s preemptions=%d delays=%d depth=%d max=%llu "
                  "seconds=%.3f%s%s",
                  first, plan->strategy, plan->preemptions, plan->delays,
                  plan->depth, (unsigned long long)plan->max, plan->seconds,
                  one_kind ? " kind=" : "",
                  one_kind ? kind_word(plan->kind) : ""));
    free(first);
    return words;
}

char *plan_replay(const struct plan *plan, const char *steps, bool finish,
                  bool all_accesses)
{
    char *first = common(plan, "replay"), *words;

    MUST(asprintf(&words, "%s then=%s detail=%s%s%s", first,
                  finish ? "finish" : "stop", all_accesses ? "all" : "shared",
                  *steps ? " schedule=" : "", steps));
    free(first);
    return words;
}
