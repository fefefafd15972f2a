// watch.c - labs graded again whenever a file of theirs is saved
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/terminal.h"
#include "tools/grader/guard.h"
#include "tools/grader/watch.h"

enum { PERIOD_MS = 300 };

static bool is_code(const char *name)
{
    size_t length = strlen(name);

    return length > 2 && name[0] != '.' &&
           (strcmp(name + length - 2, ".c") == 0 ||
            strcmp(name + length - 2, ".h") == 0);
}

// A number that changes when a file comes, goes or is written.
static uint64_t mark_of(const char *lab)
{
    char *folder = course_path("labs/%s", lab);
    DIR *entries = opendir(folder);
    uint64_t mark = 0;

    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        struct stat info;

        if (!is_code(entry->d_name) ||
            fstatat(dirfd(entries), entry->d_name, &info, 0) < 0)
            continue;
        // Sums do not depend on the order in which files are listed.
        mark += (uint64_t)info.st_mtim.tv_sec * 1000000007u +
                (uint64_t)info.st_mtim.tv_nsec * 31 +
                (uint64_t)info.st_size * 65537 + info.st_ino;
    }
    if (entries)
        closedir(entries);
    free(folder);
    return mark;
}

// Waits a period. Returns true when it is time to end.
static bool wait_or_end(const sigset_t *ends)
{
    struct timespec period = {.tv_nsec = PERIOD_MS * 1000000L};

    return sigtimedwait(ends, NULL, &period) > 0;
}

static bool grade_one(const struct check_plan *plan, size_t lab)
{
    struct check_plan one = *plan;

    one.labs = plan->labs + lab;
    one.lab_count = 1;
    return check_labs(&one) != GUARD_INTERRUPTED;
}

static void say_watching(void)
{
    printf(M("\n%sI grade again when you save a file. Ctrl-C ends.%s\n",
             "\n%sCalifico otra vez cuando guardes un archivo. Ctrl-C "
             "termina.%s\n"),
           style(QUIET), style(PLAIN_TEXT));
    fflush(stdout);
}

static void block_ends(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGINT);
    sigaddset(ends, SIGTERM);
    sigaddset(ends, SIGHUP);
}

// Grades what changed. Returns false at the end.
static bool look(const struct check_plan *plan, uint64_t *marks)
{
    bool changed = false;

    for (size_t i = 0; i < plan->lab_count; i++) {
        uint64_t mark = mark_of(plan->labs[i]);

        if (mark == marks[i])
            continue;
        marks[i] = mark;
        changed = true;
        if (!grade_one(plan, i))
            return false;
    }
    if (changed)
        say_watching();
    return true;
}

int watch_labs(const struct check_plan *plan)
{
    uint64_t *marks = MUST(calloc(plan->lab_count + 1, sizeof *marks));
    sigset_t ends;

    block_ends(&ends);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    while (look(plan, marks) && !wait_or_end(&ends))
        continue;
    free(marks);
    putchar('\n');
    return 0;
}
