// course.c - where the course is, and which lessons and labs it has
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/course.h"

static bool holds(const char *folder, const char *name)
{
    char path[PATH_MAX];

    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= PATH_MAX)
        return false;
    return access(path, F_OK) == 0;
}

// Cuts path to the nearest folder above it that looks like the project.
static bool climb_to_root(char *path)
{
    char *slash;

    while ((slash = strrchr(path, '/')) && slash != path) {
        *slash = '\0';
        if (holds(path, "lessons") && holds(path, "Makefile"))
            return true;
    }
    return false;
}

static bool root_of_program(char *path)
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);

    if (length < 0)
        return false;
    path[length] = '\0';
    return climb_to_root(path);
}

const char *course_root(void)
{
    static char root[PATH_MAX];
    const char *told = getenv("TELAR_ROOT");

    if (*root)
        return root;
    if (told && *told && realpath(told, root))
        return root;
    if (!root_of_program(root))
        MUST(getcwd(root, sizeof root));
    return root;
}

const char *course_state(void)
{
    static char state[PATH_MAX];
    const char *told = getenv("TELAR_STATE");

    if (*state)
        return state;
    if (told && *told)
        snprintf(state, sizeof state, "%s", told);
    else
        snprintf(state, sizeof state, "%.4000s/.telar", course_root());
    return state;
}

static char *path_below(const char *folder, const char *format, va_list rest)
{
    char *tail, *path;

    MUST(vasprintf(&tail, format, rest));
    MUST(asprintf(&path, "%s/%s", folder, tail));
    free(tail);
    return path;
}

char *course_path(const char *format, ...)
{
    va_list rest;
    char *path;

    va_start(rest, format);
    path = path_below(course_root(), format, rest);
    va_end(rest);
    return path;
}

char *course_state_path(const char *format, ...)
{
    va_list rest;
    char *path;

    va_start(rest, format);
    path = path_below(course_state(), format, rest);
    va_end(rest);
    return path;
}

static bool is_numbered(const char *name)
{
    return isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) &&
           name[2] == '_' && name[3];
}

static int keep_numbered(const struct dirent *entry)
{
    return is_numbered(entry->d_name);
}

size_t course_list(const char *kind, char ***names)
{
    char *folder = course_path("%s", kind);
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, keep_numbered, alphasort);

    free(folder);
    *names = NULL;
    if (count <= 0)
        return 0;
    *names = MUST(calloc((size_t)count, sizeof **names));
    for (int i = 0; i < count; i++) {
        (*names)[i] = MUST(strdup(entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    return (size_t)count;
}

void course_free(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

static bool is_meant(const char *name, const char *asked)
{
    char *end;
    long number = strtol(asked, &end, 10);

    if (*asked && !*end && isdigit((unsigned char)*asked))
        return number == strtol(name, NULL, 10);
    return strcmp(asked, name) == 0 || strcmp(asked, name + 3) == 0;
}

char *course_find(const char *kind, const char *asked)
{
    char **names, *found = NULL;
    size_t count = course_list(kind, &names);

    for (size_t i = 0; i < count && !found; i++)
        if (is_meant(names[i], asked))
            found = MUST(strdup(names[i]));
    course_free(names, count);
    return found;
}
