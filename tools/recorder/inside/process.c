// process.c - children that libc makes, and waiting for children
#include <alloca.h>
#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#include "tools/recorder/inside/block.h"
#include "tools/recorder/inside/descriptor.h"
#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"
#include "tools/recorder/inside/target.h"

// ---- posix_spawn ------------------------------------------------------------

typedef __typeof__(&posix_spawn) spawn_function;

struct spawn {
    const posix_spawn_file_actions_t *actions;
    const posix_spawnattr_t *attributes;
    char *const *arguments, *const *given;
};

static int spawn(spawn_function real_one, pid_t *child, const char *path,
                 const struct spawn *how, bool with_library)
{
    struct writer_task *task = inside_task_for(RECORD_PROCESS);
    size_t room = environment_room(how->given);
    char *const *given = how->given;
    uint64_t time = task ? writer_now() : 0;
    pid_t pid = 0;
    int error;

    if (room)
        given = environment_fill(alloca(room), how->given, with_library);
    error = real_one(&pid, path, how->actions, how->attributes, how->arguments,
                     given);
    if (error == E2BIG && room) // ours did not fit in
        error = real_one(&pid, path, how->actions, how->attributes,
                         how->arguments, how->given);
    if (child && (error == 0 || pid != 0))
        *child = pid;
    if (task && error == 0)
        say_at(task, time, TRACE_FORK, (uint32_t)pid, 0);
    return error;
}

EXPORT int posix_spawn(pid_t *restrict child, const char *restrict path,
                       const posix_spawn_file_actions_t *restrict actions,
                       const posix_spawnattr_t *restrict attributes,
                       char *const arguments[restrict],
                       char *const given[restrict])
{
    struct spawn how = {actions, attributes, arguments, given};

    return spawn(REAL(posix_spawn), child, path, &how,
                 target_takes_library(AT_FDCWD, path));
}

// By itself, so that the path is off the stack before the environment comes.
static __attribute__((noinline)) bool found_takes_library(const char *name)
{
    char path[TARGET_PATH];

    return !target_find(name, path) || target_takes_library(AT_FDCWD, path);
}

EXPORT int posix_spawnp(pid_t *restrict child, const char *restrict name,
                        const posix_spawn_file_actions_t *restrict actions,
                        const posix_spawnattr_t *restrict attributes,
                        char *const arguments[restrict],
                        char *const given[restrict])
{
    struct spawn how = {actions, attributes, arguments, given};

    return spawn(REAL(posix_spawnp), child, name, &how,
                 found_takes_library(name));
}

// ---- Shells -----------------------------------------------------------------

static void hide(void *unused)
{
    (void)unused;
    environment_hide();
}

static int run_shell(const char *command)
{
    int status;

    environment_show();
    pthread_cleanup_push(hide, NULL);
    status = REAL(system)(command);
    pthread_cleanup_pop(1);
    return status;
}

EXPORT int system(const char *command)
{
    struct writer_task *task = inside_task_for(RECORD_PROCESS);
    int status;

    if (!task || !command)
        return command ? run_shell(command) : REAL(system)(command);
    wait_begin(task, TRACE_WAIT_REQUEST, 0, 0);
    status = run_shell(command);
    wait_end(task, TRACE_WAIT_DONE, 0, (uint32_t)status);
    return status;
}

EXPORT FILE *popen(const char *command, const char *mode)
{
    FILE *stream;

    environment_show();
    stream = REAL(popen)(command, mode);
    environment_hide();
    return stream;
}

EXPORT int pclose(FILE *stream)
{
    struct writer_task *task = inside_task_for(RECORD_PROCESS);
    int status;

    descriptor_forget_stream(stream);
    if (task)
        wait_begin(task, TRACE_WAIT_REQUEST, 0, 0);
    status = REAL(pclose)(stream);
    if (task)
        wait_end(task, TRACE_WAIT_DONE, 0, (uint32_t)status);
    return status;
}

