// play.c - a person is the scheduler: a game is a schedule that grows
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/play.h"
#include "tools/explorer/report_parts.h"
#include "tools/explorer/tell.h"

enum {
    FIRST_PROBE = 256,    // steps of a task that are looked ahead at first,
    LAST_PROBE = 1 << 14, // and at most
    LOOKS_KEPT = 4,       // latest looks of a task at shared memory
    SETTLE_LIMIT = 400,   // operations of threads that are nobody's choice
    OUTLOOK_LIMIT = 6,    // threads of which it is asked what they will write
    ENTERED_LIMIT = 500,  // moves of a schedule that is entered
    LEARNT_STEPS = 2000,  // of each thread, before the game,
    LEARNT_TURNS = 64,    // in so many turns at most
    REPLAY_SECONDS = 10,
    FINISH_SECONDS = 3, // of going on to the end, which may not come
};

// ---- Schedules --------------------------------------------------------------

static enum op_class class_of(enum op_kind op)
{
    static const enum op_class classes[] = {
#define OPERATION_CLASS(name, class) CLASS_##class,
        OPERATIONS(OPERATION_CLASS)
#undef OPERATION_CLASS
    };

    return classes[op];
}

bool is_counted(const struct step *step)
{
    return class_of(step->op) != CLASS_NOTE;
}

uint64_t steps_length(const char *steps)
{
    uint64_t length = 0;

    for (const char *at = steps; (at = strchr(at, '*')); at++)
        length += strtoull(at + 1, NULL, 10);
    return length;
}

size_t steps_behind(const struct replay *replay, uint64_t count)
{
    size_t i = 0;

    for (; i < replay->step_count && count > 0; i++)
        count -= is_counted(&replay->steps[i]);
    return i;
}

static void put_choice(FILE *out, const struct step *step)
{
    if (step->alternative == EXPIRE)
        fprintf(out, ",t%d", step->task);
    else if (step->alternative == SPURIOUS)
        fprintf(out, ",s%d", step->task);
    else if (step->op == OP_SIGNAL && step->alternative > 0)
        fprintf(out, ",w%d", step->alternative);
}

static bool has_chosen(const struct step *step)
{
    return step->alternative >= EXPIRE ||
           (step->op == OP_SIGNAL && step->alternative > 0);
}

// Segments of a schedule, written one after the other.
struct segments {
    FILE *out;
    int task;
    uint64_t steps; // of it that are not written yet
    bool some;
};

static void put_segment(struct segments *segments)
{
    if (segments->steps)
        fprintf(segments->out, "%s%d*%llu", segments->some ? "," : "",
                segments->task, (unsigned long long)segments->steps);
    segments->some = segments->some || segments->steps;
    segments->steps = 0;
}

static void put_step(struct segments *segments, const struct step *step)
{
    if (segments->task != step->task)
        put_segment(segments);
    segments->task = step->task;
    segments->steps++;
    if (!has_chosen(step))
        return;
    put_segment(segments);
    put_choice(segments->out, step);
}

char *steps_of(const struct replay *replay, uint64_t count)
{
    char *text;
    size_t size;
    struct segments segments = {.out = MUST(open_memstream(&text, &size))};

    for (size_t i = 0; i < replay->step_count && count > 0; i++)
        if (is_counted(&replay->steps[i])) {
            put_step(&segments, &replay->steps[i]);
            count--;
        }
    put_segment(&segments);
    fclose(segments.out);
    return text;
}

static char *with_segment(const char *before, int task, uint64_t steps)
{
    char *text;

    MUST(asprintf(&text, "%s%s%d*%llu", before, *before ? "," : "", task,
                  (unsigned long long)steps));
    return text;
}

static char *with_choice(const char *before, int task, int alternative)
{
    char *first = with_segment(before, task, 1), *text;

    if (alternative == GO)
        return first;
    if (alternative < EXPIRE)
        MUST(asprintf(&text, "%s,w%d", first, alternative));
    else
        MUST(asprintf(&text, "%s,%c%d", first,
                      alternative == EXPIRE ? 't' : 's', task));
    free(first);
    return text;
}

