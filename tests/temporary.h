// temporary.h - where a test may write: TMPDIR, which tests/run makes for it
//
// Interface: temporary_path, temporary_inside, temporary_folder,
// temporary_remove.
// Threads: no shared state. Ownership: the caller removes what it made;
// tests/run fails a test that leaves anything.
#ifndef TELAR_TEMPORARY_H
#define TELAR_TEMPORARY_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEMPORARY_SIZE = 256 }; // bytes of a path

// A path for this name. Nothing is made.
static inline void temporary_path(char path[TEMPORARY_SIZE], const char *name)
{
    const char *told = getenv("TMPDIR");

    ck_assert_int_lt(snprintf(path, TEMPORARY_SIZE, "%s/%s",
                              told && *told ? told : "/tmp", name),
                     TEMPORARY_SIZE);
}

static inline void temporary_inside(char path[TEMPORARY_SIZE], const char *box,
                                    const char *name)
{
    ck_assert_int_lt(snprintf(path, TEMPORARY_SIZE, "%s/%s", box, name),
                     TEMPORARY_SIZE);
}

static inline void temporary_folder(char path[TEMPORARY_SIZE])
{
    temporary_path(path, "telar-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(path));
}

// With all that is in it.
static inline void temporary_remove(const char *path)
{
    char command[2 * TEMPORARY_SIZE];

    snprintf(command, sizeof command, "rm -rf '%s'", path);
    ck_assert_int_eq(system(command), 0);
}

#endif
