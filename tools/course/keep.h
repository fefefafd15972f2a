// keep.h - files that are there whole or not at all
//
// Interface: keep_read, keep_write, keep_folder.
// Threads: no shared state. Ownership: keep_read's text is the caller's to
// free.
#ifndef TELAR_KEEP_H
#define TELAR_KEEP_H

#include <stdbool.h>
#include <stddef.h>

// The bytes of a regular file, a NUL behind them; their number in *size (size
// may be NULL). NULL with errno: what open and read say, EFBIG when the file is
// larger than limit_bytes, EINVAL when it is no regular file. Never waits on a
// pipe in its place.
char *keep_read(const char *path, size_t limit_bytes, size_t *size);

// Puts bytes at path so that whoever looks, and whatever is killed when, finds
// the old content or the new one, never a part: a new file beside it, fsync,
// rename. Makes the folders above it. Returns false with errno, the old content
// untouched.
bool keep_write(const char *path, const void *bytes, size_t size);

// Makes folder and those above it. Returns false with errno.
bool keep_folder(const char *folder);

#endif
