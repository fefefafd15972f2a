// course.h - where the course is, and which lessons and labs it has
//
// Interface: course_root, course_state, course_path, course_state_path,
// course_list, course_find, course_free.
// Threads: call course_root once before others start. Ownership: as said at
// each function; the two roots belong to this room.
#ifndef TELAR_COURSE_H
#define TELAR_COURSE_H

#include <stdbool.h>
#include <stddef.h>

// The folder of the project: TELAR_ROOT, else found from where this program
// lies (the nearest folder above it that holds lessons/ and Makefile), else the
// current folder. Absolute, no slash at its end.
const char *course_root(void);

// The folder of what the student did: TELAR_STATE, else ROOT/.telar. It may
// not exist yet.
const char *course_state(void);

// ROOT/... or STATE/... with the rest as printf makes it. The caller frees.
char *course_path(const char *format, ...)
    __attribute__((format(printf, 1, 2), malloc));
char *course_state_path(const char *format, ...)
    __attribute__((format(printf, 1, 2), malloc));

// The names "NN_topic" of the folders in ROOT/kind (kind: "lessons", "labs"),
// sorted; *names is an array that course_free frees. Returns their number.
size_t course_list(const char *kind, char ***names);
void course_free(char **names, size_t count);

// The folder meant by "02", "2", "pipes" or "02_pipes"; NULL when there is
// none. The caller frees.
char *course_find(const char *kind, const char *asked);

#endif
