// pages.h - fifty pages, and a server that counts the requests open at once
//
// Interface: PAGES, WORKERS, EACH, pages_serve, pages_work.
// Threads: pages_work makes WORKERS of them. Ownership: the descriptors stay
// open until the program ends.
#ifndef TELAR_LESSON_PAGES_H
#define TELAR_LESSON_PAGES_H

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { PAGES = 50, WORKERS = 2, EACH = PAGES / WORKERS, PAGES_QUIET_MS = 40 };

static int pages_browser[PAGES], pages_server[PAGES]; // two ends of each page

// Takes the requests that are there, and answers them all when no other one has
// come for a while: a worker that can ask for more does so before. Returns the
// most that were open.
static inline int pages_serve(void)
{
    struct pollfd pages[PAGES];
    int most = 0, open = 0, answered = 0;
    char byte;

    for (int i = 0; i < PAGES; i++)
        pages[i] = (struct pollfd){pages_server[i], POLLIN, 0};
    while (answered < PAGES) { // [serve]
        int came = MUST(poll(pages, PAGES, open > 0 ? PAGES_QUIET_MS : -1));
        for (int i = 0; i < PAGES; i++)
            if (came > 0 && pages[i].revents != 0) {
                MUST(read(pages_server[i], &byte, 1));
                pages[i].fd = -1;
                open++;
            } else if (came == 0 && pages[i].fd == -1) {
                MUST(write(pages_server[i], "!", 1));
                pages[i].fd = -2;
                answered++;
                open--;
            }
        most = open > most ? open : most;
    }
    return most;
}

// The server is a process of its own; each worker is a thread that gets the
// first of its EACH descriptors. Says how many requests were open at once.
static inline void pages_work(void *(*ask)(void *first))
{
    pthread_t workers[WORKERS];
    int ends[2], status;

    for (int i = 0; i < PAGES; i++) {
        MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
        pages_browser[i] = ends[0];
        pages_server[i] = ends[1];
    }
    if (MUST(fork()) == 0)
        _exit(pages_serve());
    for (int i = 0; i < WORKERS; i++)
        MUST(pthread_create(&workers[i], NULL, ask, &pages_browser[i * EACH]));
    for (int i = 0; i < WORKERS; i++)
        MUST(pthread_join(workers[i], NULL));
    MUST(wait(&status));
    printf("%d pages, %d workers: at most %d requests open at once\n", PAGES,
           WORKERS, WEXITSTATUS(status));
    fact("open_at_once", WEXITSTATUS(status));
}

#endif
