// proc.c - what /proc tells of other processes
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/grader/proc.h"

struct process {
    pid_t pid, parent;
    char state;
    bool below; // of the process asked about
};

struct processes {
    struct process *all;
    size_t count, room;
};

// Reads a small file of /proc/PID; "" when the process is gone.
static void read_of(pid_t pid, const char *name, char *text, size_t size)
{
    char path[64];
    ssize_t got;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    got = fd < 0 ? 0 : read(fd, text, size - 1);
    text[got < 0 ? 0 : got] = '\0';
    if (fd >= 0)
        close(fd);
}

// The line is "PID (name) STATE PARENT ..."; the name may hold anything.
static void add_process(struct processes *list, pid_t pid)
{
    char line[1024];
    const char *behind_name;
    int parent;
    char state;

    read_of(pid, "stat", line, sizeof line);
    behind_name = strrchr(line, ')');
    if (!behind_name || sscanf(behind_name + 1, " %c %d", &state, &parent) != 2)
        return;
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 256;
        list->all = MUST(realloc(list->all, list->room * sizeof *list->all));
    }
    list->all[list->count++] =
        (struct process){.pid = pid, .parent = parent, .state = state};
}

static struct processes processes_now(void)
{
    struct processes list = {0};
    DIR *folder = opendir("/proc");
    struct dirent *entry;

    while (folder && (entry = readdir(folder)))
        if (isdigit((unsigned char)entry->d_name[0]))
            add_process(&list, atoi(entry->d_name));
    if (folder)
        closedir(folder);
    return list;
}

int proc_children(pid_t pid, int *zombies)
{
    struct processes list = processes_now();
    int children = 0;

    *zombies = 0;
    for (size_t i = 0; i < list.count; i++) {
        if (list.all[i].parent != pid)
            continue;
        children++;
        *zombies += list.all[i].state == 'Z';
    }
    free(list.all);
    return children;
}

int proc_descriptors(pid_t pid)
{
    char path[64];
    DIR *folder;
    int count = 0;

    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    folder = opendir(path);
    if (!folder)
        return -1;
    for (struct dirent *entry; (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

long proc_number(pid_t pid, const char *name)
{
    char text[8192], wanted[64];
    const char *line;

    read_of(pid, "status", text, sizeof text);
    snprintf(wanted, sizeof wanted, "\n%s:", name);
    line = strstr(text, wanted);
    return line ? strtol(line + strlen(wanted), NULL, 10) : -1;
}

static bool is_below(const struct processes *list, pid_t parent, pid_t top)
{
    if (parent == top)
        return true;
    for (size_t i = 0; i < list->count; i++)
        if (list->all[i].pid == parent)
            return list->all[i].below;
    return false;
}

// Marks the living descendants of top. Returns how many there are.
static size_t mark_below(struct processes *list, pid_t top)
{
    size_t marked = 0, before;

    do {
        before = marked;
        for (size_t i = 0; i < list->count; i++) {
            struct process *each = &list->all[i];

            if (each->below || each->state == 'Z' ||
                !is_below(list, each->parent, top))
                continue;
            each->below = true;
            marked++;
        }
    } while (marked != before);
    return marked;
}

// "PID (name) STATE" and then numbers: utime, stime, cutime and cstime are the
// 12th to 15th, in ticks.
static int64_t cpu_ms_of(pid_t pid)
{
    unsigned long long user, system, users, systems;
    const char *behind_name;
    char line[1024];

    read_of(pid, "stat", line, sizeof line);
    behind_name = strrchr(line, ')');
    if (!behind_name ||
        sscanf(behind_name + 1,
               " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu "
               "%llu",
               &user, &system, &users, &systems) != 4)
        return 0;
    return (int64_t)((user + system + users + systems) * 1000 /
                     (unsigned long long)sysconf(_SC_CLK_TCK));
}

// /proc/PID/task/TID/schedstat: on the processor, in line, how often.
static int64_t delay_ms_of(pid_t pid)
{
    char path[64], name[64], line[128];
    unsigned long long delay_ns;
    struct dirent *entry;
    int64_t sum_ms = 0;
    DIR *folder;

    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    folder = opendir(path);
    while (folder && (entry = readdir(folder))) {
        snprintf(name, sizeof name, "task/%.20s/schedstat", entry->d_name);
        read_of(pid, name, line, sizeof line);
        if (sscanf(line, "%*u %llu", &delay_ns) == 1)
            sum_ms += (int64_t)(delay_ns / 1000000);
    }
    if (folder)
        closedir(folder);
    return sum_ms;
}

struct proc_times proc_times(pid_t pid)
{
    return (struct proc_times){.cpu_ms = cpu_ms_of(pid),
                               .delay_ms = delay_ms_of(pid)};
}

struct proc_times proc_times_below(pid_t pid)
{
    struct processes list = processes_now();
    struct proc_times sum = proc_times(pid);

    mark_below(&list, pid);
    for (size_t i = 0; i < list.count; i++) {
        struct proc_times one;

        if (!list.all[i].below)
            continue;
        one = proc_times(list.all[i].pid);
        sum.cpu_ms += one.cpu_ms;
        sum.delay_ms += one.delay_ms;
    }
    free(list.all);
    return sum;
}

// The first line of /proc/stat: user, nice, system, idle, in ticks.
int64_t proc_idle_ms(void)
{
    FILE *file = fopen("/proc/stat", "re");
    unsigned long long idle = 0;

    if (!file)
        return 0;
    if (fscanf(file, "cpu %*u %*u %*u %llu", &idle) != 1)
        idle = 0;
    fclose(file);
    return (int64_t)(idle * 1000 / (unsigned long long)sysconf(_SC_CLK_TCK));
}

// Sends signal to all descendants. Returns how many were not stopped before.
static size_t signal_below(int signal_number, size_t *alive)
{
    struct processes list = processes_now();
    size_t running = 0;

    *alive = mark_below(&list, getpid());
    for (size_t i = 0; i < list.count; i++) {
        if (!list.all[i].below)
            continue;
        running += list.all[i].state != 'T';
        kill(list.all[i].pid, signal_number);
    }
    free(list.all);
    return running;
}

void proc_kill_below(void)
{
    size_t alive;

    do {
        // Stopped, they cannot fork away from the kill that follows.
        for (int pass = 0; pass < 20; pass++)
            if (signal_below(SIGSTOP, &alive) == 0)
                break;
        signal_below(SIGKILL, &alive);
        while (waitpid(-1, NULL, alive ? WNOHANG : 0) > 0)
            continue;
    } while (alive > 0);
}

long proc_tasks_of(uid_t uid)
{
    struct processes list = processes_now();
    long tasks = 0;

    for (size_t i = 0; i < list.count; i++) {
        char path[64];
        struct stat info;

        snprintf(path, sizeof path, "/proc/%d", (int)list.all[i].pid);
        if (stat(path, &info) == 0 && info.st_uid == uid)
            tasks += proc_number(list.all[i].pid, "Threads");
    }
    free(list.all);
    return list.count ? tasks : -1;
}
