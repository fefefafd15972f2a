// scheduling_parts.h - what the files scheduling*.c have from each other
//
// Interface: see each part.
// Threads: none. Ownership: everything hangs on struct scheduling.
#ifndef TELAR_SCHEDULING_PARTS_H
#define TELAR_SCHEDULING_PARTS_H

#include "tools/recorder/scheduling.h"
#include "tools/recorder/scheduling_account.h"

enum { LANE_BUCKETS = 1024, LANE_REST = 4 };

// One thread, from its first sign of life to its end.
struct lane {
    uint32_t pid, tid;
    uint32_t parent; // tid of who began it, 0: not known
    uint64_t begin;  // time; it has done nothing before
    uint64_t found;  // time at which it was seen here first
    uint64_t end;    // time; 0: it lives
    int64_t status;  // as waitpid gave it, -1: not known
    char name[16];
    bool gone; // the kernel knows it no longer

    uint32_t entry;             // number in the task table, 0: none yet
    bool is_ours;               // the entry was made here
    bool is_over;               // its end is written
    bool is_closed;             // and what came behind it
    bool has_spoken;            // by itself, though it may not be heard yet
    uint32_t tasks_seen;        // as long as no task is added there is no entry
    struct writer_task *stream; // NULL: nothing was written yet
    struct account_event *kept; // not written yet, in order
    size_t kept_count, kept_room;
    struct account_event early; // the last one before the entry begins
    uint64_t base_ns;           // what it ran before it was the family's
    uint64_t cpu_ns;            // and since
    uint64_t drawn_ns;          // of it, what the trace shows
    uint64_t drawn_since;       // it shows it on a CPU since, 0: it does not
    uint32_t cpu;               // the last one

    // of a process, that of its first thread
    uint64_t told_ns;    // what it used in all, as who waited for it was told
    uint64_t told_at;    // and when, 0: not yet
    bool is_told;        // in an earlier turn: all before that is heard
    uint64_t below_ns;   // of it, what those used that it waited for
    uint64_t threads_ns; // what the trace shows of its threads that are over
    uint64_t last_word;  // time of the end of the last one of these
    // When none of the family was on the CPU on which it ended, since then;
    // rest_count 0: not known
    struct account_span rest[LANE_REST];
    unsigned rest_count;

    // perf
    bool is_on;
    uint64_t on_since;
    uint64_t off_since;
    uint64_t on_record;    // time of the record of the last arrival
    bool is_blocked;       // off the CPU, and not preempted
    bool was_touched;      // has new records
    uint64_t arrivals;     // since the accounts were read
    uint64_t blocks;       // of these, after a block
    uint64_t preempted_ns; // since then
    size_t last_run;       // in kept, that of the last block; SIZE_MAX: none
    uint64_t blocked_at;   // where that block began
    uint64_t read_delay_ns, read_arrivals; // as they were read
    uint64_t read_run_ns;                  // likewise
    bool read_on;           // it was on a CPU then, or so the records said
    uint64_t recorded_ns;   // on a CPU since then, by the records
    uint64_t lone_arrivals; // since then, where none of the family was before

    // fallback
    struct account account;
    bool has_account;
    bool is_born;                // what its account begins with is known
    bool is_fresh;               // was read in this round
    bool is_zombie;              // dead, and not waited for
    int schedstat, stat;         // descriptors, -1: none
    unsigned threads;            // of a process, that are known
    struct account_reading last; // as it was read

    struct lane *next; // in its bucket
};

struct heard_chunk {
    uint64_t ticket;
    uint32_t records; // that were read
};

// What the library inside said of one task.
struct heard_task {
    uint64_t begin;     // time of its TASK_BEGIN, 0: not heard
    uint64_t cpu_ns;    // of its lane, once that is over
    uint64_t last_call; // name of its last system call, under --calls
    uint32_t program;   // name of the path that it executed last, 0: none
    uint16_t last_kind; // 0: it said nothing
    bool is_ours;       // its entry was made here
};

// What somebody who waited for a child was told.
struct heard_child {
    uint32_t waiter; // number of the task
    uint32_t pid;    // of the child
    uint64_t time;
    uint64_t used_ns; // by the child, and by those that it waited for
};

struct scheduling {
    struct writer *writer;
    enum trace_source source;
    pid_t pid;      // the first of the family
    pid_t left_out; // a child of ours that is none of it, 0: there is none
    struct scheduling_totals totals;
    bool has_said; // SCHEDULING is written

    struct lane *buckets[LANE_BUCKETS]; // by tid
    struct lane **lanes;                // all that are not closed
    size_t lane_count, lane_room;
    struct lane **by_entry; // header.task_count of them
    uint64_t tasks_seen;    // entries of the table that were looked at
    int fds, fd_limit;      // descriptors of lanes

    struct heard_task *heard; // by number, header.task_count of them
    struct heard_chunk *chunks;
    size_t chunk_count, chunk_room;
    uint64_t next_ticket;
    struct heard_child *children;
    size_t child_count, child_room;
    bool missed_child; // one that found no room
    uint64_t first_ns; // of the whole first process, 0: not known

    struct perf *perf;     // NULL: the fallback
    struct cpus *cpus;     // NULL: the fallback
    struct sample *sample; // NULL: perf
    uint64_t due;          // time of the next turn that does something
    uint64_t period_ns;    // until the one after that
};

// ---- scheduling_lanes.c -----------------------------------------------------

// The living thread of that number, or NULL.
struct lane *lane_of(const struct scheduling *s, uint32_t tid);

// The process of that number, alive or not: the lane of its first thread. NULL:
// nobody knows it, or it is over for long.
struct lane *lane_of_process(const struct scheduling *s, uint32_t pid);

