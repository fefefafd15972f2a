// reader.h - bytes and lines of a descriptor, in few calls (given, do not edit)
//
// Interface: reader_init, reader_byte, reader_line, reader_read, reader_free.
// Threads: no shared state; a reader is used by one thread at a time.
// Ownership: a reader owns its memory and borrows its descriptor.
#ifndef READER_H
#define READER_H

#include <stddef.h>
#include <sys/types.h>

enum { READER_END = -1, READER_FAILED = -2 }; // what is no byte

struct reader {
    int fd;           // where to read from; not the reader's to close
    char *bytes;      // the buffer, from malloc
    size_t size;      // of the buffer, in bytes
    size_t next, end; // bytes[next] to bytes[end - 1] wait
    char *line;       // the line that is put together, from malloc
    size_t line_size, line_room; // in bytes: used, and reserved
};

// YOU WRITE THESE, in reader.c. They read with read(2) only, and each read asks
// for as much as the buffer holds. None is made while something waits in the
// buffer that can be handed over: whoever asks for what has come already never
// waits. A read that was interrupted (EINTR) is made again. Bytes come in order
// and once, whichever of the functions is asked for them.

// Makes *reader ready: from fd, with a buffer of size bytes, 1 or more. Reads
// nothing yet. Returns 0; or -1, with the reason in errno, and then there is
// nothing to free.
int reader_init(struct reader *reader, int fd, size_t size);

// Returns the next byte, 0 to 255; READER_END when there is none any more;
// READER_FAILED, with the reason in errno, if a read failed.
int reader_byte(struct reader *reader);

// The next line, of any length and any bytes, with its '\n', which only the
// last one may lack. Returns how many bytes it has; 0 when there is none any
// more; -1, with the reason in errno, if a read failed or there is no memory:
// then nothing is lost, and the next reader_line goes on with the line where
// this one stopped. *line is the reader's memory and holds until the reader is
// used again; no '\0' is added to it.
ssize_t reader_line(struct reader *reader, const char **line);

// At most count bytes, 1 or more, to this place: what waits in the buffer, and
// if nothing does, what one read brings. Returns how many; 0 when there are
// none any more; -1, with the reason in errno, if the read failed.
ssize_t reader_read(struct reader *reader, void *to, size_t count);

// Gives all memory back. The descriptor stays open.
void reader_free(struct reader *reader);

#endif
