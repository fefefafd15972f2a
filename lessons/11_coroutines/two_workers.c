// two_workers.c - two workers ask for 50 pages, one after the other
// Run:    make run-two_workers
// Expect: 2 requests open at once
// Why:    a worker that blocks in read has one request open
#include "lessons/11_coroutines/pages.h"

static void *ask_one_by_one(void *first)
{
    char byte;

    for (int *page = first; page < (int *)first + EACH; page++) { // [blocks]
        MUST(write(*page, "?", 1));
        MUST(read(*page, &byte, 1));
    }
    return NULL;
}

int main(void)
{
    pages_work(ask_one_by_one);
    return 0;
}
