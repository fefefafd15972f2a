// objects.c - what a suite asks of the student's objects
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/grader/object_use.h"
#include "tools/grader/trial.h"

enum { FILES_MOST = 8 };

static bool is_source(const char *name)
{
    size_t length = strlen(name);

    return length > 2 && strcmp(name + length - 2, ".c") == 0;
}

// Those of build PLAIN: no sanitizer's names are in them. They live as long as
// the test; the list ends with NULL.
static void find_objects(char *paths[FILES_MOST + 1])
{
    int count = 0;

    for (int i = 0; i < FILES_MOST && trial.lab->files[i]; i++)
        if (is_source(trial.lab->files[i]))
            MUST(asprintf(&paths[count++], "%s/build/plain/%s.o", trial.scratch,
                          trial.lab->files[i]));
    paths[count] = NULL;
}

// "memcpy, memset"
static char *listed(const char *const *names)
{
    char *text = NULL;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    for (int i = 0; names[i]; i++)
        fprintf(out, "%s%s", i > 0 ? ", " : "", names[i]);
    fclose(out);
    return text;
}

void objects_use_listed(void)
{
    char *paths[FILES_MOST + 1], *why;

    find_objects(paths);
    for (int i = 0; paths[i]; i++) {
        switch (object_use(paths[i], (const char *const *)paths,
                           trial.lab->names, &why)) {
        case OBJECT_REFUSED:
            broken(M("%s. Beside what is its own, your code may use only: %s",
                     "%s. Además de lo suyo, tu código puede usar solo: %s"),
                   why, listed(trial.lab->names));
        case OBJECT_UNREADABLE:
            unjudged("%s", why);
        default:
            free(why);
        }
    }
}

long long objects_static_bytes(void)
{
    char *paths[FILES_MOST + 1], *why;
    long long all = 0, bytes;

    find_objects(paths);
    for (int i = 0; paths[i]; i++) {
        bytes = object_static_bytes(paths[i], &why);
        if (bytes < 0)
            unjudged("%s", why);
        all += bytes;
    }
    return all;
}
