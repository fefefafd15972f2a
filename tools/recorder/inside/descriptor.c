// descriptor.c - what sort of thing a descriptor stands for
#include <stdatomic.h>
#include <sys/stat.h>

#include "tools/recorder/inside/descriptor.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/state.h"

enum { KEPT = 4096, SORT_SHIFT = 60 };

static _Atomic uint64_t kept[KEPT]; // 63..60 sort, 59..0 id

static uint64_t look(int fd)
{
    struct stat about;

    if (raw_call(SYS_fstat, fd, &about) != 0)
        return (uint64_t)DESCRIPTOR_BAD << SORT_SHIFT;
    if (S_ISFIFO(about.st_mode))
        return (uint64_t)DESCRIPTOR_PIPE << SORT_SHIFT |
               (about.st_ino << 4 >> 4);
    if (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode))
        return (uint64_t)DESCRIPTOR_FILE << SORT_SHIFT;
    return (uint64_t)DESCRIPTOR_OTHER << SORT_SHIFT;
}

static uint64_t look_and_keep(int fd)
{
    uint64_t word = look(fd);

    if (word >> SORT_SHIFT != DESCRIPTOR_BAD)
        atomic_store_explicit(&kept[fd], word, memory_order_relaxed);
    return word;
}

struct descriptor descriptor_of(int fd)
{
    uint64_t word = 0;
    bool is_kept = (unsigned)fd < KEPT && inside_self.depth == 0;

    if (is_kept)
        word = atomic_load_explicit(&kept[fd], memory_order_relaxed);
    if (word == 0)
        word = is_kept ? look_and_keep(fd) : look(fd);
    return (struct descriptor){(enum descriptor_sort)(word >> SORT_SHIFT),
                               word << 4 >> 4};
}

void descriptor_forget(int fd)
{
    if ((unsigned)fd < KEPT)
        atomic_store_explicit(&kept[fd], 0, memory_order_relaxed);
}

void descriptor_forget_from(unsigned first, unsigned last)
{
    for (unsigned fd = first; fd < KEPT && fd <= last; fd++)
        atomic_store_explicit(&kept[fd], 0, memory_order_relaxed);
}

void descriptor_forget_stream(FILE *stream)
{
    if (inside.what && stream)
        descriptor_forget(stream->_fileno); // as fileno, without its lock
}
