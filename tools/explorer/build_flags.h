// build_flags.h - how each file that is explored is compiled
//
// The grader compiles a student's file by itself, checks the object and hands
// that on: the same flags, so that the same source is the same program, and a
// schedule found in one is at home in the other. The last ones keep to code
// that the check understands (tools/grader/object_check.h). Without
// -fno-builtin gcc writes strcpy(p, "text") as stores that it announces to
// nobody.
//
// Interface: BUILD_FLAGS.
// Threads: none. Ownership: a constant.
#ifndef TELAR_BUILD_FLAGS_H
#define TELAR_BUILD_FLAGS_H

// -fno-builtin: strcpy of a constant would become stores without a hook.
#define BUILD_FLAGS                                                            \
    "-O0", "-g", "-fno-pie", "-fno-common", "-fno-jump-tables",                \
        "-fno-stack-protector", "-fcf-protection=none",                        \
        "-fno-omit-frame-pointer", "-fno-asynchronous-unwind-tables",          \
        "-fno-builtin"

#endif
