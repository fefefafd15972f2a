// scheduling_account.h - from samples of a thread's accounts to its lane
//
// The kernel says of a thread how long it ran, how long it was ready without a
// CPU, and how often it was put on one. What happened between two readings has
// to be placed: it ran first if it ran before, last if it runs now, and not
// while it waited, as far as the library inside said when that was. Totals are
// exact whatever the places: what is not placed yet is carried on.
//
// While a thread is on a CPU its accounts are behind, by up to a tick of the
// kernel: such a reading is only settled as far as it is sure.
//
// Interface: account_begin, account_take, account_wait, account_free.
// Threads: pure but for the memory of waits. Ownership: what account_take
// writes belongs to whoever gave it to be written to.
#ifndef TELAR_SCHEDULING_ACCOUNT_H
#define TELAR_SCHEDULING_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct account_event {
    uint64_t time, object, value; // as in a trace_record
    uint16_t kind;                // CPU_RUN ... CPU_DELAY
};

// What the kernel says of a thread.
struct account_reading {
    uint64_t time;     // of the reading
    uint64_t run_ns;   // in all
    uint64_t delay_ns; // ready but not on a CPU, in all
    uint64_t arrivals; // how often it was put on a CPU
    uint32_t cpu;      // the last one
    char state;        // 'R' runnable, else it is off and all is accounted for
};

struct account_span {
    uint64_t begin, end; // UINT64_MAX: not yet
};

struct account {
    uint64_t grain_ns; // accounts are behind by that at most
    bool counts;       // arrivals and delays are known
    bool speaks;       // it says of its waits
    uint64_t time, run_ns, delay_ns, arrivals; // placed until then
    uint16_t said;                   // kind of the last event, 0: none
    struct account_reading seen;     // the last one
    uint64_t jump_ns;                // the most the delay grew between two
    uint64_t jump_time, jump_run_ns; // of the first of these two
    uint64_t least[2]; // unexplained, in this grain and in the one before
    uint64_t least_until, runnable_since;
    struct account_span *waits; // not over at time, in order
    size_t wait_count, wait_room;
    uint64_t unkept; // waits for which there was no room
};

typedef void account_writer(void *context, const struct account_event *event);

// Begins at time, with what the accounts were then (all 0: a new thread).
void account_begin(struct account *account, uint64_t grain_ns, bool counts,
                   const struct account_reading *first);

// Takes in one reading and hands to write what is sure by now, in order.
void account_take(struct account *account, const struct account_reading *now,
                  account_writer *write, void *context);

// The thread says that it waits from begin (on), or (end) did so until end.
void account_wait(struct account *account, uint64_t begin);
void account_wake(struct account *account, uint64_t end);

void account_free(struct account *account);

#endif
