// explorer.c - is there a schedule in which this program goes wrong?
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/bounds.h"
#include "tools/explorer/explorer.h"
#include "tools/explorer/shorten.h"
#include "tools/explorer/tell.h"

// The engine watches its time between executions, and an execution without end
// itself; this is for when it cannot.
enum { GRACE_SECONDS = 30 };

struct exploring {
    const struct explore_request *request;
    struct exploration *result;
    struct finding finding; // steps NULL: none yet
    uint64_t max_left;      // 0: no limit
    bool out_of_max;
    bool late;         // the engine had to be killed: it would have to be again
    bool more_wakeups; // without a reason were possible, but for the budget
    bool crowded, refused;
    bool bound_exhausted; // nothing is left with so few preemptions
    char *error;
    size_t error_size;
};

// ---- One search -------------------------------------------------------------

static void progress(void *context, const struct search_report *now)
{
    struct exploring *work = context;
    struct search_report all = *now;

    all.executions += work->result->executions;
    all.redundant += work->result->redundant;
    all.failing += work->result->failing;
    if (work->request->progress)
        work->request->progress(work->request->context, &all);
}

static void count_effort(struct exploration *result, const struct plan *plan,
                         const struct search_report *report)
{
    struct effort *effort = &result->efforts[result->effort_count];

    if (result->effort_count < EFFORT_LIMIT)
        result->effort_count++;
    else
        effort--;
    *effort = (struct effort){plan->strategy, plan->delays, report->executions,
                              report->exhausted};
}

static struct status_count *status_of(struct exploration *result, int status)
{
    struct status_count *counts;

    for (size_t i = 0; i < result->status_count; i++)
        if (result->statuses[i].status == status)
            return &result->statuses[i];
    counts = MUST(
        realloc(result->statuses, (result->status_count + 1) * sizeof *counts));
    result->statuses = counts;
    counts[result->status_count] = (struct status_count){.status = status};
    return &counts[result->status_count++];
}

static void add_statuses(struct exploration *result,
                         const struct search_report *report)
{
    for (size_t i = 0; i < report->status_count; i++)
        status_of(result, report->statuses[i].status)->count +=
            report->statuses[i].count;
}

static void take_numbers(struct exploring *work, const struct plan *plan,
                         const struct search_report *report)
{
    struct exploration *result = work->result;

    count_effort(result, plan, report);
    add_statuses(result, report);
    if (!result->first_failure && report->first_failure)
        result->first_failure = result->executions + report->first_failure;
    result->executions += report->executions;
    result->redundant += report->redundant;
    result->cut += report->cut;
    result->failing += report->failing;
    result->seconds += report->seconds;
    result->strategy = plan->strategy;
    result->points = plan->points;
    if (work->max_left) {
        work->out_of_max = report->executions >= work->max_left;
        work->max_left -= work->out_of_max ? 0 : report->executions;
    }
}

// The failure that is told: a data race before what came of it.
static void take_failure(struct exploring *work, const struct plan *plan,
                         const struct search_report *report)
{
    enum failure_kind kind =
        report->found[DATA_RACE].schedule ? DATA_RACE : report->first_kind;

    if (kind == NO_FAILURE || work->finding.steps)
        return;
    work->finding =
        (struct finding){.kind = kind,
                         .steps = MUST(strdup(report->found[kind].schedule)),
                         .preemptions = report->found[kind].preemptions,
                         .plan = *plan};
}

static bool is_stopped(const struct exploring *work)
{
    return work->request->stop && *work->request->stop;
}

// Behind an error that the engine told of: where it happened.
static void add_place(struct exploring *work, uint64_t pc)
{
    size_t used = strlen(work->error);
    char place[300];

    if (!pc)
        return;
    tell_place(work->result->names, pc, place, sizeof place);
    if (*place)
        snprintf(work->error + used, work->error_size - used, " (%s)", place);
}

// The budget of wakeups without a reason grows from none (search_all): only the
// last one bounds anything.
static void take_bounds(struct exploring *work, const struct plan *plan,
                        struct search_report *report)
{
    size_t kept = 0;

