// report.h - what the engine said, as structs
//
// Interface: struct search_report, report_search, search_report_free,
// struct replay, report_replay, replay_free; kind_word, kind_name, kind_named,
// operation_name.
// Threads: no shared state. Ownership: a report owns everything in it.
// Errors: false, with one line in error: a line that is none of protocol.h, an
// engine that died, a program that it refuses to judge (then refused is set).
#ifndef TELAR_REPORT_H
#define TELAR_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/explorer/drive.h"
#include "tools/explorer/kinds.h"

// ---- A search ---------------------------------------------------------------

struct found { // the first failure of a kind
    uint64_t execution;
    int preemptions;
    char *schedule; // STEPS of protocol.h; NULL: none found
};

struct bound {
    char *name;
    uint64_t count, pc;
};

struct status_count {
    int status;
    uint64_t count;
};

struct search_report {
    struct found found[FAILURE_KIND_COUNT];
    enum failure_kind first_kind; // the one that was told first
    uint64_t *weak;               // pcs
    size_t weak_count;
    struct bound *bounds;
    size_t bound_count;
    struct status_count *statuses;
    size_t status_count;
    uint64_t states, states_hash;
    bool exhausted;
    bool is_complete; // false: it was stopped; the numbers are the last told
    uint64_t executions, redundant, cut, failing, first_failure;
    double seconds;
    bool refused; // it cannot be judged: error says why
    bool crowded; // refused for too many threads: see build_request.many_tasks
    uint64_t refused_pc; // where, 0: not told
};

// Told now and then while a search runs; may be NULL.
typedef void report_progress(void *context, const struct search_report *now);

// Runs drive, whose request has mode=search, and takes what it says. Being
// stopped or late is no failure.
bool report_search(const struct drive *drive, report_progress *progress,
                   void *context, struct search_report *report, char *error,
                   size_t error_size);
void search_report_free(struct search_report *report);

// ---- A replay ---------------------------------------------------------------

// The fields of protocol.h's lines, by their names.
struct step {
    uint64_t number;
    int task;
    enum op_kind op;
    int alternative;
    uint64_t address;
    uint32_t size_bytes;
    bool has_value;
    uint64_t value;
    uint64_t pc;
    uint64_t position;
    bool preempts;
};

// It came to an operation that it could not do at once.
struct told_wait {
    size_t after_step; // as of told_output
    int task, owner;   // owner -1: nobody
    enum op_kind op;
    uint64_t address, pc;
};

struct told_output {
    size_t after_step; // index: it came behind steps[after_step - 1]
    int fd, task;
    char *text;
    size_t size_bytes;
};

struct told_failure {
    enum failure_kind kind; // NO_FAILURE: none was told
    size_t after_step;
    int task, other; // other -1: nobody
    uint64_t pc, other_pc, address;
    uint32_t size_bytes;
    char *text;
};

struct told_frame {
    int task, depth;
    uint64_t pc;
    uint64_t cfa; // canonical address of the frame, 0: not told
};

enum told_life { TOLD_LIVE, TOLD_FINISHED, TOLD_PARKED };

struct told_task {
    int number, creator; // creator -1: nobody
    uint64_t start, created_pc;
    enum told_life life;
    enum op_kind op; // it is about to do
    uint64_t address, pc;
    bool could_run;
    int choices[32];
    size_t choice_count;
};

struct told_object {
    uint64_t address;
    enum object_kind kind;
    int owner; // -1: nobody
    int64_t count;
    uint64_t pc; // of the latest acquisition
    bool destroyed;
    int64_t lost;
    int *waiters;
    size_t waiter_count;
};

struct told_memory {
    uint64_t address;
    unsigned char *bytes;
    size_t size_bytes;
};

struct replay {
    struct step *steps;
    size_t step_count;
    struct told_wait *waits;
    size_t wait_count;
    struct told_output *outputs;
    size_t output_count;
    struct told_failure failure;
    struct told_frame *frames;
    size_t frame_count;
    struct told_task *tasks;
    size_t task_count;
    struct told_object *objects;
    size_t object_count;
    struct told_memory *memory;
    size_t memory_count;
    char *misfit; // the schedule does not fit: why; NULL: it does
    uint64_t misfit_segment;
    bool has_exited;
    int exit_status;
    char *position; // the complete schedule of what was run, as STEPS
    bool refused, crowded;
    uint64_t refused_pc; // where, 0: not told
};

// Runs drive, whose request has mode=replay.
bool report_replay(const struct drive *drive, struct replay *replay,
                   char *error, size_t error_size);
void replay_free(struct replay *replay);

// ---- Lines, one by one: for tests and fuzzing -------------------------------

// drive_line functions; context is the report.
bool report_take_search(void *report, char **fields, size_t count);
bool report_take_replay(void *replay, char **fields, size_t count);

// ---- Words ------------------------------------------------------------------

const char *kind_word(enum failure_kind kind); // "data_race"
const char *kind_name(enum failure_kind kind); // "carrera de datos"
bool kind_named(const char *word, enum failure_kind *kind);
const char *operation_name(enum op_kind op);    // "LOCK"
const char *object_name(enum object_kind kind); // "semáforo"

#endif
