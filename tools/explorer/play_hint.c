// play_hint.c - what to play for, and the next move towards it
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/must.h"
#include "tools/explorer/play_hint.h"

#define SEEK_SECONDS 0.7

// ---- A schedule that reaches it ---------------------------------------------

static bool search(const struct explore_request *request,
                   const struct plan *plan, bool auto_points,
                   struct exploration *found, char *error, size_t error_size)
{
    struct explore_request mine = *request;

    mine.plan = *plan;
    mine.points_are_auto = auto_points;
    return explorer_judge(&mine, found, error, error_size);
}

// The steps of a schedule as people have it.
static char *steps_in(const char *schedule)
{
    struct schedule parsed;
    char error[300];

    if (!schedule || !schedule_parse(schedule, &parsed, error, sizeof error))
        return NULL;
    return parsed.steps;
}

static const char *check_of(enum failure_kind kind)
{
    static const char *const checks[] = {
#define KIND_CHECK(name, word, english, spanish, check) [name] = #check,
        FAILURE_KINDS(KIND_CHECK)
#undef KIND_CHECK
    };

    return checks[kind];
}

// A lost update shows where the program asserts what it should be.
static void search_target(struct hinter *hinter, const struct goal *goal)
{
    struct plan plan = hinter->request->plan;
    struct exploration found;
    char error[600];
    bool any = goal->sort == GOAL_ANY || goal->sort == GOAL_PROOF;

    if (hinter->has_searched)
        return;
    hinter->has_searched = true;
    if (!any) {
        plan.kind = goal->sort == GOAL_LOSE_UPDATE ? ASSERTION : goal->kind;
        plan.check = check_of(plan.kind);
        plan.points = POINTS_ACCESSES;
    }
    if (!search(hinter->request, &plan, any, &found, error, sizeof error))
        return;
    hinter->target = steps_in(found.schedule);
    explorer_free(&found);
}

// ---- From here, with one preemption more ------------------------------------

struct seeking {
    struct play *play;
    const struct goal *goal;
    struct replay plain; // with nobody preempted from here on
    uint64_t begin;      // steps of the schedule up to here
    double until;        // CLOCK_MONOTONIC, in seconds
};

static double clock_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool leads_there(struct seeking *seeking, const char *steps,
                        struct replay *replay)
{
    return play_look(seeking->play, steps, true, replay) && !replay->misfit &&
           goal_in(seeking->goal, replay);
}

// The first count steps of the plain replay, then that task.
static bool try_other(struct seeking *seeking, uint64_t count, int task,
                      struct replay *replay)
{
    char *before = steps_of(&seeking->plain, count), *steps;
    bool leads;

    MUST(asprintf(&steps, "%s%s%d*1", before, *before ? "," : "", task));
    leads = leads_there(seeking, steps, replay);
    if (!leads)
        replay_free(replay);
    free(steps);
    free(before);
    return leads;
}

static bool try_others(struct seeking *seeking, uint64_t count, int task,
                       struct replay *replay)
{
    for (int other = 0; other < (int)seeking->plain.task_count; other++)
        if (other != task && clock_now() < seeking->until &&
            try_other(seeking, count, other, replay))
            return true;
    return false;
}

static bool seek(struct seeking *seeking, struct replay *replay)
{
    const struct replay *plain = &seeking->plain;
    uint64_t count = seeking->begin;

    for (size_t i = steps_behind(plain, count); i < plain->step_count; i++) {
        const struct step *step = &plain->steps[i];

        if (play_is_event(seeking->play, step) &&
            try_others(seeking, count, step->task, replay))
            return true;
        count += is_counted(step);
    }
    return false;
}

// The first step behind where the game stands.
static bool next_step(const struct replay *replay, uint64_t begin,
                      struct hint *hint)
{
    for (size_t i = steps_behind(replay, begin); i < replay->step_count; i++) {
        const struct step *step = &replay->steps[i];

        if (!is_counted(step))
            continue;
        *hint = (struct hint){.sort = HINT_MOVE,
                              .task = step->task,
                              .alternative = step->alternative};
        return true;
    }
    return false;
}

static bool take_target(struct hinter *hinter, const struct replay *replay,
                        uint64_t begin, struct hint *hint)
{
    free(hinter->target);
    hinter->target = replay->position ? MUST(strdup(replay->position)) : NULL;
    return next_step(replay, begin, hint);
}

// Behind steps. What is found becomes the target.
static bool seek_from(struct hinter *hinter, struct play *play,
                      const char *steps, const struct goal *goal,
                      struct hint *hint)
{
    struct seeking seeking = {.play = play,
                              .goal = goal,
                              .begin = steps_length(steps),
                              .until = clock_now() + SEEK_SECONDS};
    struct replay replay = {0};
    bool found = false;

