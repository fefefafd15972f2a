// family.c - all that descends from this process, to its last member
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/recorder/family.h"

#define PIDS_MAX (1 << 22) // the kernel's PID_MAX_LIMIT

struct members {
    pid_t *pids; // parents before their children
    size_t count, room;
    unsigned char *stopped; // one bit a process
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

static void add_children_of_thread(struct members *members, pid_t pid,
                                   const char *thread)
{
    char path[64];
    FILE *file;
    int child;

    snprintf(path, sizeof path, "/proc/%d/task/%.12s/children", (int)pid,
             thread);
    file = fopen(path, "re");
    if (!file)
        return;
    while (fscanf(file, "%d", &child) == 1)
        add(members, child);
    fclose(file);
}

static void add_children(struct members *members, pid_t pid)
{
    char path[32];
    struct dirent *entry;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    threads = opendir(path);
    if (!threads)
        return;
    while ((entry = readdir(threads)))
        if (entry->d_name[0] != '.')
            add_children_of_thread(members, pid, entry->d_name);
    closedir(threads);
}

static void find(struct members *members)
{
    members->count = 0;
    add_children(members, getpid());
    for (size_t i = 0; i < members->count; i++)
        add_children(members, members->pids[i]);
}

// ---- The end ----------------------------------------------------------------

// Returns whether it was new.
static bool stop_one(struct members *members, pid_t pid)
{
    unsigned char bit = (unsigned char)(1 << pid % 8);
    unsigned char *byte;

    kill(pid, SIGSTOP);
    if (!members->stopped || pid < 0 || pid >= PIDS_MAX)
        return false;
    byte = &members->stopped[pid / 8];
    if (*byte & bit)
        return false;
    *byte |= bit;
    return true;
}

static void stop_all(struct members *members)
{
    bool found_new;

    do {
        found_new = false;
        find(members);
        for (size_t i = 0; i < members->count; i++)
            found_new |= stop_one(members, members->pids[i]);
    } while (found_new);
}

// Children first: a dying parent makes the kernel wake its stopped ones.
static void kill_all(const struct members *members)
{
    for (size_t i = members->count; i-- > 0;)
        kill(members->pids[i], SIGKILL);
}

void family_kill(family_ended *ended, void *context)
{
    struct members members = {.stopped = calloc(PIDS_MAX / 8, 1)};

    while (family_reap(ended, context)) {
        stop_all(&members);
        kill_all(&members);
        if (family_reap(ended, context))
            poll(NULL, 0, 1); // they are dying; ask again
        else
            break;
    }
    free(members.stopped);
    free(members.pids);
}
