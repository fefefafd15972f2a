// scratch.c - a folder for one grading, gone afterwards
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/grader/scratch.h"

#define PREFIX "telar-check-"

enum {
    FIRST_UID = 61184, // what systemd sets aside for users that come and go
    UIDS = 4335,
    NOBODY = 65534,
    UNLOCKED_S = 600, // a folder without a lock file so long is nobody's
};

static char path[PATH_MAX];
static int lock_fd = -1;

static const char *parent_folder(void)
{
    static char folder[PATH_MAX];
    const char *told = getenv("TMPDIR");

    return realpath(told && *told ? told : "/tmp", folder);
}

static bool lock_folder(const char *folder)
{
    char lock[PATH_MAX + 8];

    snprintf(lock, sizeof lock, "%s/lock", folder);
    lock_fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return lock_fd >= 0 && flock(lock_fd, LOCK_EX | LOCK_NB) == 0;
}

const char *scratch_make(void)
{
    const char *parent = parent_folder();

    if (!parent)
        return NULL;
    if (snprintf(path, sizeof path, "%s/" PREFIX "XXXXXX", parent) >=
        (int)sizeof path) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    if (!mkdtemp(path)) {
        *path = '\0';
        return NULL;
    }
    if (lock_folder(path))
        return path;
    scratch_remove();
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

static bool is_stale(const char *folder)
{
    char lock[PATH_MAX + 300];
    struct stat info;
    int fd;
    bool stale;

    if (lstat(folder, &info) < 0 || !S_ISDIR(info.st_mode) ||
        info.st_uid != geteuid())
        return false;
    snprintf(lock, sizeof lock, "%s/lock", folder);
    fd = open(lock, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT && time(NULL) - info.st_mtime > UNLOCKED_S;
    stale = flock(fd, LOCK_EX | LOCK_NB) == 0;
    close(fd);
    return stale;
}

void scratch_sweep(void)
{
    const char *parent = parent_folder();
    DIR *folder = parent ? opendir(parent) : NULL;

    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char found[PATH_MAX + 256];

        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
            continue;
        snprintf(found, sizeof found, "%s/%s", parent, entry->d_name);
        if (is_stale(found))
            remove_tree(found);
    }
    closedir(folder);
}

// Can a process of ours become uid, and enter the folder then?
static bool can_become(uid_t uid)
{
    int status = 1;
    pid_t child = fork();

    if (child == 0)
        _exit(setgroups(0, NULL) < 0 || setresgid(uid, uid, uid) < 0 ||
              setresuid(uid, uid, uid) < 0 || access(path, X_OK) < 0);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return status == 0;
}

static bool open_to(uid_t uid)
{
    return chown(path, (uid_t)-1, uid) == 0 && chmod(path, 0710) == 0 &&
           can_become(uid);
}

uid_t scratch_uid(void)
{
    uid_t uid = FIRST_UID + (uid_t)getpid() % UIDS;

    if (geteuid() != 0)
        return 0;
    if (open_to(uid))
        return uid;
    return open_to(NOBODY) ? NOBODY : 0;
}
