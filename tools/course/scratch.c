// scratch.c - a folder for one command, gone afterwards
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tools/course/scratch.h"

enum { UNLOCKED_S = 600 }; // a folder without a lock file so long is nobody's

static char path[PATH_MAX];
static int lock_fd = -1;

static const char *parent_folder(void)
{
    static char folder[PATH_MAX];
    const char *told = getenv("TMPDIR");

    return realpath(told && *told ? told : "/tmp", folder);
}

// A sweep may have seen the lock file before we held it: then the folder goes.
static bool lock_folder(const char *folder)
{
    char lock[PATH_MAX + 8];

    snprintf(lock, sizeof lock, "%s/lock", folder);
    lock_fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return lock_fd >= 0 && flock(lock_fd, LOCK_EX | LOCK_NB) == 0 &&
           access(lock, F_OK) == 0;
}

static bool make_folder(const char *parent, const char *kind)
{
    int length =
        snprintf(path, sizeof path, "%s/telar-%s-XXXXXX", parent, kind);

    if (length < (int)sizeof path && mkdtemp(path))
        return true;
    if (length >= (int)sizeof path)
        errno = ENAMETOOLONG;
    *path = '\0';
    return false;
}

const char *scratch_make(const char *kind)
{
    const char *parent = parent_folder();

    for (int tries = 0; parent && tries < 3; tries++) {
        if (!make_folder(parent, kind))
            return NULL;
        if (lock_folder(path))
            return path;
        scratch_remove();
    }
    return NULL;
}

const char *scratch_path(void)
{
    return path;
}

// What a program made unreadable for its owner is still the owner's to remove.
static void remove_entry(FTSENT *entry)
{
    switch (entry->fts_info) {
    case FTS_D:
        chmod(entry->fts_accpath, 0700);
        break;
    case FTS_DNR:
    case FTS_DP:
        rmdir(entry->fts_accpath);
        break;
    default:
        unlink(entry->fts_accpath);
    }
}

static void remove_tree(char *folder)
{
    char *roots[] = {folder, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOSTAT, NULL);
    FTSENT *entry;

    if (!walk)
        return;
    while ((entry = fts_read(walk)))
        remove_entry(entry);
    fts_close(walk);
}

void scratch_remove(void)
{
    int saved = errno;

    if (*path)
        remove_tree(path);
    *path = '\0';
    if (lock_fd >= 0)
        close(lock_fd);
    lock_fd = -1;
    errno = saved;
}

// Removes the folder if nobody holds its lock, holding it meanwhile.
static void sweep(char *folder)
{
    char lock[PATH_MAX + 300];
    struct stat info;
    bool stale;
    int fd;

    if (lstat(folder, &info) < 0 || !S_ISDIR(info.st_mode) ||
        info.st_uid != geteuid())
        return;
    snprintf(lock, sizeof lock, "%s/lock", folder);
    fd = open(lock, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0)
        stale = flock(fd, LOCK_EX | LOCK_NB) == 0;
    else
        stale = errno == ENOENT && time(NULL) - info.st_mtime > UNLOCKED_S;
    if (stale)
        remove_tree(folder);
    if (fd >= 0)
        close(fd);
}

// Is it "telar-KIND-" and six characters more?
static bool is_of_kind(const char *name, const char *kind)
{
    size_t length = strlen(kind);

    return strncmp(name, "telar-", 6) == 0 &&
           strncmp(name + 6, kind, length) == 0 && name[6 + length] == '-' &&
           strlen(name + 6 + length) == strlen("-XXXXXX");
}

void scratch_sweep(const char *kind)
{
    const char *parent = parent_folder();
    DIR *folder = parent ? opendir(parent) : NULL;

    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char found[PATH_MAX + 256];

        if (!is_of_kind(entry->d_name, kind))
            continue;
        snprintf(found, sizeof found, "%s/%s", parent, entry->d_name);
        sweep(found);
    }
    closedir(folder);
}