// ---- Replays ----------------------------------------------------------------

static bool run(struct play *play, const struct plan *plan, const char *steps,
                bool finish, bool all, struct replay *replay)
{
    char *words = plan_replay(plan, steps, finish, all);
    struct drive drive = {.program = play->program,
                          .arguments = play->arguments,
                          .request = words,
                          .seconds = finish ? FINISH_SECONDS : REPLAY_SECONDS};
    bool done = report_replay(&drive, replay, play->error, sizeof play->error);

    play->crowded = replay->crowded;
    free(words);
    return done;
}

static bool has_usual(const struct told_task *task)
{
    for (size_t i = 0; i < task->choice_count; i++)
        if (task->choices[i] < EXPIRE)
            return true;
    return false;
}

// Who could go on by chance only waits, as a person sees it.
static void leave_chance_out(struct replay *replay)
{
    for (size_t i = 0; i < replay->task_count; i++)
        if (!has_usual(&replay->tasks[i]))
            replay->tasks[i].could_run = false;
}

// A data race is told, but ends nothing: who plays wants to see what comes of
// it. What chance may do is asked of the schedule alone.
bool play_look(struct play *play, const char *steps, bool finish,
               struct replay *replay)
{
    struct plan plan = play->plan;
    bool done;

    plan.check = "deadlock,assert,memory";
    plan.spurious = 0;
    plan.expiries = 1000;
    done = run(play, &plan, steps, finish, true, replay);
    leave_chance_out(replay);
    return done;
}

// The data race so far; teaches what memory is shared.
static bool look_for_races(struct play *play, const char *steps,
                           struct replay *replay)
{
    struct plan plan = play->plan;
    bool done;

    plan.check = "race";
    plan.keep_going = true;
    plan.expiries = 1000;
    done = run(play, &plan, steps, false, false, replay);
    shared_learn(&play->shared, replay);
    return done;
}

// ---- Events -----------------------------------------------------------------

static bool is_event(const struct play *play, const struct step *step,
                     enum grain grain)
{
    if (class_of(step->op) == CLASS_OBJECT)
        return true;
    if (!is_access(step))
        return false;
    if (grain == GRAIN_SYNC)
        return step->op == OP_UPDATE;
    return grain == GRAIN_EVERY ||
           shared_has(&play->shared, step->address, step->size_bytes);
}

bool play_is_event(const struct play *play, const struct step *step)
{
    return is_event(play, step, play->grain);
}

// Nobody does what others may notice without having been asked to.
static enum grain choice_grain(const struct play *play)
{
    return play->grain == GRAIN_SYNC ? GRAIN_SHARED : play->grain;
}

// The latest looks at shared memory of a task that goes on.
struct looks {
    const struct step *looks[LOOKS_KEPT];
    size_t count;
};

// It looks at the same once more, to no other effect: a loop that waits.
static bool goes_round(struct looks *looks, const struct play *play,
                       const struct step *step)
{
    if (step->op != OP_READ ||
        !shared_has(&play->shared, step->address, step->size_bytes))
        return false;
    for (size_t i = 0; i < LOOKS_KEPT && i < looks->count; i++) {
        const struct step *look = looks->looks[i];

        if (look->pc == step->pc && look->address == step->address &&
            look->value == step->value)
            return true;
    }
    looks->looks[looks->count++ % LOOKS_KEPT] = step;
    return false;
}

// How far a task goes: so many steps of the schedule from `from` on (an index
// of steps), with no more than `events` of them events.
static uint64_t reach(const struct play *play, const struct replay *replay,
                      size_t from, int events, enum grain grain)
{
    struct looks looks = {.count = 0};
    uint64_t count = 0;

    for (size_t i = from; i < replay->step_count; i++) {
        const struct step *step = &replay->steps[i];

        if (!is_counted(step))
            continue;
        if ((is_event(play, step, grain) && events-- == 0) ||
            goes_round(&looks, play, step))
            break;
        count++;
    }
    return count;
}

