// object_check.h - may this object run beside the explorer's engine?
//
// A lab that is graded by exploration runs in one process with the engine that
// judges it, so the student's code must not be able to write into the engine or
// to go around it. This check looks at the object file that gcc made of the
// student's source, not at the source: whatever the preprocessor, an attribute
// or a pragma did shows here. It accepts an object when
//
// - its code is what gcc -O0 -fsanitize=thread writes for C, instruction by
//   instruction, each computed access to memory behind the hook that announces
//   it to the engine (object_walk.h says how that is seen);
// - it has no sections but the usual ones, nothing that runs before main or
//   after it, no variables of each thread, no weak or indirect symbols;
// - it calls nothing but its own functions, those of its neighbours and those
//   in object_names.c: no system call, no exit, nothing that writes to
//   descriptors other than through the engine's stdio; and by their names,
//   never through pointers;
// - it defines no name of the C library, of the engine or of the harness.
//
// Then the line on which the engine reports (WEAVE_FD, protocol.h) is out of
// the student's reach: descriptors are written to by system calls only, there
// is no instruction for one, and no function that makes one may be called.
//
// What the engine adds (tools/explorer/engine/access.c): an announced access
// must lie, whole, in the program's own memory, above its own frames on a
// stack; and a function must return to where it was called from. What remains:
// a thread that forges a pointer into the frame of another thread, which waits
// between an announcement and its access, can change there what gcc loads once
// more in between; and in calls deeper than 64 a changed return address is not
// seen. Both take the layout of frames on this machine, and source that says
// what it is for.
//
// Only for x86-64: elsewhere nothing is checked, and that is said.
//
// Interface: object_check.
// Threads: one. Ownership: the caller frees *why.
#ifndef TELAR_OBJECT_CHECK_H
#define TELAR_OBJECT_CHECK_H

enum object_end {
    OBJECT_ACCEPTED,
    OBJECT_REFUSED, // *why: what is in it, where, and how to write it otherwise
    OBJECT_UNCHECKED, // *why: another architecture
    OBJECT_UNREADABLE // *why: the grader's trouble
};

// The options that gcc must have been given for the object, beside -c and -o;
// ends with NULL.
extern const char *const object_flags[];

// Checks the object at path. It may use what the objects at neighbours define
// (paths; ends with NULL): the harness, the student's other files.
enum object_end object_check(const char *path, const char *const *neighbours,
                             char **why);

#endif
