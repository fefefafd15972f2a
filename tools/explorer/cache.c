// cache.c - what was built before, and whether it is still right
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/explorer/cache.h"
#include "tools/explorer/hash.h"

enum { KEPT_LIMIT = 300, SOURCE_LIMIT_BYTES = 64 << 20 };

// ---- Where ------------------------------------------------------------------

static bool is_mine(const char *folder)
{
    struct stat about;

    return lstat(folder, &about) == 0 && S_ISDIR(about.st_mode) &&
           about.st_uid == geteuid() && !(about.st_mode & 022);
}

char *cache_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    char *folder = course_path("build/explore");

    if (keep_folder(folder) && access(folder, W_OK | X_OK) == 0)
        return folder;
    free(folder);
    MUST(asprintf(&folder, "%s/telar-explore-%u",
                  temporary && *temporary ? temporary : "/tmp",
                  (unsigned)geteuid()));
    if ((mkdir(folder, 0700) == 0 || errno == EEXIST) && is_mine(folder))
        return folder;
    free(folder);
    return NULL;
}

char *cache_scratch(const char *cache)
{
    char *folder;

    MUST(asprintf(&folder, "%s/new.XXXXXX", cache));
    if (mkdtemp(folder))
        return folder;
    free(folder);
    return NULL;
}

// ---- What it was made from --------------------------------------------------

static bool hash_file(const char *path, uint64_t *hash)
{
    size_t size;
    char *bytes = keep_read(path, SOURCE_LIMIT_BYTES, &size);

    if (!bytes)
        return false;
    *hash = hash_bytes(HASH_START, bytes, size);
    free(bytes);
    return true;
}

bool cache_needs(const char *scratch, const struct wordlist *files)
{
    char path[PATH_MAX];
    uint64_t hash;
    FILE *out;

    snprintf(path, sizeof path, "%.4000s/needs", scratch);
    out = fopen(path, "we");
    if (!out)
        return false;
    for (size_t i = 0; i < files->count; i++)
        if (hash_file(files->words[i], &hash))
            fprintf(out, "%016lx %s\n", (unsigned long)hash, files->words[i]);
    return fclose(out) == 0;
}

static bool is_as_it_was(const char *line)
{
    char *path;
    uint64_t hash, then = strtoull(line, &path, 16);

    return *path == ' ' && hash_file(path + 1, &hash) && hash == then;
}

bool cache_is_valid(const char *folder)
{
    char path[PATH_MAX], *lines, *rest, *line;
    bool valid;

    snprintf(path, sizeof path, "%.4000s/program", folder);
    if (access(path, X_OK) < 0)
        return false;
    snprintf(path, sizeof path, "%.4000s/needs", folder);
    lines = rest = keep_read(path, 1 << 20, NULL);
    valid = lines != NULL;
    while (valid && (line = strsep(&rest, "\n")))
        valid = !*line || is_as_it_was(line);
    free(lines);
    if (valid)
        utimensat(AT_FDCWD, folder, NULL, 0);
    return valid;
}

// ---- Coming and going -------------------------------------------------------

void cache_remove(const char *folder)
{
    DIR *files = opendir(folder);
    struct dirent *file;

    if (!files)
        return;
    while ((file = readdir(files)))
        unlinkat(dirfd(files), file->d_name, 0);
    closedir(files);
    rmdir(folder);
}

struct aged {
    time_t used;
    char name[64];
};

static int by_age(const void *a, const void *b)
{
    const struct aged *one = a, *other = b;

    return (one->used > other->used) - (one->used < other->used);
}

static size_t list_folders(DIR *cache, struct aged *list, size_t limit)
{
    struct dirent *entry;
    struct stat about;
    size_t count = 0;

    while (count < limit && (entry = readdir(cache)))
        if (*entry->d_name != '.' && strlen(entry->d_name) < 64 &&
            fstatat(dirfd(cache), entry->d_name, &about, 0) == 0 &&
            S_ISDIR(about.st_mode)) {
            list[count].used = about.st_mtime;
            strcpy(list[count++].name, entry->d_name);
        }
    return count;
}

// When there are too many, a quarter goes: what was not used for longest.
static void trim(const char *folder)
{
    static struct aged list[4 * KEPT_LIMIT];
    DIR *cache = opendir(folder);
    char path[PATH_MAX];
    size_t count;

    if (!cache)
        return;
    count = list_folders(cache, list, sizeof list / sizeof *list);
    closedir(cache);
    if (count <= KEPT_LIMIT)
        return;
    qsort(list, count, sizeof *list, by_age);
    for (size_t i = 0; i < count - KEPT_LIMIT * 3 / 4; i++) {
        snprintf(path, sizeof path, "%.4000s/%s", folder, list[i].name);
        cache_remove(path);
    }
}

bool cache_keep(const char *cache, const char *scratch, const char *folder)
{
    trim(cache);
    if (rename(scratch, folder) == 0)
        return true;
    cache_remove(folder);
    return rename(scratch, folder) == 0;
}
