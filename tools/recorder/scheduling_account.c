// scheduling_account.c - what a thread did between two readings of its accounts
#include <stdlib.h>
#include <string.h>

#include "tools/recorder/scheduling_account.h"
#include "tools/trace/trace.h"

enum {
    WAITS = 1024,         // kept of one thread at most
    GAPS = 2 * WAITS + 4, // that they can make
    TINY_NS = 1000,       // no gap is shorter
    LITTLE_NS = 500000    // off the CPU: not worth to be placed by itself
};

// ---- Waits ------------------------------------------------------------------

static bool make_room(struct account *account)
{
    size_t room = account->wait_room * 2 + 8;
    struct account_span *waits;

    if (account->wait_count < account->wait_room)
        return true;
    if (room > WAITS)
        return false;
    waits = realloc(account->waits, room * sizeof *waits);
    if (!waits)
        return false;
    account->waits = waits;
    account->wait_room = room;
    return true;
}

static struct account_span *open_wait(struct account *account)
{
    struct account_span *last = account->waits + account->wait_count;

    if (account->wait_count == 0 || last[-1].end != UINT64_MAX)
        return NULL;
    return last - 1;
}

void account_wait(struct account *account, uint64_t begin)
{
    account->speaks = true;
    if (open_wait(account))
        return;
    if (!make_room(account)) {
        account->unkept++;
        return;
    }
    account->waits[account->wait_count++] =
        (struct account_span){begin, UINT64_MAX};
}

// Nobody who was really blocked is back that soon.
void account_wake(struct account *account, uint64_t end)
{
    struct account_span *wait = open_wait(account);

    if (!wait)
        return;
    if (end <= account->time || end < wait->begin + TINY_NS)
        account->wait_count--;
    else
        wait->end = end;
}

static void forget_waits(struct account *account)
{
    size_t over = 0;

    while (over < account->wait_count &&
           account->waits[over].end <= account->time)
        over++;
    account->wait_count -= over;
    if (over)
        memmove(account->waits, account->waits + over,
                account->wait_count * sizeof *account->waits);
}

// ---- Placing: where in a window it ran --------------------------------------

struct gap { // off the CPU
    uint64_t begin, end;
    uint64_t unsaid; // of it while it said of no wait
};

struct window {
    struct account *account;
    account_writer *write;
    void *context;
    uint64_t begin, end, run, delay, arrivals;
    uint64_t sure, seen; // so much it had run by that time, before the gap
    uint64_t placed;     // of the run, before where we are
    bool on_before, on_after;
    uint32_t cpu;
    uint64_t busy, waiting;           // how long it said so, in all
    uint64_t busy_past, waiting_past; // and before where we are
    uint64_t at;
    size_t wait; // the next one, or one that is over
    struct gap *gaps;
    size_t count;
};