    if (play_look(play, steps, true, &seeking.plain)) {
        if (goal_in(goal, &seeking.plain))
            found = take_target(hinter, &seeking.plain, seeking.begin, hint);
        else if (seek(&seeking, &replay))
            found = take_target(hinter, &replay, seeking.begin, hint);
    }
    replay_free(&replay);
    replay_free(&seeking.plain);
    return found;
}

// ---- Along the target -------------------------------------------------------

static bool is_same(const struct step *step, const struct step *other)
{
    return step->task == other->task && step->op == other->op &&
           step->address == other->address && step->pc == other->pc &&
           step->alternative == other->alternative;
}

static const struct step *next_event(const struct play *play,
                                     const struct replay *replay, size_t *i)
{
    while (*i < replay->step_count) {
        const struct step *step = &replay->steps[(*i)++];

        if (play_is_event(play, step))
            return step;
    }
    return NULL;
}

// Where both leave each other: *mine is NULL where the game has no event left.
static uint64_t common(const struct play *play, const struct replay *target,
                       const struct step **mine, const struct step **theirs)
{
    size_t at = 0, there = 0;

    for (;;) {
        *mine = next_event(play, &play->now, &at);
        *theirs = next_event(play, target, &there);
        if (!*mine || !*theirs || !is_same(*mine, *theirs))
            break;
    }
    return *mine ? (uint64_t)(*mine - play->now.steps) : UINT64_MAX;
}

// Moves that went beyond that step.
static size_t moves_beyond(const struct play *play, size_t step)
{
    size_t moves = 0;

    while (moves < play_count(play)) {
        const struct move *before = &play->moves[play->move_count - 2 - moves];

        moves++;
        if (steps_behind(&play->now, steps_length(before->steps)) <= step)
            break;
    }
    return moves;
}

static struct hint along_target(struct play *play, const char *steps)
{
    const struct step *mine, *theirs;
    struct hint hint = {.sort = HINT_NONE};
    struct replay target;
    uint64_t apart;

    if (play_look(play, steps, false, &target)) {
        apart = common(play, &target, &mine, &theirs);
        if (mine)
            hint = (struct hint){.sort = HINT_UNDO,
                                 .moves = moves_beyond(play, apart)};
        else if (theirs)
            hint = (struct hint){.sort = HINT_MOVE,
                                 .task = theirs->task,
                                 .alternative = theirs->alternative};
    }
    replay_free(&target);
    return hint;
}

struct hint hint_next(struct hinter *hinter, struct play *play,
                      const struct goal *goal)
{
    struct hint hint = {.sort = HINT_NONE};

    if (hinter->target)
        hint = along_target(play, hinter->target);
    if (hint.sort == HINT_MOVE ||
        seek_from(hinter, play, play_steps(play), goal, &hint))
        return hint;
    if (!hinter->target &&
        !seek_from(hinter, play, play->moves[0].steps, goal, &hint))
        search_target(hinter, goal);
    return hinter->target ? along_target(play, hinter->target)
                          : (struct hint){.sort = HINT_NONE};
}

// ---- A goal -----------------------------------------------------------------

static bool loses_update(const struct hinter *hinter,
                         const struct exploration *found, const char *steps)
{
    struct play play = {.program = found->build.program,
                        .arguments = hinter->request->arguments,
                        .names = found->names,
                        .plan = hinter->request->plan};
    struct replay replay;
    struct loss loss;
    bool loses =
        play_look(&play, steps, true, &replay) && loss_find(&replay, &loss);

    replay_free(&replay);
    return loses;
}

// A data race by itself is soon reached: rather what comes of it.
static void take_goal(struct hinter *hinter, const struct exploration *found,
                      struct goal *goal)
{
    bool has_more =
        found->kind == DATA_RACE && found->consequence != NO_FAILURE;

    hinter->target =
        steps_in(has_more ? found->consequence_schedule : found->schedule);
    *goal =
        (struct goal){GOAL_KIND, has_more ? found->consequence : found->kind};
    if (found->kind == DATA_RACE && hinter->target &&
        loses_update(hinter, found, hinter->target))
        goal->sort = GOAL_LOSE_UPDATE;
}

bool hinter_goal(struct hinter *hinter, struct play *play, struct goal *goal,
                 char *error, size_t error_size)
{
    struct goal loss = {GOAL_LOSE_UPDATE, NO_FAILURE};
    struct exploration found;
    struct hint hint;

    if (!search(hinter->request, &hinter->request->plan, true, &found, error,
                error_size))
        return false;
    hinter->has_searched = true;
    *goal = (struct goal){GOAL_PROOF, NO_FAILURE};
    if (found.verdict == FAILED)
        take_goal(hinter, &found, goal);
    else if (found.verdict == SAMPLED)
        goal->sort = GOAL_ANY;
    explorer_free(&found);
    if (goal->sort == GOAL_KIND && goal->kind == DATA_RACE &&
        seek_from(hinter, play, play->moves[0].steps, &loss, &hint))
        *goal = loss;
    return true;
}

void hinter_free(struct hinter *hinter)
{
    free(hinter->target);
    hinter->target = NULL;
}
