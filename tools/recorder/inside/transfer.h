// transfer.h - bytes that go through a descriptor
//
//     EXPORT ssize_t read(int fd, void *bytes, size_t size)
//     {
//         TRANSFER(TRANSFER_IN, fd, size, REAL(read)(fd, bytes, size));
//     }
//
// Interface: TRANSFER, transfer_begin, transfer_end.
// Threads: any number; async-signal-safe; errno is kept. Ownership: none.
#ifndef TELAR_TRANSFER_H
#define TELAR_TRANSFER_H

#include <sys/types.h>

#include "tools/recorder/inside/descriptor.h"
#include "tools/recorder/inside/say.h"

enum transfer_way { TRANSFER_IN, TRANSFER_OUT, TRANSFER_NEITHER };

struct transfer {
    struct writer_task *task; // NULL: not recorded
    enum transfer_way way;
    int fd;
    struct descriptor thing;
    uint64_t begin; // time, of a file
};

// size: bytes asked for, 0 where that is not the question.
void transfer_begin(struct transfer *transfer, int fd, enum transfer_way way,
                    size_t size);

// Returns result, which is what the call returned.
ssize_t transfer_end(const struct transfer *transfer, ssize_t result);

// The body of a wrapper.
#define TRANSFER(way, fd, size, call)                                          \
    do {                                                                       \
        struct transfer transfer;                                              \
                                                                               \
        if (!inside_records(RECORD_IO))                                        \
            return call;                                                       \
        transfer_begin(&transfer, fd, way, size);                              \
        return transfer_end(&transfer, call);                                  \
    } while (0)

#endif