static uint64_t less(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t more(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t minus(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

// What of total falls to the first part of whole.
static uint64_t share(uint64_t total, uint64_t part, uint64_t whole)
{
    return part >= whole
               ? total
               : (uint64_t)((double)total * (double)part / (double)whole);
}

static void go_on(struct window *w, uint64_t length)
{
    w->at += length;
    w->placed += length;
}

static void leave(struct window *w, uint64_t length, bool waits)
{
    struct gap *last = w->count ? &w->gaps[w->count - 1] : NULL;

    if (last && last->end == w->at)
        last->end += length;
    else if (length >= TINY_NS && w->count < GAPS)
        *(last = &w->gaps[w->count++]) = (struct gap){w->at, w->at + length, 0};
    else
        last = NULL;
    if (last && !waits)
        last->unsaid += length;
    w->at += length;
}

// What it ran before it was off, when it was on at both ends: at least what was
// read in between.
static uint64_t first_part(const struct window *w, uint64_t length,
                           uint64_t run)
{
    uint64_t sure = 0;

    if (w->at < w->seen && w->seen <= w->at + length)
        sure = less(minus(w->sure, w->placed), run);
    return sure + (run - sure) / 2;
}

// It said nothing of a wait. On at both ends: it was off in between.
static void place_busy(struct window *w, uint64_t length)
{
    bool on_first = w->at > w->begin || w->on_before;
    bool on_last = w->at + length < w->end || w->on_after;
    uint64_t all = less(w->run, w->busy);
    uint64_t run = share(all, w->busy_past + length, w->busy) -
                   share(all, w->busy_past, w->busy);
    uint64_t off = minus(length, run), first;

    w->busy_past += length;
    if (!on_first)
        leave(w, on_last ? off : off / 2, false);
    first = on_first && on_last ? first_part(w, length, run) : run;
    go_on(w, first);
    if (on_first || !on_last)
        leave(w, on_first ? off : off - off / 2, false);
    go_on(w, run - first);
}

// Whoever waits may run as well: on the way in, or in the kernel, copying.
static void place_wait(struct window *w, uint64_t length)
{
    bool on_first = w->at > w->begin || w->on_before;
    bool is_last = w->at + length == w->end && w->on_after;
    uint64_t all = minus(w->run, w->busy);
    uint64_t run = share(all, w->waiting_past + length, w->waiting) -
                   share(all, w->waiting_past, w->waiting);

    w->waiting_past += length;
    run = less(run, length);
    if (on_first || !is_last)
        go_on(w, run);
    leave(w, length - run, true);
    if (!on_first && is_last)
        go_on(w, run);
}

// The next wait at or after w->at, within the window.
static struct account_span next_wait(struct window *w)
{
    const struct account *account = w->account;
    struct account_span wait = {w->end, w->end};

    while (w->wait < account->wait_count &&
           account->waits[w->wait].end <= w->at)
        w->wait++;
    if (w->wait == account->wait_count ||
        account->waits[w->wait].begin >= w->end)
        return wait;
    wait = account->waits[w->wait];
    if (wait.begin < w->at)
        wait.begin = w->at;
    wait.end = less(wait.end, w->end);
    return wait;
}

static void place(struct window *w)
{
    for (w->at = w->begin; w->at < w->end;) {
        struct account_span wait = next_wait(w);

        w->busy += wait.begin - w->at;
        w->waiting += wait.end - wait.begin;
        w->at = wait.end;
    }
    w->wait = 0;
    for (w->at = w->begin; w->at < w->end;) {
        struct account_span wait = next_wait(w);

        if (wait.begin > w->at)
            place_busy(w, wait.begin - w->at);
        if (wait.end > wait.begin)
            place_wait(w, wait.end - wait.begin);
    }
}

// ---- Saying: what these gaps are --------------------------------------------

static void say(struct window *w, uint64_t time, uint16_t kind, uint64_t object,
                uint64_t value)
{
    struct account_event event = {time, object, value, kind};

    if (kind != TRACE_CPU_DELAY)
        w->account->said = kind;
    w->write(w->context, &event);
}

static bool is_off(const struct account *account)
{
    return account->said && account->said != TRACE_CPU_RUN;
}

struct sense { // of the gaps of a window
    bool all_ready, unsaid_ready;
    uint64_t delay;  // that is left for those that are not ready throughout
    uint64_t blocks; // of these, how many end in a run
};

static bool ends_in_run(const struct window *w, const struct gap *gap)
{
    return gap->end < w->end || w->on_after;
}

// Who does not run in the end is blocked: else its state were another one.
static bool is_ready(const struct window *w, const struct gap *gap,
                     const struct sense *sense)
{
    return ends_in_run(w, gap) &&
           (sense->all_ready ||
            (sense->unsaid_ready && gap->unsaid == gap->end - gap->begin));
}

static void count_blocks(const struct window *w, struct sense *sense)
{
    for (size_t i = 0; i < w->count; i++)
        sense->blocks +=
            !is_ready(w, &w->gaps[i], sense) && ends_in_run(w, &w->gaps[i]);
}

// By how much two that should be the same may differ. Whoever runs in the end
// may have done so for up to a tick more.
static uint64_t unsure_ns(const struct window *w, uint64_t off)
{
    if (w->on_after && w->delay >= off / 2)
        return w->account->grain_ns;
    return 20000 + off / 20;
}

// Off the CPU no longer than it was ready: then it was ready all that time.
// Where it said of no wait it had no reason to be blocked, if that can be so.
static struct sense make_sense(const struct window *w)
{
    struct sense sense = {.delay = w->delay};
    uint64_t off = 0, unsaid = 0, pure = 0;

    for (size_t i = 0; i < w->count; i++) {
        const struct gap *gap = &w->gaps[i];

        if (!ends_in_run(w, gap))
            continue;
        off += gap->end - gap->begin;
        unsaid += gap->unsaid;
        if (gap->unsaid == gap->end - gap->begin)
            pure += gap->unsaid;
    }
    sense.all_ready = minus(off, w->delay) <= unsure_ns(w, off);
    sense.unsaid_ready =
        unsaid && minus(unsaid, w->delay) <= unsure_ns(w, unsaid);
    if (sense.unsaid_ready)
        sense.delay = minus(w->delay, pure);
    if (sense.all_ready)
        sense.delay = 0;
    count_blocks(w, &sense);
    return sense;
}

static void say_gap(struct window *w, const struct gap *gap,
                    const struct sense *sense)
{
    bool ready = is_ready(w, gap, sense);
    bool was_off =
        gap->begin == w->begin && is_off(w->account) &&
        (ready || w->account->said == TRACE_CPU_BLOCK || ends_in_run(w, gap));
    bool certain = sense->blocks == 1 && w->arrivals == 1;

    if (!was_off)
        say(w, gap->begin, ready ? TRACE_CPU_PREEMPT : TRACE_CPU_BLOCK, w->cpu,
            0);
    else if (ready && w->account->said == TRACE_CPU_BLOCK)
        say(w, gap->begin, TRACE_CPU_WAKE, 0, 0);
    if (!ends_in_run(w, gap))
        return;
    if (!ready && certain && sense->delay &&
        w->account->said == TRACE_CPU_BLOCK)
        say(w, gap->end - less(sense->delay, gap->end - gap->begin),
            TRACE_CPU_WAKE, 0, 0);
    say(w, gap->end, TRACE_CPU_RUN, w->cpu, 0);
}

static void tell(struct window *w)
{
    struct sense sense = make_sense(w);
    bool runs_first = w->count == 0 || w->gaps[0].begin > w->begin;

    if (runs_first && w->account->said != TRACE_CPU_RUN &&
        (w->run > 0 || !is_off(w->account)))
        say(w, w->begin, TRACE_CPU_RUN, w->cpu, 0);
    for (size_t i = 0; i < w->count; i++)
        say_gap(w, &w->gaps[i], &sense);
    if (!w->on_after && w->account->said == TRACE_CPU_RUN)
        say(w, w->end, TRACE_CPU_BLOCK, w->cpu, 0);
    if (sense.delay && (sense.blocks != 1 || w->arrivals != 1))
        say(w, w->end, TRACE_CPU_DELAY, 0, sense.delay);
}

// ---- Settling: how far a reading is sure ------------------------------------

void account_begin(struct account *account, uint64_t grain_ns, bool counts,
                   const struct account_reading *first)
{
    *account = (struct account){.grain_ns = grain_ns,
                                .counts = counts,
                                .time = first->time,
                                .run_ns = first->run_ns,
                                .delay_ns = first->delay_ns,
                                .arrivals = first->arrivals,
                                .seen = *first,
                                .least = {UINT64_MAX, UINT64_MAX}};
}

void account_free(struct account *account)
{
    free(account->waits);
    account->waits = NULL;
    account->wait_count = account->wait_room = 0;
}

static uint64_t ran(const struct account *a, const struct account_reading *now)
{
    return minus(now->run_ns, a->run_ns);
}

static bool has_arrived(const struct account *a,
                        const struct account_reading *now)
{
    return a->counts ? now->arrivals > a->arrivals : ran(a, now) > 0;
}

// All until time is settled: what it ran since the last time is placed, and
// carried on where there is no room. A thread that begins has a past that does
// not belong here.
static void settle(struct account *a, const struct account_reading *now,
                   uint64_t time, account_writer *write, void *context)
{
    struct gap gaps[GAPS];
    struct window w;
    bool is_first = a->said == 0;

    w = (struct window){.account = a, .write = write, .context = context};
    w.gaps = gaps;
    w.begin = a->time;
    w.end = time;
    w.run =
        a->said == TRACE_CPU_BLOCK && !has_arrived(a, now) ? 0 : ran(a, now);
    w.run = less(w.run, time - a->time);
    w.sure = minus(a->jump_run_ns, a->run_ns);
    w.seen = a->jump_time;
    w.delay = less(minus(now->delay_ns, a->delay_ns), time - a->time - w.run);
    w.arrivals = a->counts ? minus(now->arrivals, a->arrivals) : 0;
    w.on_before = !is_off(a);
    w.on_after = now->state == 'R';
    w.cpu = now->cpu;
    place(&w);
    tell(&w);
    a->run_ns = is_first ? now->run_ns : a->run_ns + w.run;
    a->delay_ns =
        w.on_after && !is_first ? a->delay_ns + w.delay : now->delay_ns;
    a->arrivals = now->arrivals;
    a->time = time;
    a->least[0] = a->least[1] = UINT64_MAX;
    a->least_until = 0;
    a->jump_ns = 0;
    forget_waits(a);
}

// Unexplained is what it was blocked, and what it has run since the last tick:
// the latter is next to nothing once in each grain.
static uint64_t note_unexplained(struct account *a,
                                 const struct account_reading *now)
{
    uint64_t known = ran(a, now) + minus(now->delay_ns, a->delay_ns);
    uint64_t rest = minus(now->time - a->time, known);

    if (a->least_until == 0)
        a->runnable_since = now->time;
    if (now->time >= a->least_until) {
        a->least[1] = a->least[0];
        a->least[0] = rest;
        a->least_until = now->time + a->grain_ns;
    }
    a->least[0] = less(a->least[0], rest);
    return less(a->least[0], a->least[1]);
}

// It ran on, as far as it is known to; and when it does so no longer, it is
// ready without a CPU.
static void run_on(struct account *a, const struct account_reading *now,
                   account_writer *write, void *context)
{
    struct account_event event = {.kind = TRACE_CPU_PREEMPT,
                                  .object = now->cpu};
    uint64_t run = less(ran(a, now), now->time - a->time);

    a->time += run;
    a->run_ns += run;
    forget_waits(a);
    if (now->time - a->time <= 3 * a->grain_ns)
        return;
    event.time = a->time;
    a->said = event.kind;
    write(context, &event);
}

static bool has_waits(const struct account *a, uint64_t until)
{
    return a->wait_count > 0 && a->waits[0].begin < until;
}

// The last wait that ended since what is settled: it was on a CPU then, for it
// said so.
static const struct account_span *last_wake(const struct account *a,
                                            uint64_t until)
{
    for (size_t i = a->wait_count; i-- > 0;)
        if (a->waits[i].end > a->time && a->waits[i].end <= until)
            return &a->waits[i];
    return NULL;
}

static uint64_t busy_until(const struct account *a, uint64_t time)
{
    uint64_t busy = time - a->time;

    for (size_t i = 0; i < a->wait_count && a->waits[i].begin < time; i++)
        busy = minus(busy, less(a->waits[i].end, time) -
                               more(a->waits[i].begin, a->time));
    return busy;
}

// Settles all until that moment. What it ran by then: as long as it said of no
// wait, less what it was ready; and what it cannot have run since.
static void cut(struct account *a, const struct account_reading *now,
                uint64_t time, account_writer *write, void *context)
{
    uint64_t delay = minus(now->delay_ns, a->delay_ns);
    uint64_t busy = minus(busy_until(a, time), delay);
    uint64_t run =
        more(less(ran(a, now), busy), minus(ran(a, now), now->time - time));
    uint64_t off = minus(time - a->time, run);
    struct account_reading then = *now;

    then.run_ns = a->run_ns + run;
    then.delay_ns = a->delay_ns + less(delay, off);
    if (off < delay && now->arrivals > a->arrivals)
        then.arrivals--;
    settle(a, &then, time, write, context);
}

// Since it ran, has it been blocked? Not if it says of its waits, and said of
// none; else there must be time enough to know the ticks apart.
static bool is_explained(struct account *a, const struct account_reading *now,
                         uint64_t *blocked)
{
    bool was_on = a->said == TRACE_CPU_RUN;

    *blocked = note_unexplained(a, now);
    if (was_on && a->speaks && !has_waits(a, now->time))
        *blocked = 0;
    else if (now->time - a->runnable_since < 2 * a->grain_ns)
        return false;
    if (!is_off(a) && *blocked <= a->grain_ns / 4)
        *blocked = 0;
    return true;
}

static void take_runnable(struct account *a, const struct account_reading *now,
                          account_writer *write, void *context)
{
    const struct account_span *wake = last_wake(a, now->time);
    uint64_t blocked, delay, known;

    if (wake && has_arrived(a, now))
        cut(a, now, wake->end, write, context);
    delay = minus(now->delay_ns, a->delay_ns);
    if (!has_arrived(a, now)) {
        if (a->said == TRACE_CPU_RUN)
            run_on(a, now, write, context);
        return;
    }
    if (!is_explained(a, now, &blocked))
        return;
    if (a->said == TRACE_CPU_RUN && !blocked && delay < LITTLE_NS &&
        now->time - a->time < 25 * a->grain_ns)
        return;
    known = a->time + ran(a, now) + delay + blocked;
    settle(a, now, less(known, now->time), write, context);
}

// The gap that is worth to be placed lies between these two readings.
static void note_jump(struct account *a, const struct account_reading *now)
{
    uint64_t jump = minus(now->delay_ns, a->seen.delay_ns);

    if (jump <= a->jump_ns)
        return;
    a->jump_ns = jump;
    a->jump_time = a->seen.time;
    a->jump_run_ns = a->seen.run_ns;
}

void account_take(struct account *account, const struct account_reading *now,
                  account_writer *write, void *context)
{
    if (now->time <= account->time)
        return;
    note_jump(account, now);
    if (now->state == 'R')
        take_runnable(account, now, write, context);
    else
        settle(account, now, now->time, write, context);
    account->seen = *now;
}
