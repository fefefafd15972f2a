// box.c - processes that cannot leave anything behind
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/grader/box.h"
#include "tools/grader/confine.h"
#include "tools/grader/proc.h"

enum { NO_NAMESPACE, PID_NAMESPACE, USER_NAMESPACE };

static struct {
    uid_t uid;
    int namespace;
    pid_t keeper;  // process 1 of the namespace
    int life_line; // its other end is the keeper's; ours closes when we die
    char trouble[128];
    char isolation[96];
} box;

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd < 0)
        return;
    if (write(fd, text, strlen(text)) < 0)
        snprintf(box.trouble, sizeof box.trouble, "%s", path);
    close(fd);
}

static void map_own_user(uid_t uid, gid_t gid)
{
    char map[64];

    write_file("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%d %d 1", (int)uid, (int)uid);
    write_file("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%d %d 1", (int)gid, (int)gid);
    write_file("/proc/self/gid_map", map);
}

static int make_namespace(void)
{
    uid_t uid = getuid();
    gid_t gid = getgid();

    if (getenv("TELAR_NO_NAMESPACE"))
        return NO_NAMESPACE;
    if (unshare(CLONE_NEWPID) == 0)
        return PID_NAMESPACE;
    if (unshare(CLONE_NEWUSER | CLONE_NEWPID) < 0)
        return NO_NAMESPACE;
    map_own_user(uid, gid);
    return USER_NAMESPACE;
}

// Process 1: reaps orphans; its end is the end of all.
static _Noreturn void keep(const int ends[2])
{
    struct pollfd parent = {.fd = STDIN_FILENO};
    sigset_t child;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "telar-keeper");
    dup2(ends[0], STDIN_FILENO);
    syscall(SYS_close_range, 1u, ~0u, 0u);
    if (poll(&parent, 1, 0) > 0) // the parent died before the prctl
        _exit(0);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_SETMASK, &child, NULL);
    for (;;) {
        sigwaitinfo(&child, NULL);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            continue;
    }
}

static bool start_keeper(void)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return false;
    box.keeper = fork();
    if (box.keeper == 0)
        keep(ends);
    close(ends[0]);
    box.life_line = ends[1];
    return box.keeper > 0;
}

static const char *name_of_namespace(void)
{
    switch (box.namespace) {
    case NO_NAMESPACE:
        return M("no namespace", "sin namespace");
    case PID_NAMESPACE:
        return M("pid namespace", "namespace de pid");
    default:
        return M("user and pid namespaces", "namespaces de usuario y de pid");
    }
}

bool box_enter(uid_t uid)
{
    char who[32] = "";

    box.uid = uid;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    box.namespace = make_namespace();
    if (uid != 0)
        snprintf(who, sizeof who, "uid %d, ", (int)uid);
    snprintf(box.isolation, sizeof box.isolation, "%s, %s%s",
             name_of_namespace(), who, M("rlimits", "límites"));
    return box.namespace == NO_NAMESPACE || start_keeper();
}

const char *box_isolation(void)
{
    return box.isolation;
}

const char *box_trouble(void)
{
    return box.trouble;
}

static bool put_at(int fd, int place)
{
    return fd == place ? fcntl(fd, F_SETFD, 0) == 0 : dup2(fd, place) >= 0;
}

// Descriptors first go above all places, so that none is overwritten.
static bool place_descriptors(const struct box_plan *plan)
{
    int wanted[5] = {open("/dev/null", O_RDONLY), plan->output, plan->error,
                     plan->extra[0], plan->extra[1]};
    const int places[5] = {0, 1, 2, BOX_EXTRA, BOX_EXTRA + 1};

    for (int i = 0; i < 5; i++)
        if (wanted[i] >= 0 &&
            (wanted[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, 210)) < 0)
            return false;
    for (int i = 0; i < 5; i++)
        if (wanted[i] >= 0 && !put_at(wanted[i], places[i]))
            return false;
    syscall(SYS_close_range, 3u, (unsigned)BOX_EXTRA - 1, 0u);
    return true;
}

static _Noreturn void run_in_child(const struct box_plan *plan, int trouble)
{
    const char *step = "dup2";
    int kept = fcntl(trouble, F_DUPFD_CLOEXEC, 205);

    if (place_descriptors(plan)) {
        syscall(SYS_close_range, (unsigned)BOX_EXTRA + 2, (unsigned)kept - 1,
                0u);
        syscall(SYS_close_range, (unsigned)kept + 1, ~0u, 0u);
        step = confine_worker(plan, box.uid, box.namespace != NO_NAMESPACE);
    }
    if (!step) {
        execve(plan->arguments[0], plan->arguments, plan->environment);
        step = plan->arguments[0];
    }
    dprintf(kept, "%s: %s", step, error_words(errno));
    _exit(127);
}

// What the child says before its exec; "" when the exec came about.
static void hear_trouble(int fd)
{
    size_t have = 0;
    ssize_t got;

    while (have < sizeof box.trouble - 1) {
        got = read(fd, box.trouble + have, sizeof box.trouble - 1 - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        have += (size_t)got;
    }
    box.trouble[have] = '\0';
}

pid_t box_start(const struct box_plan *plan)
{
    int ends[2];
    pid_t child;

    if (pipe2(ends, O_CLOEXEC) < 0 || (child = fork()) < 0) {
        snprintf(box.trouble, sizeof box.trouble, "fork: %s",
                 error_words(errno));
        return -1;
    }
    if (child == 0)
        run_in_child(plan, ends[1]);
    close(ends[1]);
    hear_trouble(ends[0]);
    close(ends[0]);
    if (!*box.trouble)
        return child;
    waitpid(child, NULL, 0);
    return -1;
}

void box_leave(void)
{
    if (box.namespace == NO_NAMESPACE) {
        proc_kill_below();
        return;
    }
    kill(box.keeper, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        continue;
    close(box.life_line);
}