// While it is alone there is nothing to choose: up to the first thread that it
// creates.
static uint64_t reach_alone(const struct replay *replay, size_t from)
{
    uint64_t count = 0;

    for (size_t i = from; i < replay->step_count; i++) {
        if (replay->steps[i].op == OP_CREATE)
            break;
        count += is_counted(&replay->steps[i]);
    }
    return count;
}

enum how {
    TO_EVENT,     // up to the next one
    BEHIND_EVENT, // up to the one after it
    TO_CHOICE,    // of its own accord: up to what others may notice
    ALONE
};

static uint64_t reach_how(const struct play *play, const struct replay *replay,
                          size_t from, enum how how)
{
    if (how == ALONE)
        return reach_alone(replay, from);
    if (how == TO_CHOICE)
        return reach(play, replay, from, 0, choice_grain(play));
    return reach(play, replay, from, how == BEHIND_EVENT, play->grain);
}

// How many steps the task can go on behind `before`: 0 when it cannot, or when
// it failed to be asked. All that it is known to do may be more than is wanted.
static bool probe(struct play *play, const char *before, int task, enum how how,
                  uint64_t *steps)
{
    uint64_t begin = steps_length(before);

    for (uint64_t ahead = FIRST_PROBE;; ahead *= 8) {
        char *text = with_segment(before, task, ahead);
        struct replay replay;
        bool done = play_look(play, text, false, &replay);

        *steps = reach_how(play, &replay, steps_behind(&replay, begin), how);
        replay_free(&replay);
        free(text);
        if (!done || *steps < ahead || ahead >= LAST_PROBE)
            return done;
    }
}

// ---- Going on ---------------------------------------------------------------

static bool is_at_event(const struct play *play, const struct told_task *task,
                        enum grain grain)
{
    struct step step = {.op = task->op, .address = task->address};

    return is_event(play, &step, grain);
}

// A task that goes on at once, since that is nobody's choice: it begins, or has
// come behind a create, a join or a barrier, or is about its own. -1: none.
static int ready_task(const struct play *play, const struct replay *replay)
{
    for (size_t i = 0; i < replay->task_count; i++) {
        const struct told_task *task = &replay->tasks[i];

        if (task->life == TOLD_LIVE && task->could_run &&
            !is_at_event(play, task, choice_grain(play)))
            return (int)i;
    }
    return -1;
}

static bool can_anybody(const struct replay *replay)
{
    for (size_t i = 0; i < replay->task_count; i++)
        if (replay->tasks[i].could_run)
            return true;
    return false;
}

static bool can_expire(const struct replay *replay)
{
    for (size_t i = 0; i < replay->task_count; i++)
        for (size_t c = 0; c < replay->tasks[i].choice_count; c++)
            if (replay->tasks[i].choices[c] == EXPIRE)
                return true;
    return false;
}

static bool has_ended(const struct replay *replay)
{
    return replay->failure.kind != NO_FAILURE || replay->has_exited;
}

static bool lengthen(struct play *play, char **steps, int task, enum how how)
{
    uint64_t count;
    char *longer;

    if (!probe(play, *steps, task, how, &count))
        return false;
    if (count == 0)
        return true;
    longer = with_segment(*steps, task, count);
    free(*steps);
    *steps = longer;
    return true;
}

// One look, and one thread further that has no choice. *settled: none was left.
static bool settle_once(struct play *play, char **steps, struct replay *replay,
                        bool *settled)
{
    bool alone;
    int task;

    if (!play_look(play, *steps, false, replay))
        return false;
    task = has_ended(replay) ? -1 : ready_task(play, replay);
    alone = task < 0 && !has_ended(replay) && replay->task_count == 1 &&
            replay->tasks[0].could_run;
    *settled = task < 0 && !alone;
    if (*settled)
        return true;
    replay_free(replay);
    return lengthen(play, steps, alone ? 0 : task, alone ? ALONE : TO_CHOICE);
}

