// wordlist.c - a list of words that grows
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/explorer/wordlist.h"

static void take(struct wordlist *list, char *word)
{
    if (list->count + 1 >= list->room) {
        list->room = list->room ? 2 * list->room : 16;
        list->words =
            MUST(reallocarray(list->words, list->room, sizeof *list->words));
    }
    list->words[list->count++] = word;
    list->words[list->count] = NULL;
}

void wordlist_add(struct wordlist *list, const char *word)
{
    take(list, MUST(strdup(word)));
}

void wordlist_addf(struct wordlist *list, const char *format, ...)
{
    va_list rest;
    char *word;

    va_start(rest, format);
    MUST(vasprintf(&word, format, rest));
    va_end(rest);
    take(list, word);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void wordlist_sort(struct wordlist *list)
{
    size_t kept = 0;

    if (list->count == 0)
        return;
    qsort(list->words, list->count, sizeof *list->words, compare);
    for (size_t i = 1; i < list->count; i++)
        if (strcmp(list->words[kept], list->words[i]) == 0)
            free(list->words[i]);
        else
            list->words[++kept] = list->words[i];
    list->count = kept + 1;
    list->words[list->count] = NULL;
}

bool wordlist_has(const struct wordlist *list, const char *word)
{
    return list->count > 0 && bsearch(&word, list->words, list->count,
                                      sizeof *list->words, compare);
}

void wordlist_free(struct wordlist *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->words[i]);
    free(list->words);
    *list = (struct wordlist){0};
}
