// streams.h - where the two outputs of a recorded program lead
//
// Interface: streams_open, streams_alone, streams_close, streams_of,
// streams_read, streams_forget.
// Threads: one at a time. Ownership: the struct owns its descriptors.
#ifndef TELAR_STREAMS_H
#define TELAR_STREAMS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "tools/recorder/run.h"

// Index 0 is standard output, 1 standard error.
struct streams {
    enum run_stdio kind;
    int program[2]; // what the program writes to
    int ours[2];    // what we read; -1: the other one brings both
    int reserve[2]; // a terminal for standard error alone: ours, the program's
    struct stat identity[2];
    uint64_t position[2];  // in a file: how far it was read,
    uint64_t forgotten[2]; // and how far it takes no room any more
};

// Pipes; one terminal of 80 x 24 that changes no byte, opened once for each
// output; or two files without a name, so that none can be left behind. All
// are close-on-exec. Returns false with errno, and nothing open.
bool streams_open(struct streams *streams, enum run_stdio kind);

// Writes are not told apart by watching them: each output needs its own way.
void streams_alone(struct streams *streams);

void streams_close(struct streams *streams);

// The output, 1 or 2, to which descriptor fd of a task leads, 0 for neither.
// By what it is, not by its number; only a descriptor opened anew on the
// terminal (/dev/stderr) is taken by its number, 2 for 2 and else 1.
int streams_of(const struct streams *streams, int tid, int fd);

// Reads what waits on one of ours, at most size bytes. Does not block. Returns
// 0 when nothing waits (or nothing more will come).
size_t streams_read(struct streams *streams, int which, char *bytes,
                    size_t size);

// Gives back the room of what was read, now and then: the file keeps its size.
void streams_forget(struct streams *streams, int which);

#endif