// Nobody can go on: the engine says how it ends.
static bool look_at_end(struct play *play, char **steps, struct replay *replay)
{
    struct replay end;
    bool done = play_look(play, *steps, true, &end);

    if (done && end.position) {
        replay_free(replay);
        *replay = end;
        free(*steps);
        *steps = MUST(strdup(end.position));
        return true;
    }
    replay_free(&end);
    return done;
}

static bool settle(struct play *play, char **steps, struct replay *replay,
                   bool *is_over)
{
    bool settled = false;

    *replay = (struct replay){0};
    for (int i = 0; i < SETTLE_LIMIT && !settled; i++) {
        replay_free(replay);
        if (!settle_once(play, steps, replay, &settled))
            return false;
    }
    if (!settled && !play_look(play, *steps, false, replay))
        return false;
    *is_over = has_ended(replay);
    if (*is_over || can_anybody(replay) || can_expire(replay))
        return true;
    *is_over = true;
    return look_at_end(play, steps, replay);
}

// ---- What might come --------------------------------------------------------

static const struct step *last_step_of(const struct replay *replay, int task)
{
    for (size_t i = replay->step_count; i-- > 0;)
        if (replay->steps[i].task == task && is_counted(&replay->steps[i]))
            return &replay->steps[i];
    return NULL;
}

static struct outlook look_out(struct play *play, const char *before, int task)
{
    char *steps = with_segment(before, task, 1);
    struct outlook outlook = {0};
    const struct step *step = NULL;
    struct replay replay;

    if (play_look(play, steps, false, &replay))
        step = last_step_of(&replay, task);
    if (step && is_access(step))
        outlook =
            (struct outlook){step->has_value, step->size_bytes, step->value};
    replay_free(&replay);
    free(steps);
    return outlook;
}

void play_look_out(struct play *play, const char *steps,
                   const struct replay *replay, struct outlook *outlook)
{
    int asked = 0;

    memset(outlook, 0, PLAY_TASKS * sizeof *outlook);
    for (size_t i = 0; i < replay->task_count && asked < OUTLOOK_LIMIT; i++)
        if (replay->tasks[i].could_run &&
            class_of(replay->tasks[i].op) == CLASS_CELL) {
            outlook[i] = look_out(play, steps, (int)i);
            asked++;
        }
}

// Whom would that signal wake? The task that then wants its mutex back.
static int woken_by(struct play *play, int task, int alternative)
{
    char *steps = with_choice(play_steps(play), task, alternative);
    struct replay replay;
    int woken = -1;

    if (play_look(play, steps, false, &replay))
        for (size_t i = 0; i < play->now.task_count; i++)
            if (play->now.tasks[i].op == OP_COND_SLEEP &&
                replay.tasks[i].op == OP_RELOCK)
                woken = (int)i;
    replay_free(&replay);
    free(steps);
    return woken;
}

static void add_chance(struct play *play, int task, int alternative, int woken)
{
    if (play->chance_count < CHANCE_LIMIT)
        play->chances[play->chance_count++] =
            (struct chance){task, alternative, woken};
}

static int spurious_so_far(const struct play *play)
{
    int count = 0;

    for (const char *at = play_steps(play); (at = strchr(at, 's')); at++)
        count++;
    return count;
}

static void add_chances_of(struct play *play, const struct told_task *task)
{
    int number = task->number;

    for (size_t c = 0; c < task->choice_count; c++)
        if (task->choices[c] == EXPIRE)
            add_chance(play, number, EXPIRE, -1);
        else if (task->op == OP_SIGNAL && task->choice_count > 1)
            add_chance(play, number, task->choices[c],
                       woken_by(play, number, task->choices[c]));
    if (task->op == OP_COND_SLEEP && task->life == TOLD_LIVE &&
        spurious_so_far(play) < play->plan.spurious)
        add_chance(play, number, SPURIOUS, -1);
}

static void find_chances(struct play *play)
{
    play->chance_count = 0;
    if (has_ended(&play->now) && play->now.failure.kind != LOST_WAKEUP)
        return;
    for (size_t i = 0; i < play->now.task_count; i++)
        add_chances_of(play, &play->now.tasks[i]);
}

// ---- Moves ------------------------------------------------------------------

