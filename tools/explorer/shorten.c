// shorten.c - the same failure, told with less
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/explorer/shorten.h"

static bool search(const struct explore_request *request, const char *program,
                   const struct plan *plan, struct search_report *report)
{
    char *words = plan_search(plan), error[200];
    struct drive drive = {.program = program,
                          .arguments = request->arguments,
                          .request = words,
                          .seconds = plan->seconds + 2,
                          .stop = request->stop};
    bool done = report_search(&drive, NULL, NULL, report, error, sizeof error);

    free(words);
    if (!done)
        search_report_free(report);
    return done;
}

static void take(struct finding *finding, const struct plan *plan,
                 const struct found *found)
{
    free(finding->steps);
    finding->steps = MUST(strdup(found->schedule));
    finding->preemptions = found->preemptions;
    finding->plan = *plan;
}

// Is it found under plan? *exhausted: there is nothing more to look at.
static bool find_again(const struct explore_request *request,
                       const char *program, const struct plan *plan,
                       struct finding *finding, bool *exhausted)
{
    struct search_report report;
    bool found;

    *exhausted = false;
    if (!search(request, program, plan, &report))
        return false;
    found = report.found[finding->kind].schedule != NULL;
    *exhausted = report.exhausted && report.cut == 0;
    if (found)
        take(finding, plan, &report.found[finding->kind]);
    search_report_free(&report);
    return found;
}

enum { PREEMPTION_LIMIT = 6 }; // beyond it nobody counts

// With at most that many preemptions; first without accidents.
static bool find_with(const struct explore_request *request,
                      const char *program, int preemptions, double seconds,
                      struct finding *finding, bool *excluded)
{
    struct plan calm = finding->plan, plan = finding->plan;
    bool exhausted;

    plan.preemptions = calm.preemptions = preemptions;
    plan.seconds = calm.seconds = seconds;
    calm.spurious = calm.expiries = 0;
    if (find_again(request, program, &calm, finding, &exhausted))
        return true;
    if (plan.spurious == 0 && plan.expiries == 0) {
        *excluded = exhausted;
        return false;
    }
    return find_again(request, program, &plan, finding, excluded);
}

// Nobody is preempted, nothing accidental is chosen.
static bool is_calm(const struct finding *finding)
{
    return finding->preemptions == 0 && !strpbrk(finding->steps, "stw");
}

void shorten(const struct explore_request *request, const char *program,
             double seconds, struct finding *finding)
{
    int worst = finding->preemptions;
    bool excluded = true;

    finding->fewest = is_calm(finding);
    if (finding->fewest)
        return;
    finding->plan.strategy = "dfs";
    finding->plan.kind = finding->kind;
    finding->plan.delays = -1;
    finding->plan.max = 0;
    for (int n = 0; n <= worst && n <= PREEMPTION_LIMIT; n++) {
        bool exhausted = false;

        if (find_with(request, program, n, seconds / (2 * PREEMPTION_LIMIT),
                      finding, &exhausted)) {
            finding->fewest = excluded;
            return;
        }
        excluded = excluded && exhausted;
    }
    finding->fewest = excluded && worst == 0;
}

// What a person would call the consequence, rather than what came first.
static enum failure_kind worst_of(const struct search_report *report)
{
    static const enum failure_kind order[] = {
        ASSERTION, CRASH,    USE_AFTER_FREE, DOUBLE_FREE, OUT_OF_BOUNDS,
        DEADLOCK,  LIVELOCK, LOST_WAKEUP,    LOCK_MISUSE, USE_AFTER_RETURN,
        LEAK};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (report->found[order[i]].schedule)
            return order[i];
    return NO_FAILURE;
}

bool consequence_of(const struct explore_request *request, const char *program,
                    double seconds, struct finding *finding)
{
    struct plan plan = request->plan;
    struct search_report report;

    plan.strategy = "dpor";
    plan.points = POINTS_RACES;
    plan.keep_going = true;
    plan.kind = NO_FAILURE;
    plan.seconds = seconds;
    plan.max = 0;
    if (!search(request, program, &plan, &report))
        return false;
    finding->kind = worst_of(&report);
    if (finding->kind != NO_FAILURE)
        take(finding, &plan, &report.found[finding->kind]);
    search_report_free(&report);
    return finding->kind != NO_FAILURE;
}
