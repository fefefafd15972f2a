// format.h - text made of a format and its arguments, as printf does
//
// Interface: struct arguments, struct text, text_begin, text_put, text_format,
// text_kept, text_end, TEXT_LIMIT.
// Threads: none; reading the strings given for %s may run other tasks.
// Ownership: a text is scratch memory of the task (touch.h).
#ifndef TELAR_FORMAT_H
#define TELAR_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

enum { TEXT_LIMIT = 1 << 20 }; // bytes; more is dropped, and a bound met

struct text {
    char *bytes;   // as many as were kept, and a 0 behind them
    size_t room;   // for so many
    size_t length; // of the whole text
};

struct arguments {
    va_list list;
};

// An empty one that keeps up to room bytes.
void text_begin(struct text *text, size_t room);

void text_put(struct text *text, const char *bytes, size_t size);

// Adds what printf would print.
void text_format(struct text *text, const char *format,
                 struct arguments *arguments, const void *pc);

// Bytes that were kept.
size_t text_kept(const struct text *text);

void text_end(struct text *text);

#endif
