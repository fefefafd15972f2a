// reset.c - the starter back, the student's file kept beside it
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/grader/reset.h"

enum { FILE_MOST = 1 << 20, COPIES_MOST = 10000 };

static bool is_same(const char *path, const char *bytes, size_t size)
{
    size_t own_size;
    char *own = keep_read(path, FILE_MOST, &own_size);
    bool same = own && own_size == size && memcmp(own, bytes, size) == 0;

    free(own);
    return same;
}

// The second name leads to the same bytes; only then is the first one given to
// the starter. Where there are no hard links the file takes the new name.
static bool take_name(const char *path, const char *copy)
{
    struct stat info;

    if (link(path, copy) == 0)
        return true;
    if (errno == EEXIST || lstat(copy, &info) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(path, copy) == 0;
}

// Returns the path under which the student's file is kept, or NULL with errno.
static char *keep_mine(const char *path)
{
    char *copy;

    for (int n = 1; n <= COPIES_MOST; n++) {
        MUST(asprintf(&copy, "%s.mine-%d", path, n));
        if (take_name(path, copy))
            return copy;
        free(copy);
        if (errno != EEXIST)
            return NULL;
    }
    return NULL;
}

static int cannot(const char *path)
{
    return could_not("%s: %s", path, error_words(errno));
}

static int put_starter(const char *path, const char *bytes, size_t size)
{
    return keep_write(path, bytes, size) ? 0 : cannot(path);
}

static const char *below_root(const char *path)
{
    return path + strlen(course_root()) + 1;
}

static int replace(const char *path, const char *bytes, size_t size)
{
    struct stat info;
    char *copy;
    int status;

    if (lstat(path, &info) < 0 && errno == ENOENT) {
        printf(M("%s: the starter is there\n", "%s: está el inicial\n"),
               below_root(path));
        return put_starter(path, bytes, size);
    }
    if (is_same(path, bytes, size)) {
        printf(M("%s: is the starter already\n", "%s: ya es el inicial\n"),
               below_root(path));
        return 0;
    }
    copy = keep_mine(path);
    if (!copy)
        return cannot(path);
    status = put_starter(path, bytes, size);
    printf(M("%s: the starter is back; yours is %s\n",
             "%s: vuelve el inicial; el tuyo es %s\n"),
           below_root(path), below_root(copy));
    free(copy);
    return status;
}

static int reset_file(const char *lab, const char *name)
{
    char *starter = course_path("tests/labs/%s/starter/%s", lab, name);
    char *path = course_path("labs/%s/%s", lab, name);
    size_t size;
    char *bytes = keep_read(starter, FILE_MOST, &size);
    int status = bytes ? replace(path, bytes, size) : cannot(starter);

    free(bytes);
    free(path);
    free(starter);
    return status;
}

int reset_lab(const struct brief *brief)
{
    int status = 0;

    for (int i = 0; brief->files[i]; i++)
        if (reset_file(brief->lab, brief->files[i]) != 0)
            status = 2;
    return status;
}
