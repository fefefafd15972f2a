// program.c - is a program that we run as a helper there?
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/program.h"

static bool is_in(const char *folder, size_t length, const char *name)
{
    char *path;
    bool found;

    MUST(asprintf(&path, "%.*s/%s", (int)length, folder, name));
    found = access(path, X_OK) == 0;
    free(path);
    return found;
}

bool program_found(const char *name)
{
    const char *at = getenv("PATH");

    while (at && *at) {
        size_t length = strcspn(at, ":");

        if (is_in(at, length, name))
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}
