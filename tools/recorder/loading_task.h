// loading_task.h - one exec, from its call to the library's first word
//
// A task comes to its exec, is executed, and loads; then it is let go. What it
// calls while it loads is kept until the library is seen to be opened: of a
// program that does not load it nothing is said at all.
//
// Interface: loading_task_begin, loading_task_executed, loading_task_call,
// loading_task_end.
// Threads: one at a time. Ownership: the struct is the caller's.
#ifndef TELAR_LOADING_TASK_H
#define TELAR_LOADING_TASK_H

#include <stdbool.h>
#include <sys/types.h>

#include "tools/trace/writer.h"

struct loading_place {    // the same for all tasks
    struct writer writer; // of this process
    dev_t device;         // of the library
    ino_t file;
};

// As PTRACE_GET_SYSCALL_INFO gives it.
struct loading_stop {
    uint8_t op; // 1: before the call, 2: behind it
    uint8_t padding[3];
    uint32_t arch;
    uint64_t place, stack; // registers
    union {
        struct {
            uint64_t number, arguments[6];
        } entry;
        int64_t result;
    };
};

struct loading_call {
    uint64_t begin, end; // times; end 0: it has not returned
    uint64_t place;      // of the instruction
    uint64_t arguments[6];
    int64_t result;
    long number;
};

enum { LOADING_KEPT = 256 }; // calls before the library is opened

struct loading_task {
    pid_t pid;     // of the thread, before its exec
    pid_t process; // it is of
    bool is_first;
    enum { LOADING_COMES, LOADING_EXECUTES, LOADING_LOADS } phase;
    unsigned stops; // since it came
    uint32_t arch;
    bool is_in_call;
    struct loading_call now;
    uint64_t image, image_size; // where the library is mapped
    int fd;                     // of the library, -1
    struct writer_task *handle; // NULL: the library is not opened yet
    unsigned kept_count;
    struct loading_call kept[LOADING_KEPT];
};

void loading_task_begin(struct loading_task *task, pid_t pid, pid_t process,
                        bool is_first);

// It is another program now.
void loading_task_executed(struct loading_place *place,
                           struct loading_task *task);

// It stands before or behind a call. Returns false when it is to be let go: it
// has said its first word, its exec has failed, or there is nothing to be seen.
bool loading_task_call(struct loading_place *place, struct loading_task *task,
                       const struct loading_stop *stop);

// It is let go, or no more.
void loading_task_end(struct loading_place *place, struct loading_task *task);

#endif
