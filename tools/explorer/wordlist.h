// wordlist.h - a list of words that grows
//
// Interface: struct wordlist, wordlist_add, wordlist_sort, wordlist_has,
// wordlist_free.
// Threads: no shared state. Ownership: the list owns copies of its words.
#ifndef TELAR_WORDLIST_H
#define TELAR_WORDLIST_H

#include <stdbool.h>
#include <stddef.h>

struct wordlist {
    char **words; // a NULL behind the last, once there is one
    size_t count, room;
};

// Adds a copy of word, or of what printf makes.
void wordlist_add(struct wordlist *list, const char *word);
void wordlist_addf(struct wordlist *list, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// In the order of strcmp, each word once.
void wordlist_sort(struct wordlist *list);

// Is word in a sorted list?
bool wordlist_has(const struct wordlist *list, const char *word);

void wordlist_free(struct wordlist *list);

#endif