const char *play_steps(const struct play *play)
{
    return play->moves[play->move_count - 1].steps;
}

size_t play_count(const struct play *play)
{
    return play->move_count - 1;
}

int play_preemptions(const struct play *play)
{
    int count = 0;

    for (size_t i = 0; i < play->move_count; i++)
        count += play->moves[i].preempts;
    return count;
}

static void push(struct play *play, char *steps, int task, bool preempts)
{
    play->moves = grow(play->moves, play->move_count, sizeof *play->moves);
    play->moves[play->move_count++] = (struct move){steps, task, preempts};
}

static void pop(struct play *play)
{
    free(play->moves[--play->move_count].steps);
}

// As the explorer numbers them: an access to what no other thread touches has
// no number of its own, but that of the step before; unless a move begins so.
static void number_steps(struct play *play)
{
    uint64_t count = 0, number = 0, move_end = 0;
    size_t moves = 0;

    for (size_t i = 0; i < play->now.step_count; i++) {
        struct step *step = &play->now.steps[i];

        while (move_end < count && moves < play->move_count)
            move_end = steps_length(play->moves[moves++].steps);
        if (!is_access(step) ||
            shared_has(&play->shared, step->address, step->size_bytes) ||
            (moves > 0 && move_end == count))
            number++;
        step->number = number;
        count += is_counted(step);
    }
}

static void stand(struct play *play, struct replay *replay, bool is_over)
{
    replay_free(&play->now);
    play->now = *replay;
    play->looks++;
    play->is_over = is_over;
    replay_free(&play->race);
    look_for_races(play, play_steps(play), &play->race);
    number_steps(play);
    tell_prepare(play->names, &play->now);
    find_chances(play);
    play_look_out(play, play_steps(play), &play->now, play->outlook);
}

static bool stand_again(struct play *play)
{
    struct replay replay;
    char *steps = MUST(strdup(play_steps(play)));
    bool done = play_look(play, steps, false, &replay);
    bool is_over = done && has_ended(&replay);

    if (done && !is_over && !can_anybody(&replay) && !can_expire(&replay)) {
        is_over = true;
        done = look_at_end(play, &steps, &replay);
    }
    free(steps);
    if (done)
        stand(play, &replay, is_over);
    else
        replay_free(&replay);
    return done;
}

// steps, which is given away, is where the move of task leads.
static bool take_move(struct play *play, char *steps, int task)
{
    int before = play->moves[play->move_count - 1].task;
    bool preempts = before >= 0 && before != task &&
                    before < (int)play->now.task_count &&
                    play->now.tasks[before].could_run;
    struct replay replay;
    bool is_over;

    if (!settle(play, &steps, &replay, &is_over)) {
        replay_free(&replay);
        free(steps);
        return false;
    }
    push(play, steps, task, preempts);
    stand(play, &replay, is_over);
    return true;
}

bool play_move(struct play *play, int task, int alternative)
{
    const struct told_task *told = &play->now.tasks[task];
    bool is_usual = alternative == GO;
    enum how how = is_usual && is_at_event(play, told, play->grain)
                       ? BEHIND_EVENT
                       : TO_EVENT;
    char *steps = is_usual ? MUST(strdup(play_steps(play)))
                           : with_choice(play_steps(play), task, alternative);

    if (lengthen(play, &steps, task, how))
        return take_move(play, steps, task);
    free(steps);
    return false;
}

bool play_finish(struct play *play)
{
    struct replay end;
    char *steps;

    if (!play_look(play, play_steps(play), true, &end) || !end.position) {
        replay_free(&end);
        return false;
    }
    steps = MUST(strdup(end.position));
    push(play, steps, -1, false);
    stand(play, &end, true);
    return true;
}

bool play_undo(struct play *play, size_t moves)
{
    if (moves > play_count(play))
        return false;
    for (size_t i = 0; i < moves; i++)
        pop(play);
    return stand_again(play);
}

bool play_restart(struct play *play)
{
    return play_undo(play, play_count(play));
}

