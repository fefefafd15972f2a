// mutex.h - locks that outlive their owner
//
// Interface: mutex_abandon.
// Threads: the one that ends. Ownership: none.
#ifndef TELAR_INSIDE_MUTEX_H
#define TELAR_INSIDE_MUTEX_H

#include "tools/trace/writer.h"

// Says that the calling thread, which ends, gives back the robust locks that it
// holds: the kernel is going to.
void mutex_abandon(struct writer_task *task);

#endif
