// family.c - all that descends from this process, to its last member
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/recorder/family.h"

#define PIDS_MAX (1 << 22) // the kernel's PID_MAX_LIMIT

struct members {
    pid_t *pids; // parents before their children
    size_t count, room;
    bool found_new;
    unsigned char stopped[PIDS_MAX / 8]; // one bit a process
};

bool family_adopt(void)
{
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
}

bool family_reap(family_ended *ended, void *context)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, __WALL | WNOHANG)) > 0)
        ended(pid, status, context);
    return pid == 0 || errno != ECHILD;
}

// ---- Who there is -----------------------------------------------------------

// Everything below hurries: a family that forks on competes for the CPU with
// whoever wants to stop it, so each member is stopped as soon as it is found.

static void add(struct members *members, pid_t pid)
{
    if (members->count == members->room) {
        size_t room = members->room ? 2 * members->room : 256;
        pid_t *bigger = realloc(members->pids, room * sizeof *bigger);

        if (!bigger)
            return; // the next round finds it
        members->pids = bigger;
        members->room = room;
    }
    members->pids[members->count++] = pid;
}

// Stops pid and the whole group it is in (which it only left us to make, so
// all in it are of the family).
static void stop_one(struct members *members, pid_t pid)
{
    unsigned char bit = (unsigned char)(1 << pid % 8);
    unsigned char *byte = &members->stopped[pid / 8 % (PIDS_MAX / 8)];
    pid_t group;

    if (*byte & bit)
        return;
    *byte |= bit;
    members->found_new = true;
    group = getpgid(pid);
    if (group > 0 && group != getpgrp())
        kill(-group, SIGSTOP);
    else
        kill(pid, SIGSTOP);
}

// The file holds numbers, each with a space after it.
static void add_children_of_thread(struct members *members, pid_t pid,
                                   const char *thread)
{
    char text[4096];
    ssize_t got;
    pid_t child = 0;
    int fd;

    snprintf(text, sizeof text, "/proc/%d/task/%.12s/children", (int)pid,
             thread);
    fd = open(text, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    while ((got = read(fd, text, sizeof text)) > 0)
        for (ssize_t i = 0; i < got; i++)
            if (text[i] >= '0' && text[i] <= '9') {
                child = child * 10 + (text[i] - '0');
            } else if (child > 0) {
                stop_one(members, child);
                add(members, child);
                child = 0;
            }
    close(fd);
}

static void add_children_of_threads(struct members *members, pid_t pid,
                                    const char *tasks)
{
    struct dirent *entry;
    DIR *threads = opendir(tasks);

    if (!threads)
        return;
    while ((entry = readdir(threads)))
        if (entry->d_name[0] != '.')
            add_children_of_thread(members, pid, entry->d_name);
    closedir(threads);
}

static void add_children(struct members *members, pid_t pid)
{
    char tasks[32], leader[16];
    struct stat found;

    snprintf(tasks, sizeof tasks, "/proc/%d/task", (int)pid);
    if (stat(tasks, &found) < 0)
        return;
    snprintf(leader, sizeof leader, "%d", (int)pid);
    if (found.st_nlink <= 3) // one folder in it: one thread
        add_children_of_thread(members, pid, leader);
    else
        add_children_of_threads(members, pid, tasks);
}

// ---- The end ----------------------------------------------------------------

static void stop_all(struct members *members)
{
    do {
        members->found_new = false;
        members->count = 0;
        add_children(members, getpid());
        for (size_t i = 0; i < members->count; i++)
            add_children(members, members->pids[i]);
    } while (members->found_new);
}

// Children first: a dying parent makes the kernel wake its stopped ones.
static void kill_all(const struct members *members)
{
    for (size_t i = members->count; i-- > 0;)
        kill(members->pids[i], SIGKILL);
}

void family_kill(family_ended *ended, void *context)
{
    static struct members members;

    memset(members.stopped, 0, sizeof members.stopped);
    setpriority(PRIO_PROCESS, 0, -20); // where we may
    while (family_reap(ended, context)) {
        stop_all(&members);
        kill_all(&members);
        if (!family_reap(ended, context))
            break;
        poll(NULL, 0, 1); // they are dying; ask again
    }
    free(members.pids);
    members.pids = NULL;
    members.room = 0;
}