    work->more_wakeups = false;
    for (size_t i = 0; i < report->bound_count; i++) {
        bool is_budget = strcmp(report->bounds[i].name, "spurious") == 0;

        work->more_wakeups |= is_budget;
        if (!is_budget || plan->spurious >= work->request->plan.spurious)
            report->bounds[kept++] = report->bounds[i];
        else
            free(report->bounds[i].name);
    }
    report->bound_count = kept;
    bounds_take(work->result, plan, report);
}

// Returns false when it cannot be judged; error says why.
static bool search(struct exploring *work, struct plan plan,
                   struct search_report *report)
{
    const struct explore_request *request = work->request;
    struct drive drive = {
        .program = work->result->build.program,
        .arguments = request->arguments,
        .seconds = plan.seconds > 0 ? plan.seconds + GRACE_SECONDS : 0,
        .stop = request->stop};
    char *words;
    bool done;

    plan.max = work->max_left;
    words = plan_search(&plan);
    drive.request = words;
    done = report_search(&drive, progress, work, report, work->error,
                         work->error_size);
    free(words);
    work->crowded = report->crowded;
    work->refused = report->refused;
    if (!done) {
        add_place(work, report->refused_pc);
        return false;
    }
    take_numbers(work, &plan, report);
    take_failure(work, &plan, report);
    take_bounds(work, &plan, report);
    work->result->interrupted = is_stopped(work);
    work->late = !report->is_complete && !work->result->interrupted;
    if (work->late)
        bounds_unfinished(work->result);
    return true;
}

// ---- All of them ------------------------------------------------------------

static bool search_once(struct exploring *work, struct plan plan)
{
    struct search_report report;
    bool done = search(work, plan, &report);

    work->bound_exhausted = false;
    if (done && report.exhausted && report.cut == 0 && plan.delays < 0 &&
        report.is_complete &&
        (strcmp(plan.strategy, "dpor") == 0 ||
         strcmp(plan.strategy, "dfs") == 0)) {
        work->bound_exhausted = plan.preemptions >= 0;
        work->result->exhausted = plan.preemptions < 0;
    }
    search_report_free(&report);
    return done;
}

static bool goes_on(const struct exploring *work)
{
    return !work->finding.steps && !work->result->interrupted &&
           !work->out_of_max && !work->late;
}

// What finds failures where not all can be tried: Yuan, Yang and Gu, "Partial
// order aware concurrency sampling", CAV 2018; Burckhardt and others, "A
// randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS
// 2010; Emmi, Qadeer and Rakamaric, "Delay-bounded scheduling", POPL 2011.
static bool sample(struct exploring *work, int spurious, double seconds)
{
    static const struct {
        const char *strategy;
        int delays;
    } ways[] = {{"pos", -1}, {"walk", -1}, {"pct", -1}, {"dfs", 1}, {"dfs", 2}};
    const int count = sizeof ways / sizeof *ways;

    for (int i = 0; i < count && goes_on(work); i++) {
        struct plan plan = work->request->plan;

        if (ways[i].delays >= 0 && plan.preemptions >= 0)
            continue; // one bound at a time
        plan.strategy = ways[i].strategy;
        plan.delays = ways[i].delays;
        plan.spurious = spurious;
        plan.seconds = seconds / count;
        if (!search_once(work, plan))
            return false;
    }
    return true;
}

static bool search_within(struct exploring *work, int spurious, double seconds)
{
    struct plan plan = work->request->plan;

    plan.spurious = spurious;
    plan.seconds = seconds;
    work->result->exhausted = false;
    if (strcmp(plan.strategy, "auto") != 0)
        return search_once(work, plan);
    // A bound on preemptions would make dpor miss what is within it.
    plan.strategy = plan.preemptions < 0 ? "dpor" : "dfs";
    plan.seconds = seconds / 2;
    if (!search_once(work, plan))
        return false;
    if (work->result->exhausted || work->bound_exhausted || !goes_on(work))
        return true;
    return sample(work, spurious, seconds / 2 - seconds / 10);
}

