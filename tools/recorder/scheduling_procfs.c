// scheduling_procfs.c - what the kernel tells about processes and threads
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/recorder/scheduling_parts.h"

const char *procfs_root = "/proc";
const char *procfs_schedstat = "schedstat";

int procfs_open(uint32_t pid, uint32_t tid, const char *name)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%u/task/%u/%s", procfs_root, pid, tid,
             name);
    return open(path, O_RDONLY | O_CLOEXEC);
}

// The text of a small file, from its beginning. Returns 0 or an error number.
static int read_text(int fd, char *text, size_t size)
{
    ssize_t got = pread(fd, text, size - 1, 0);

    if (got < 0)
        return errno;
    text[got] = '\0';
    return got > 0 ? 0 : ESRCH;
}

// ---- stat -------------------------------------------------------------------

// The fields after the name are numbered from 3, as in proc(5).
static const char *field(const char *text, int number)
{
    for (int i = 3; i < number && text; i++) {
        text = strchr(text, ' ');
        text += text != NULL;
    }
    return text ? text : "0";
}

static void copy_name(struct procfs_stat *stat, const char *from,
                      const char *to)
{
    size_t length = (size_t)(to - from);

    if (length >= sizeof stat->name)
        length = sizeof stat->name - 1;
    memcpy(stat->name, from, length);
    stat->name[length] = '\0';
}

static uint64_t number_at(const char *rest, int number)
{
    return strtoull(field(rest, number), NULL, 10);
}

// The name may hold anything, also parentheses.
static bool parse_stat(const char *text, struct procfs_stat *stat)
{
    const char *open = strchr(text, '('), *close = strrchr(text, ')');
    uint64_t tick_ns = 1000000000u / (uint64_t)sysconf(_SC_CLK_TCK);

    if (!open || !close || close < open || close[1] != ' ')
        return false;
    copy_name(stat, open + 1, close);
    text = close + 2;
    stat->state = *text;
    stat->parent = (uint32_t)number_at(text, 4);
    stat->ticks = number_at(text, 14) + number_at(text, 15);
    stat->start_ns = number_at(text, 22) * tick_ns;
    stat->cpu = (uint32_t)number_at(text, 39);
    stat->status = strchr("ZX", *text) ? (int64_t)number_at(text, 52) : -1;
    return true;
}

bool procfs_read_stat(int fd, struct procfs_stat *stat)
{
    char text[1024];

    return read_text(fd, text, sizeof text) == 0 && parse_stat(text, stat);
}

bool procfs_stat(uint32_t pid, uint32_t tid, struct procfs_stat *stat)
{
    int fd = procfs_open(pid, tid, "stat");
    bool is_read = fd >= 0 && procfs_read_stat(fd, stat);

    if (fd >= 0)
        close(fd);
    return is_read;
}

// ---- schedstat --------------------------------------------------------------

int procfs_read_schedstat(int fd, struct account_reading *reading)
{
    char text[128], *at = text;
    int error = read_text(fd, text, sizeof text);

    if (error)
        return error;
    reading->run_ns = strtoull(at, &at, 10);
    reading->delay_ns = strtoull(at, &at, 10);
    reading->arrivals = strtoull(at, &at, 10);
    return 0;
}

// Whoever reads this was put on a CPU some time.
bool procfs_has_schedstat(void)
{
    struct account_reading mine = {0};
    int fd =
        procfs_open((uint32_t)getpid(), (uint32_t)getpid(), procfs_schedstat);
    int error = fd < 0 ? errno : procfs_read_schedstat(fd, &mine);

    if (fd >= 0)
        close(fd);
    // A kernel that does not count says 0 three times. Who has just begun may
    // have arrived and, until the next tick, no time.
    return error == 0 && mine.arrivals > 0;
}

// ---- Who there is -----------------------------------------------------------

uint64_t procfs_forks(void)
{
    static const char word[] = "processes ";
    char path[512], *line = NULL;
    size_t room = 0;
    uint64_t forks = 0;
    FILE *file;

    snprintf(path, sizeof path, "%s/stat", procfs_root);
    file = fopen(path, "re");
    while (file && !forks && getline(&line, &room, file) > 0)
        if (strncmp(line, word, sizeof word - 1) == 0)
            forks = strtoull(line + sizeof word - 1, NULL, 10);
    free(line);
    if (file)
        fclose(file);
    return forks;
}

unsigned procfs_thread_count(uint32_t pid)
{
    char path[512];
    struct stat about;

    snprintf(path, sizeof path, "%s/%u/task", procfs_root, pid);
    if (stat(path, &about) != 0 || about.st_nlink < 2)
        return 0;
    return (unsigned)about.st_nlink - 2;
}

static bool list_numbers(const char *path, procfs_found *found, void *context)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    if (!folder)
        return false;
    while ((entry = readdir(folder)))
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            found(context, (uint32_t)strtoul(entry->d_name, NULL, 10), 0);
    closedir(folder);
    return true;
}

bool procfs_threads(uint32_t pid, procfs_found *found, void *context)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%u/task", procfs_root, pid);
    return list_numbers(path, found, context);
}

// The file holds numbers, each with a space after it.
bool procfs_children(uint32_t pid, uint32_t tid, procfs_found *found,
                     void *context)
{
    int fd = procfs_open(pid, tid, "children");
    char text[4096];
    ssize_t got;
    uint32_t child = 0;

    if (fd < 0)
        return false;
    while ((got = read(fd, text, sizeof text)) > 0)
        for (ssize_t i = 0; i < got; i++)
            if (text[i] >= '0' && text[i] <= '9') {
                child = child * 10 + (uint32_t)(text[i] - '0');
            } else if (child > 0) {
                found(context, child, tid);
                child = 0;
            }
    close(fd);
    return true;
}

struct scan {
    procfs_found *found;
    void *context;
};

static void found_process(void *context, uint32_t pid, uint32_t unused)
{
    struct scan *scan = context;
    struct procfs_stat stat;

    (void)unused;
    if (procfs_stat(pid, pid, &stat))
        scan->found(scan->context, pid, stat.parent);
}

bool procfs_processes(procfs_found *found, void *context)
{
    struct scan scan = {found, context};

    return list_numbers(procfs_root, found_process, &scan);
}