// A thread that was not known; the one of that number before it is gone. NULL
// when memory is short.
struct lane *lane_begin(struct scheduling *s, uint32_t pid, uint32_t tid,
                        uint64_t time);

// Something happened to it. Kept until lane_settle.
void lane_say(struct lane *lane, uint64_t time, uint16_t kind, uint64_t object,
              uint64_t value);

// The same, before what is kept at that place. last_run moves with it.
void lane_insert(struct lane *lane, size_t at, uint64_t time, uint16_t kind);

// Reads its accounts. Returns 0 or an error number; ESRCH: it is gone.
int lane_read(struct scheduling *s, struct lane *lane,
              struct account_reading *reading);

// It is dead and was not waited for: its accounts are final, and have what the
// kernel did to take it away.
void lane_read_last(struct scheduling *s, struct lane *lane);

// A descriptor may stay open for each lane, as long as there are enough.
int lane_keep_fd(struct scheduling *s, int fd);

// It has ended, with status, or -1.
void lane_end(struct lane *lane, uint64_t time, int64_t status);

// Finds the entry, or makes one where the library is silent or at_once; writes
// what is kept.
void lane_settle(struct scheduling *s, struct lane *lane, uint64_t now,
                 bool at_once);

// Where the lane of one that has an entry begins: not before it is said that
// the task does.
uint64_t lane_beginning(const struct scheduling *s, const struct lane *lane);

// Frees those that are over and written. At the end, all.
void lanes_sweep(struct scheduling *s, bool all);

struct trace_entry *lane_entry(const struct scheduling *s, uint32_t number);

// ---- scheduling_heard.c -----------------------------------------------------

// Reads what was written to the trace since. Where spans, the waits go to the
// accounts of their lanes.
void heard_turn(struct scheduling *s, bool spans);

// The status with which somebody waited for tid after time; -1: nobody did.
int64_t heard_status(const struct scheduling *s, uint32_t tid, uint64_t time);

// The name that a process has by the last program that task executed; name
// stays where it executed none.
void heard_program(const struct scheduling *s, uint32_t task, char name[16]);

// ---- scheduling_used.c ------------------------------------------------------

// Process pid is dead and was not waited for: what it used in all.
void used_read_first(struct scheduling *s);

// What processes used beyond what their lanes know: by threads that ended
// between two readings, and by the kernel to take the process away. As far as
// who waited for them was told; 0 where events were lost. To be called when all
// lanes are over.
uint64_t used_besides(const struct scheduling *s);

// ---- scheduling_procfs.c ----------------------------------------------------

// Where the kernel tells about processes: "/proc", "schedstat"; tests have
// others.
extern const char *procfs_root, *procfs_schedstat;

struct procfs_stat {
    char name[16];
    char state;
    uint32_t parent, cpu;
    uint64_t ticks;    // of CPU, in all
    uint64_t start_ns; // CLOCK_BOOTTIME, to 10 ms
    int64_t status;    // of one that is dead, -1: not known
};

int procfs_open(uint32_t pid, uint32_t tid, const char *name);
bool procfs_read_stat(int fd, struct procfs_stat *stat);
bool procfs_stat(uint32_t pid, uint32_t tid, struct procfs_stat *stat);

// Run, delay and arrivals. Returns 0, or an error number (ESRCH: gone).
int procfs_read_schedstat(int fd, struct account_reading *reading);

// Whether schedstat is there and counts.
bool procfs_has_schedstat(void);

// Calls found for each thread of pid; for each child of the thread; for each
// process and its parent. Returns false where this cannot be read.
typedef void procfs_found(void *context, uint32_t number, uint32_t parent);
bool procfs_threads(uint32_t pid, procfs_found *found, void *context);
bool procfs_children(uint32_t pid, uint32_t tid, procfs_found *found,
                     void *context);
bool procfs_processes(procfs_found *found, void *context);

// How many processes and threads have begun on this machine since it did; 0:
// not known.
uint64_t procfs_forks(void);

// How many threads pid has; 0: it is gone.
unsigned procfs_thread_count(uint32_t pid);

// ---- scheduling_perf.c ------------------------------------------------------

// Returns false with a sentence in why.
bool perf_begin(struct scheduling *s, char *why, size_t why_size);
int perf_fds(const struct scheduling *s, struct pollfd *fds, int room);
void perf_turn(struct scheduling *s, bool last);
void perf_end(struct scheduling *s);

// ---- scheduling_cpus.c ------------------------------------------------------

// False when memory is short, with something to end all the same.
bool cpus_begin(struct scheduling *s);
void cpus_end(struct scheduling *s);

// A record says that lane came to that CPU: returns since when it had it.
uint64_t cpus_arrive(struct scheduling *s, struct lane *lane, uint32_t number,
                     uint64_t time);

// One of the family left that CPU; the first thread of a process, by its end.
void cpus_leave(struct scheduling *s, uint32_t number, uint64_t time);
void cpus_end_on(struct scheduling *s, struct lane *lane, uint32_t number,
                 uint64_t time);

// Compares what was read of lane with the records since the last time.
void cpus_measure(struct scheduling *s, struct lane *lane,
                  const struct account_reading *now);

// ---- scheduling_sample.c ----------------------------------------------------

// Returns false when memory is short. Adds to why what is missing.
bool sample_begin(struct scheduling *s, char *why, size_t why_size);
void sample_turn(struct scheduling *s, bool last);

// scheduling_totals.unseen, once all lanes are over.
int64_t sample_unseen(const struct scheduling *s);
void sample_end(struct scheduling *s);

#endif