// Who sleeps at a condition for ever is awake as long as the budget allows a
// wakeup without a reason: so all smaller budgets have to be gone through too.
static bool search_all(struct exploring *work)
{
    int most = work->request->plan.spurious;
    bool all_exhausted = true;

    for (int spurious = 0; spurious <= most; spurious++) {
        double left = work->request->plan.seconds - work->result->seconds;
        double seconds = left / (most - spurious + 1);

        if (work->request->plan.seconds <= 0) {
            seconds = 0;
        } else if (left <= 0) { // 0 would be no limit
            all_exhausted = false;
            break;
        }
        if (!search_within(work, spurious, seconds))
            return false;
        all_exhausted &= work->result->exhausted;
        if (!goes_on(work) || !work->more_wakeups)
            break;
    }
    work->result->exhausted = all_exhausted;
    return true;
}

// ---- A failure --------------------------------------------------------------

static char *text_of(const struct exploring *work,
                     const struct finding *finding)
{
    struct schedule schedule = {.points = finding->plan.points,
                                .spurious = finding->plan.spurious,
                                .build = work->result->build.hash,
                                .steps = finding->steps};

    return schedule_text(&schedule);
}

static bool replay(struct exploring *work, const struct plan *plan,
                   const char *steps, struct replay *replay)
{
    char *words = plan_replay(plan, steps, true, false);
    struct drive drive = {.program = work->result->build.program,
                          .arguments = work->request->arguments,
                          .request = words,
                          .seconds = 20,
                          .stop = work->request->stop};
    bool done = report_replay(&drive, replay, work->error, work->error_size);

    free(words);
    if (!done) {
        add_place(work, replay->refused_pc);
        replay_free(replay);
    }
    return done;
}

// It has to fail as the search said: else nothing is to be believed.
static bool replay_finding(struct exploring *work,
                           const struct finding *finding)
{
    struct replay *told = &work->result->replay;
    struct plan plan = finding->plan;

    plan.keep_going = finding->kind != DATA_RACE;
    plan.kind = NO_FAILURE;
    if (!replay(work, &plan, finding->steps, told))
        return false;
    if (told->failure.kind == finding->kind && !told->misfit)
        return true;
    snprintf(work->error, work->error_size,
             M("the replay of %s ended differently (%s): a fault of the engine",
               "la repetición de %s terminó distinto (%s): es una falla del "
               "motor"),
             kind_word(finding->kind), kind_word(told->failure.kind));
    return false;
}

static double share(const struct exploring *work, double part, double most)
{
    double seconds = work->request->plan.seconds * part;

    return seconds > most || seconds <= 0 ? most : seconds;
}

static void show_consequence(struct exploring *work)
{
    struct finding finding = {.steps = NULL};
    struct exploration *result = work->result;

    if (result->kind != DATA_RACE || !work->request->points_are_auto)
        return;
    if (consequence_of(work->request, result->build.program,
                       share(work, 0.1, 0.5), &finding)) {
        shorten(work->request, result->build.program, share(work, 0.1, 0.5),
                &finding);
        result->consequence = finding.kind;
        result->consequence_schedule = text_of(work, &finding);
    }
    free(finding.steps);
}

static bool tell_failure(struct exploring *work)
{
    struct exploration *result = work->result;
    struct finding *finding = &work->finding;

    result->verdict = FAILED;
    result->kind = finding->kind;
    shorten(work->request, result->build.program, share(work, 0.2, 2), finding);
    result->schedule = text_of(work, finding);
    result->preemptions = finding->preemptions;
    result->fewest = finding->fewest;
    show_consequence(work);
    return replay_finding(work, finding);
}

// ---- The interface ----------------------------------------------------------

static bool begin(struct exploring *work, bool many_tasks)
{
    struct build_request build = work->request->build;
    struct exploration *result = work->result;

    build.many_tasks = many_tasks;
    if (!build_program(&build, &result->build, work->error, work->error_size))
        return false;
    result->names =
        names_open(result->build.program, work->error, work->error_size);
    return result->names != NULL;
}

static bool explore_with(struct exploring *work, bool many_tasks)
{
    struct exploration *result = work->result;

    *result = (struct exploration){0};
    work->max_left = work->request->plan.max;
    work->crowded = work->out_of_max = false;
    if (!begin(work, many_tasks) || !search_all(work))
        return false;
    if (work->finding.steps)
        return tell_failure(work);
    result->verdict =
        result->exhausted && result->doubts.count == 0 ? PROVED : SAMPLED;
    return true;
}

