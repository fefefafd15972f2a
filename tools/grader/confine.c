// confine.c - what a process gives up before a stranger's code runs in it
#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tools/course/course.h"
#include "tools/grader/confine.h"
#include "tools/grader/proc.h"

static bool limit(int resource, rlim_t value)
{
    struct rlimit now;

    if (getrlimit(resource, &now) < 0)
        return false;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < value)
        value = now.rlim_max;
    now.rlim_cur = now.rlim_max = value;
    return setrlimit(resource, &now) == 0;
}

static bool limit_unless_0(int resource, long value, long unit)
{
    return value == 0 || limit(resource, (rlim_t)value * (rlim_t)unit);
}

// RLIMIT_NPROC counts everything the user runs: in a user namespace of our own,
// or as a user of our own, that is what runs here; else what runs already is
// added. The user 0 is not counted at all.
static bool limit_processes(long processes, uid_t uid, bool new_pids)
{
    long already = 0;

    if (processes == 0)
        return true;
    if (uid == 0 && !new_pids)
        already = proc_tasks_of(getuid());
    return limit(RLIMIT_NPROC, (rlim_t)(processes + already));
}

// RLIMIT_DATA is the memory a program can fill; RLIMIT_AS only has to stop
// mappings that the former does not count, and leaves room for those that are
// never touched (each thread's arena reserves 64 MiB).
static bool limit_memory(long mib)
{
    return limit_unless_0(RLIMIT_DATA, mib, 1 << 20) &&
           limit_unless_0(RLIMIT_AS, mib ? mib + 8192 : 0, 1 << 20);
}

static bool limit_resources(const struct box_limits *limits)
{
    return limit(RLIMIT_CORE, 0) &&
           limit_unless_0(RLIMIT_CPU, limits->cpu_seconds, 1) &&
           limit_unless_0(RLIMIT_FSIZE, limits->file_mib, 1 << 20) &&
           limit_unless_0(RLIMIT_NOFILE, limits->descriptors, 1);
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static void hide(char *folder)
{
    mount("none", folder, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV, NULL);
    free(folder);
}

// Where the course is, there is nothing: no solution can be included, nor be
// read while the program runs. All that a grading needs of it was copied.
static void hide_course(const char *scratch)
{
    if (strcmp(course_root(), "/") == 0)
        return;
    if (is_below(scratch, course_root())) {
        hide(course_path("solutions"));
        hide(course_path("tests"));
    } else {
        hide(course_path("."));
    }
}

// Mounts that only this process and its children see. What cannot be had (in a
// container that masks its own /proc) stays as it is; it is not what protects
// the suite.
static void mount_own(const char *scratch)
{
    if (unshare(CLONE_NEWNS) < 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return;
    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
    hide_course(scratch);
}

static bool become(uid_t uid)
{
    return setgroups(0, NULL) == 0 && setresgid(uid, uid, uid) == 0 &&
           setresuid(uid, uid, uid) == 0;
}

static void signals_as_new(void)
{
    sigset_t none;

    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

const char *confine_worker(const struct box_plan *plan, uid_t uid,
                           bool new_pids)
{
    setsid();
    signals_as_new();
    if (!limit_processes(plan->limits.processes, uid, new_pids))
        return "setrlimit(RLIMIT_NPROC)";
    if (new_pids)
        mount_own(plan->folder);
    if (plan->fixed_addresses)
        personality(ADDR_NO_RANDOMIZE);
    if (chdir(plan->folder) < 0)
        return "chdir";
    if (uid != 0 && !become(uid))
        return "setresuid";
    // Who changes the user loses the signal, hence this late.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        return "prctl(PR_SET_PDEATHSIG)";
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return "prctl(PR_SET_NO_NEW_PRIVS)";
    if (!limit_resources(&plan->limits) ||
        !limit_memory(plan->limits.memory_mib))
        return "setrlimit";
    return NULL; // the jail: Landlock and seccomp go here
}
