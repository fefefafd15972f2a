// loading_task.c - one exec, from its call to the library's first word
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tools/recorder/calls_names.h"
#include "tools/recorder/loading_ask.h"
#include "tools/recorder/loading_task.h"

enum {
    ENTRY = 1, // of struct loading_stop
    EXIT = 2,
    PATIENCE = 64 // stops until the exec; our own calls before it are few
};

void loading_task_begin(struct loading_task *task, pid_t pid, pid_t process,
                        bool is_first)
{
    memset(task, 0, offsetof(struct loading_task, kept));
    task->pid = pid;
    task->process = process;
    task->is_first = is_first;
    task->fd = -1;
}

// ---- Into the trace ---------------------------------------------------------

static void say(struct loading_place *place, struct loading_task *task,
                const struct loading_call *call)
{
    char text[16];
    uint32_t name = writer_name(&place->writer, calls_name(call->number, text));
    uint32_t sort =
        writer_name(&place->writer, calls_sort_names[calls_sort(call->number)]);

    writer_event_at(task->handle, call->begin, 0, TRACE_CALL_BEGIN, name, sort);
    if (call->end)
        writer_event_at(task->handle, call->end, 0, TRACE_CALL_END, name,
                        (uint64_t)call->result);
}

// Returns false when there is no room.
static bool keep(struct loading_place *place, struct loading_task *task,
                 const struct loading_call *call)
{
    if (task->handle)
        say(place, task, call);
    else if (task->kept_count < LOADING_KEPT)
        task->kept[task->kept_count++] = *call;
    else
        return false;
    return true;
}

// What the kernel calls the program.
static void read_name(pid_t pid, char name[16])
{
    char path[32];
    ssize_t length;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    length = fd < 0 ? 0 : read(fd, name, 15);
    name[length > 0 ? length : 0] = '\0';
    name[strcspn(name, "\n")] = '\0';
    if (fd >= 0)
        close(fd);
}

// The first program has no entry yet, all others have: their execve stands in
// the trace.
static struct writer_task *stream_of(struct loading_place *place,
                                     const struct loading_task *task)
{
    uint32_t pid = (uint32_t)task->pid;
    uint32_t number = writer_task_find(&place->writer, pid, pid);
    char name[16];

    if (number)
        return writer_task_join(&place->writer, number);
    if (!task->is_first)
        return NULL;
    read_name(task->pid, name);
    return writer_task_begin_at(&place->writer, task->kept[0].begin, name, 0,
                                pid, pid);
}

// Returns false when the trace does not know the task.
static bool begin_to_say(struct loading_place *place, struct loading_task *task)
{
    if (task->handle)
        return true;
    task->handle = stream_of(place, task);
    if (!task->handle)
        return false;
    for (unsigned i = 0; i < task->kept_count; i++)
        say(place, task, &task->kept[i]);
    return true;
}

void loading_task_end(struct loading_place *place, struct loading_task *task)
{
    if (!task->handle)
        return;
    if (task->is_in_call) // exit_group, or killed in it
        say(place, task, &task->now);
    writer_task_end(task->handle);
    task->handle = NULL;
}

// ---- What the library costs -------------------------------------------------

static bool is_in_image(const struct loading_task *task, uint64_t address)
{
    return address - task->image < task->image_size;
}

static bool opens_library(const struct loading_place *place,
                          const struct loading_task *task)
{
    struct stat about;
    char path[48];

    if (task->image_size || task->fd >= 0 || task->now.number != SYS_openat ||
        task->now.result < 0)
        return false;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)task->pid,
             (int)task->now.result);
    return stat(path, &about) == 0 && about.st_dev == place->device &&
           about.st_ino == place->file;
}

// The loader takes the whole room by the first mapping.
static void see_mapping(struct loading_task *task)
{
    const struct loading_call *call = &task->now;

    if (task->image_size || call->result < 0)
        return;
    task->image = (uint64_t)call->result;
    task->image_size = (call->arguments[1] + 4095) / 4096 * 4096;
}

static bool is_on_its_file(struct loading_task *task)
{
    const struct loading_call *call = &task->now;
    bool is_mapping = call->number == SYS_mmap;

    if (task->fd < 0 || (int)call->arguments[is_mapping ? 4 : 0] != task->fd)
        return false;
    if (is_mapping)
        see_mapping(task);
    if (call->number == SYS_close)
        task->fd = -1;
    return true;
}

static bool is_on_its_memory(const struct loading_task *task)
{
    const struct loading_call *call = &task->now;

    return (call->number == SYS_mmap || call->number == SYS_mprotect) &&
           is_in_image(task, call->arguments[0]);
}

// ---- Stops ------------------------------------------------------------------

void loading_task_executed(struct loading_place *place,
                           struct loading_task *task)
{
    if (task->is_in_call) // once more, before the library was loaded
        keep(place, task, &task->now);
    task->phase = LOADING_LOADS;
    task->is_in_call = false;
    task->image_size = 0;
    task->fd = -1;
}

static bool before_exec(struct loading_task *task,
                        const struct loading_stop *stop)
{
    long number = (long)stop->entry.number;

    if (stop->op == EXIT && task->phase == LOADING_EXECUTES)
        return false; // it has failed
    if (stop->op == ENTRY && (number == SYS_execve || number == SYS_execveat)) {
        task->phase = LOADING_EXECUTES;
        task->arch = stop->arch;
        if (task->is_first)
            task->kept[task->kept_count++] =
                (struct loading_call){.begin = writer_now(), .number = number};
    }
    return ++task->stops < PATIENCE;
}

static bool is_first_word(const struct loading_task *task)
{
    const struct loading_call *call = &task->now;

    return call->number == SYS_getpid && call->arguments[0] == LOADING_WORD &&
           is_in_image(task, call->place);
}

static bool before_call(struct loading_task *task,
                        const struct loading_stop *stop)
{
    struct loading_call *call = &task->now;

    *call = (struct loading_call){.begin = writer_now(),
                                  .place = stop->place,
                                  .number = (long)stop->entry.number};
    memcpy(call->arguments, stop->entry.arguments, sizeof call->arguments);
    if (stop->arch != task->arch)
        return false;
    if (is_first_word(task)) {
        ptrace(PTRACE_POKEDATA, task->pid, (void *)call->arguments[1], 1L);
        return false;
    }
    task->is_in_call = !is_in_image(task, call->place);
    return true;
}

static bool behind_call(struct loading_place *place, struct loading_task *task,
                        const struct loading_stop *stop)
{
    if (!task->is_in_call)
        return true; // the exec itself, or the library
    task->is_in_call = false;
    task->now.end = writer_now();
    task->now.result = stop->result;
    if (opens_library(place, task)) {
        task->fd = (int)task->now.result;
        return begin_to_say(place, task);
    }
    return is_on_its_file(task) || is_on_its_memory(task) ||
           keep(place, task, &task->now);
}

bool loading_task_call(struct loading_place *place, struct loading_task *task,
                       const struct loading_stop *stop)
{
    if (task->phase != LOADING_LOADS)
        return before_exec(task, stop);
    if (stop->op == ENTRY)
        return before_call(task, stop);
    return behind_call(place, task, stop);
}