bool explorer_judge(const struct explore_request *request,
                    struct exploration *result, char *error, size_t error_size)
{
    struct exploring work = {.request = request,
                             .result = result,
                             .error = error,
                             .error_size = error_size};
    bool done = explore_with(&work, request->build.many_tasks);

    if (!done && work.crowded && !request->build.many_tasks) {
        explorer_free(result);
        done = explore_with(&work, true);
    }
    free(work.finding.steps);
    if (!done) {
        explorer_free(result);
        result->refused = work.refused;
    }
    return done;
}

// How many steps a schedule has.
static uint64_t length_of(const char *steps)
{
    uint64_t length = 0;

    for (const char *at = steps; (at = strchr(at, '*')); at++)
        length += strtoull(at + 1, NULL, 10);
    return length;
}

// A race ends an execution unless somebody wants to see what comes of it: the
// schedule itself says which, by going on behind it.
static bool replay_either_way(struct exploring *work, struct plan *plan,
                              const char *steps)
{
    struct replay *told = &work->result->replay;

    if (!replay(work, plan, steps, told))
        return false;
    if (told->failure.kind != DATA_RACE || !told->position ||
        length_of(told->position) + 1 >= length_of(steps))
        return true;
    replay_free(told);
    plan->keep_going = true;
    return replay(work, plan, steps, told);
}

static bool replay_schedule(struct exploring *work,
                            const struct schedule *schedule)
{
    struct exploration *result = work->result;
    struct plan plan = work->request->plan;

    if (schedule->build != result->build.hash) {
        snprintf(work->error, work->error_size,
                 M("the schedule is for another program, or for an earlier "
                   "form of this one (%016lx; this is %016lx)",
                   "el plan es de otro programa, o de una forma anterior de "
                   "este (%016lx; este es %016lx)"),
                 (unsigned long)schedule->build,
                 (unsigned long)result->build.hash);
        return false;
    }
    plan.points = result->points = schedule->points;
    plan.spurious = schedule->spurious;
    plan.expiries = 1000; // the schedule says how many there are
    if (!replay_either_way(work, &plan, schedule->steps))
        return false;
    result->kind = result->replay.failure.kind;
    result->verdict = result->kind == NO_FAILURE ? SAMPLED : FAILED;
    result->executions = 1;
    result->failing = result->first_failure = result->verdict == FAILED;
    result->schedule = schedule_text(schedule);
    result->strategy = "replay";
    return true;
}

static bool check_fit(struct exploring *work)
{
    const struct replay *told = &work->result->replay;

    if (!told->misfit)
        return true;
    snprintf(work->error, work->error_size,
             M("the schedule does not fit this program, at segment %llu: %s",
               "el plan no encaja con este programa, en el tramo %llu: %s"),
             (unsigned long long)told->misfit_segment, told->misfit);
    return false;
}

// The hash says which of the two engines it was built with.
static bool begin_fitting(struct exploring *work,
                          const struct schedule *schedule)
{
    struct exploration *result = work->result;

    if (!begin(work, false))
        return false;
    if (schedule->build == result->build.hash)
        return true;
    names_close(result->names);
    build_free(&result->build);
    return begin(work, true);
}

bool explorer_replay(const struct explore_request *request, const char *text,
                     struct exploration *result, char *error, size_t error_size)
{
    struct exploring work = {.request = request,
                             .result = result,
                             .error = error,
                             .error_size = error_size};
    struct schedule schedule;
    bool done;

    *result = (struct exploration){0};
    if (!schedule_parse(text, &schedule, error, error_size))
        return false;
    done = begin_fitting(&work, &schedule) &&
           replay_schedule(&work, &schedule) && check_fit(&work);
    schedule_free(&schedule);
    if (!done)
        explorer_free(result);
    return done;
}

void explorer_free(struct exploration *result)
{
    build_free(&result->build);
    names_close(result->names);
    wordlist_free(&result->bounds);
    wordlist_free(&result->doubts);
    free(result->statuses);
    free(result->schedule);
    free(result->consequence_schedule);
    replay_free(&result->replay);
    *result = (struct exploration){0};
}
