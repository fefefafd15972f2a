// process.c - children that libc makes, and waiting for children
#include <alloca.h>
#include <errno.h>

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

EXPORT int posix_spawnp(pid_t *restrict child, const char *restrict name,
                        const posix_spawn_file_actions_t *restrict actions,
                        const posix_spawnattr_t *restrict attributes,
                        char *const arguments[restrict],
                        char *const given[restrict])
{
    struct spawn how = {actions, attributes, arguments, given};
    char path[TARGET_PATH];
    bool is_there = target_find(name, path);

    return spawn(REAL(posix_spawnp), child, name, &how,
                 !is_there || target_takes_library(AT_FDCWD, path));
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

#define WAIT(child, place, flags, call)                                        \
    do {                                                                       \
        struct writer_task *task = waits_for(child, flags);                    \
        int own_ = 0, *status = (place) ? (place) : &own_;                     \
        pid_t result = call;                                                   \
                                                                               \
        return waited(task, flags, result, result > 0 ? *status : 0);          \
    } while (0)

EXPORT pid_t wait(int *place)
{
    WAIT(-1, place, 0, REAL(wait)(status));
}

EXPORT pid_t waitpid(pid_t child, int *place, int flags)
{
    WAIT(child, place, flags, REAL(waitpid)(child, status, flags));
}

EXPORT pid_t wait3(int *place, int flags, struct rusage *usage)
{
    WAIT(-1, place, flags, REAL(wait3)(status, flags, usage));
}

EXPORT pid_t wait4(pid_t child, int *place, int flags, struct rusage *usage)
{
    WAIT(child, place, flags, REAL(wait4)(child, status, flags, usage));
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
