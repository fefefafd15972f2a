// turns.c - one write at a time, so that the order of any two is known
#include <stdlib.h>
#include <string.h>

#include "tools/recorder/turns.h"

static const uint64_t look_after_ns = 2000000;
static const uint64_t give_up_after_ns = 250000000;

void turns_init(struct turns *turns, int listener, bool one_channel)
{
    *turns = (struct turns){.listener = listener, .one_channel = one_channel};
}

void turns_free(struct turns *turns)
{
    free(turns->waiting);
    turns_init(turns, -1, false);
}

static bool make_room(struct turns *turns)
{
    size_t room = turns->waiting_room ? 2 * turns->waiting_room : 16;
    struct turn *bigger;

    if (turns->waiting_count < turns->waiting_room)
        return true;
    bigger = realloc(turns->waiting, room * sizeof *bigger);
    if (!bigger)
        return false;
    turns->waiting = bigger;
    turns->waiting_room = room;
    return true;
}

void turns_ask(struct turns *turns, const struct watch_call *call, int stream,
               int pid)
{
    if (!make_room(turns)) { // its bytes will be nobody's
        watch_let_go(turns->listener, call->id);
        return;
    }
    turns->waiting[turns->waiting_count++] =
        (struct turn){.call = *call,
                      .write = {.stream = stream,
                                .pid = pid,
                                .tid = call->tid,
                                .order_known = true}};
}

void turns_seen(struct turns *turns, int tid)
{
    if (turns->busy && turns->now.call.tid == tid)
        turns->now.over = true;
    if (turns->doubtful.tid == tid)
        turns->doubtful.tid = 0;
}

void turns_look(struct turns *turns)
{
    struct turn *now = &turns->now;
    uint64_t age_ns;

    if (!turns->busy || now->over || turns->waiting_count == 0)
        return;
    age_ns = writer_now() - now->write.time_ns;
    if (age_ns < look_after_ns)
        return;
    now->over = watch_has_left(now->call.tid, now->call.number);
    if (!now->over && age_ns > give_up_after_ns) {
        now->over = true;
        turns->doubtful = now->call;
    }
}

struct turn *turns_writer(struct turns *turns, int stream)
{
    if (turns->one_channel)
        return turns->last_serial ? &turns->now : NULL;
    return turns->busy && turns->now.write.stream == stream ? &turns->now
                                                            : NULL;
}

size_t turns_own(const struct turns *turns, const struct turn *turn,
                 size_t size)
{
    uint64_t missing = turn->call.size_bytes - turn->write.got_bytes;

    // A terminal may have been told to make more bytes of them.
    return turns->one_channel || missing > size ? size : (size_t)missing;
}

static bool is_over(const struct turn *turn)
{
    return turn->over || turn->write.got_bytes >= turn->call.size_bytes;
}

// Is a write still out that was given up?
static bool in_doubt(struct turns *turns)
{
    struct watch_call *call = &turns->doubtful;

    if (call->tid && watch_has_left(call->tid, call->number))
        call->tid = 0;
    return call->tid != 0;
}

static void take_first(struct turns *turns)
{
    turns->now = turns->waiting[0];
    turns->waiting_count--;
    memmove(turns->waiting, turns->waiting + 1,
            turns->waiting_count * sizeof *turns->waiting);
}

static void begin_next(struct turns *turns)
{
    uint64_t time_ns = writer_now();

    take_first(turns);
    if (time_ns <= turns->last_time_ns) // two writes, two times
        time_ns = turns->last_time_ns + 1;
    turns->last_time_ns = turns->now.write.time_ns = time_ns;
    turns->now.write.serial = ++turns->last_serial;
    if (in_doubt(turns))
        turns->now.write.order_known = false;
    turns->busy = watch_let_go(turns->listener, turns->now.call.id);
}

void turns_settle(struct turns *turns, struct record *record)
{
    for (;;) {
        if (turns->busy && is_over(&turns->now)) {
            turns->busy = false;
            record_written(record, &turns->now.write);
        }
        if (turns->busy || turns->waiting_count == 0)
            return;
        begin_next(turns);
    }
}
