// source.c - finds source files and keeps a few of them
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/explorer/wordlist.h"
#include "viz/source.h"

enum { KEPT = 8, BYTES_MOST = 4 << 20, NAME_MOST = 256 };

struct kept {
    char name[NAME_MOST];
    char *text; // NULL: it was looked for in vain
    int lines;
    bool is_used;
};
static struct kept kept[KEPT];
static int oldest;
static struct wordlist told; // folders

bool source_split(const char *place, char *file, size_t size, int *line)
{
    const char *colon = strrchr(place, ':');

    if (!colon || colon == place || (size_t)(colon - place) >= size)
        return false;
    *line = atoi(colon + 1);
    snprintf(file, size, "%.*s", (int)(colon - place), place);
    return *line > 0;
}

// ---- Looking for it ---------------------------------------------------------

static char *read_at(const char *folder, const char *file)
{
    char path[4096];

    if (snprintf(path, sizeof path, "%s/%s", folder, file) >= (int)sizeof path)
        return NULL;
    return keep_read(path, BYTES_MOST, NULL);
}

static char *read_beside(const char *trace, const char *file)
{
    const char *slash = strrchr(trace, '/');
    char folder[4096];

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - trace) : 1,
             slash ? trace : ".");
    return read_at(folder, file);
}

static char *read_where_told(const char *file)
{
    char *text = NULL;

    for (size_t i = 0; !text && i < told.count; i++)
        text = read_at(told.words[i], file);
    return text;
}

// Of that name in the course, where there is no other one.
static char *read_in_course(const char *file)
{
    static const char *const folders[] = {"lessons/*", "labs/*", "solutions/*"};
    char pattern[4096], *text = NULL;
    glob_t found = {0};

    if (strpbrk(file, "*?[\\/"))
        return NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(pattern, sizeof pattern, "%s/%s/%s", course_root(), folders[i],
                 file);
        glob(pattern, i > 0 ? GLOB_APPEND : 0, NULL, &found);
    }
    if (found.gl_pathc == 1)
        text = keep_read(found.gl_pathv[0], BYTES_MOST, NULL);
    globfree(&found);
    return text;
}

static int count_lines(const char *text)
{
    int lines = 0;

    for (const char *at = text; at && *at; lines++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return lines;
}

static struct kept *find(const char *trace, const char *file)
{
    struct kept *one;

    for (int i = 0; i < KEPT; i++)
        if (kept[i].is_used && strcmp(kept[i].name, file) == 0)
            return &kept[i];
    one = &kept[oldest];
    oldest = (oldest + 1) % KEPT;
    free(one->text);
    one->is_used = true;
    snprintf(one->name, sizeof one->name, "%s", file);
    one->text = read_beside(trace, file);
    if (!one->text)
        one->text = read_at(".", file);
    if (!one->text)
        one->text = read_where_told(file);
    if (!one->text)
        one->text = read_in_course(file);
    one->lines = one->text ? count_lines(one->text) : 0;
    return one;
}

// What was looked for in vain may be there.
static void forget_misses(void)
{
    for (int i = 0; i < KEPT; i++)
        kept[i].is_used = kept[i].is_used && kept[i].text;
}

void source_look_in(const char *folder)
{
    for (size_t i = 0; i < told.count; i++)
        if (strcmp(told.words[i], folder) == 0)
            return;
    wordlist_add(&told, folder);
    forget_misses();
}

void source_look_beside(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[4096];

    if (!slash)
        return;
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    source_look_in(*folder ? folder : "/");
}

// ---- Lines ------------------------------------------------------------------

int source_lines(const char *trace, const char *file)
{
    return find(trace, file)->lines;
}

bool source_line(const char *trace, const char *file, int number, char *text,
                 size_t size)
{
    const struct kept *one = find(trace, file);
    const char *at = one->text;

    if (number < 1 || number > one->lines)
        return false;
    for (int i = 1; i < number; i++)
        at = strchr(at, '\n') + 1;
    snprintf(text, size, "%.*s", (int)strcspn(at, "\n"), at);
    for (char *c = text; *c; c++)
        if (*c == '\t')
            *c = ' ';
    return true;
}

void source_forget(void)
{
    for (int i = 0; i < KEPT; i++)
        free(kept[i].text);
    memset(kept, 0, sizeof kept);
    wordlist_free(&told);
    oldest = 0;
}