// Could the task go on where the game stood behind these steps?
static bool could_go_on(struct play *play, const char *steps, int task)
{
    struct replay replay;
    bool could = play_look(play, steps, false, &replay) && task >= 0 &&
                 task < (int)replay.task_count && replay.tasks[task].could_run;

    replay_free(&replay);
    return could;
}

// The part of a move that is left: the steps up to count.
static void push_part(struct play *play, uint64_t count)
{
    const struct replay *now = &play->now;
    int before = play->moves[play->move_count - 1].task, task;

    task = now->steps[steps_behind(now, count) - 1].task;
    push(play, steps_of(now, count), task,
         before >= 0 && before != task &&
             could_go_on(play, play_steps(play), before));
}

bool play_undo_to(struct play *play, uint64_t count)
{
    while (play_count(play) > 0 && steps_length(play_steps(play)) > count)
        pop(play);
    if (steps_length(play_steps(play)) < count)
        push_part(play, count);
    return stand_again(play);
}

// ---- Entering a schedule ----------------------------------------------------

// A cut before each event, so that each move has one; the first has none.
static void cut(struct play *play, const struct replay *replay)
{
    uint64_t count = 0;
    int task = -1;
    bool preempts = false;

    for (size_t i = 0; i < replay->step_count; i++) {
        const struct step *step = &replay->steps[i];

        if (play_is_event(play, step) && play->move_count < ENTERED_LIMIT) {
            char *steps = steps_of(replay, count);

            push(play, steps, task, preempts);
            preempts = task >= 0 && task != step->task &&
                       could_go_on(play, steps, task);
            task = step->task;
        }
        count += is_counted(step);
    }
    push(play, steps_of(replay, count), task, preempts);
}

static bool check_fit(struct play *play, const struct replay *replay)
{
    if (!replay->misfit)
        return true;
    snprintf(play->error, sizeof play->error,
             M("the schedule does not fit this program, at segment %llu: %s",
               "el plan no encaja con este programa, en el tramo %llu: %s"),
             (unsigned long long)replay->misfit_segment, replay->misfit);
    return false;
}

// Teaches first what memory is shared: a move ends at its accesses.
bool play_enter(struct play *play, const char *steps)
{
    struct replay replay, race;
    bool done = play_look(play, steps, false, &replay) &&
                check_fit(play, &replay) && look_for_races(play, steps, &race);

    if (done) {
        replay_free(&race);
        while (play->move_count)
            pop(play);
        cut(play, &replay);
    }
    replay_free(&replay);
    return done && stand_again(play);
}

// ---- Beginning and end ------------------------------------------------------

// One task goes on until it blocks, or quite far. *steps leads to where it is
// then; *tasks is how many there are.
static bool learn_of(struct play *play, int task, char **steps, size_t *tasks)
{
    char *further = with_segment(*steps, task, LEARNT_STEPS);
    struct replay replay;
    bool done = look_for_races(play, further, &replay);

    free(further);
    *tasks = replay.task_count;
    if (done && replay.position) {
        free(*steps);
        *steps = MUST(strdup(replay.position));
    }
    replay_free(&replay);
    return done;
}

// What is shared shows when all have run: each in its turn, and main, which
// waits for them, once more.
static bool learn(struct play *play)
{
    char *steps = MUST(strdup(""));
    size_t tasks = 1;
    bool done = true;

    for (size_t i = 0; done && i < 2 * tasks && i < LEARNT_TURNS; i++)
        done = learn_of(play, (int)(i % tasks), &steps, &tasks);
    free(steps);
    return done;
}

bool play_begin(struct play *play)
{
    char *steps = MUST(strdup(""));
    struct replay replay = {0};
    bool is_over;

    if (!learn(play) || !settle(play, &steps, &replay, &is_over)) {
        replay_free(&replay);
        free(steps);
        return false;
    }
    push(play, steps, -1, false);
    stand(play, &replay, is_over);
    return true;
}

void play_end(struct play *play)
{
    while (play->move_count)
        pop(play);
    free(play->moves);
    shared_free(&play->shared);
    replay_free(&play->now);
    replay_free(&play->race);
}