// ---- wait -------------------------------------------------------------------

static struct writer_task *waits_for(pid_t child, int flags)
{
    struct writer_task *task = inside_task_for(RECORD_PROCESS);

    if (task && !(flags & WNOHANG))
        wait_begin(task, TRACE_WAIT_REQUEST, child > 0 ? (uint64_t)child : 0,
                   0);
    return task;
}

static pid_t waited(struct writer_task *task, int flags, pid_t child,
                    int status)
{
    if (task && child > 0)
        wait_end(task, TRACE_WAIT_DONE, (uint32_t)child, (uint32_t)status);
    else if (task && !(flags & WNOHANG))
        wait_end(task, TRACE_BLOCK_END, 0, 0);
    return child;
}

static uint64_t nanoseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_usec * 1000u;
}

enum wait_name { WAIT, WAITPID, WAIT3, WAIT4 };

// What the kernel did to take a process away only its parent is told.
static void say_used(struct writer_task *task, pid_t child, int status,
                     const struct rusage *usage)
{
    if (task && child > 0 && (WIFEXITED(status) || WIFSIGNALED(status)))
        writer_event_at(
            task, task->last_time, 0, TRACE_CHILD_CPU, (uint32_t)child,
            nanoseconds(usage->ru_utime) + nanoseconds(usage->ru_stime));
}

// All of them are wait4 for the kernel. How is the name that was called.
static pid_t call_wait(enum wait_name how, pid_t child, int *status, int flags,
                       struct rusage *usage)
{
    if (real_wait_is_plain || how == WAIT4)
        return REAL(wait4)(child, status, flags, usage);
    memset(usage, 0, sizeof *usage);
    if (how == WAIT3)
        return REAL(wait3)(status, flags, usage);
    return how == WAIT ? REAL(wait)(status)
                       : REAL(waitpid)(child, status, flags);
}

static pid_t wait_and_say(enum wait_name how, pid_t child, int *place,
                          int flags, struct rusage *usage)
{
    struct writer_task *task = waits_for(child, flags);
    struct rusage own_usage;
    int own_status, status;
    pid_t result;

    if (!place)
        place = &own_status;
    if (!usage)
        usage = &own_usage;
    result = call_wait(how, child, place, flags, usage);
    status = result > 0 ? *place : 0;
    waited(task, flags, result, status);
    say_used(task, result, status, usage);
    return result;
}

EXPORT pid_t wait(int *place)
{
    return wait_and_say(WAIT, -1, place, 0, NULL);
}

EXPORT pid_t waitpid(pid_t child, int *place, int flags)
{
    return wait_and_say(WAITPID, child, place, flags, NULL);
}

EXPORT pid_t wait3(int *place, int flags, struct rusage *usage)
{
    return wait_and_say(WAIT3, -1, place, flags, usage);
}

EXPORT pid_t wait4(pid_t child, int *place, int flags, struct rusage *usage)
{
    return wait_and_say(WAIT4, child, place, flags, usage);
}

// As waitpid would have it.
static int status_of(const siginfo_t *info)
{
    switch (info->si_code) {
    case CLD_EXITED:
        return (info->si_status & 0xff) << 8;
    case CLD_KILLED:
        return info->si_status;
    case CLD_DUMPED:
        return info->si_status | 0x80;
    case CLD_CONTINUED:
        return 0xffff;
    default:
        return info->si_status << 8 | 0x7f;
    }
}

EXPORT int waitid(idtype_t type, id_t id, siginfo_t *info, int flags)
{
    struct writer_task *task = waits_for(type == P_PID ? (pid_t)id : 0, flags);
    int result = REAL(waitid)(type, id, info, flags);
    bool is_done = result == 0 && info && info->si_pid != 0;

    if (!task)
        return result;
    waited(task, flags, is_done ? info->si_pid : 0,
           is_done ? status_of(info) : 0);
    return result;
}
