// descriptor.h - what sort of thing a descriptor stands for
//
// Asked of the kernel once and kept until the descriptor is closed. A child by
// vfork has descriptors of its own on its parent's memory: for it nothing is
// kept.
//
// Interface: descriptor_of, descriptor_forget, descriptor_forget_from,
// descriptor_forget_stream.
// Threads: any number; async-signal-safe; errno is kept. Ownership: none.
#ifndef TELAR_DESCRIPTOR_H
#define TELAR_DESCRIPTOR_H

#include <stdint.h>
#include <stdio.h>

enum descriptor_sort {
    DESCRIPTOR_UNKNOWN,
    DESCRIPTOR_BAD,   // not open
    DESCRIPTOR_PIPE,  // id is its inode
    DESCRIPTOR_FILE,  // a regular file or folder: does not block for others
    DESCRIPTOR_OTHER, // terminal, socket, eventfd...
};

struct descriptor {
    enum descriptor_sort sort;
    uint64_t id;
};

struct descriptor descriptor_of(int fd);

// Once it is closed, or is another's: after the call that did it.
void descriptor_forget(int fd);
void descriptor_forget_from(unsigned first, unsigned last);

// Before the call, which closes the stream's descriptor.
void descriptor_forget_stream(FILE *stream);

#endif
