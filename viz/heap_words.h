// heap_words.h - how full a heap is, in words of the language of message.h
//
// Interface: heap_words_size, heap_words_used, heap_words_holes, heap_words.
// Threads: no shared state. Ownership: text is the caller's and is returned.
#ifndef TELAR_HEAP_WORDS_H
#define TELAR_HEAP_WORDS_H

#include "tools/trace/blocks.h"

// "12.3 KiB"
char *heap_words_size(uint64_t bytes, char *text, size_t size);

// "1 block, 12.3 KiB"; "2 holes: 1.0 KiB free, the largest 768 B".
char *heap_words_used(const struct heap_cut *cut, char *text, size_t size);
char *heap_words_holes(const struct heap_cut *cut, char *text, size_t size);

// "heap of process 7: 128 blocks, 64.0 KiB; 12 holes: ...": what a process has
// when position events have happened, all parts of its heap together.
char *heap_words(const struct blocks *blocks, uint32_t pid, size_t position,
                 char *text, size_t size);

#endif
