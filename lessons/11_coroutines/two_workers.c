// two_workers.c - two workers ask for 50 pages: one each, or 25 each at once
// Run:    make run-two_workers   (two_workers together: 25 each at once)
// Expect: 2 requests open at once; with "together" 50
// Why:    a worker that blocks in read has one request open; one that awaits
//         has as many as it has coroutines
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { PAGES = 50, WORKERS = 2, EACH = PAGES / WORKERS, QUIET_MS = 40 };

static int browser[PAGES], server[PAGES]; // two ends for each page

// ---- The server: a process of its own ---------------------------------------

// Takes the requests that are there, and answers them all when no other one has
// come for a while: whoever can ask more does so before. Most that were open.
static int serve(void)
{
    struct pollfd pages[PAGES];
    int most = 0, open = 0, answered = 0;
    char byte;

    for (int i = 0; i < PAGES; i++)
        pages[i] = (struct pollfd){server[i], POLLIN, 0};
    while (answered < PAGES) { // [serve]
        int came = MUST(poll(pages, PAGES, open > 0 ? QUIET_MS : -1));
        for (int i = 0; i < PAGES; i++)
            if (came > 0 && pages[i].revents != 0) {
                MUST(read(server[i], &byte, 1));
                pages[i].fd = -1;
                open++;
            } else if (came == 0 && pages[i].fd == -1) {
                MUST(write(server[i], "!", 1));
                pages[i].fd = -2;
                answered++;
                open--;
            }
        most = open > most ? open : most;
    }
    return most;
}

// ---- The two workers --------------------------------------------------------

static void *ask_one_by_one(void *first)
{
    char byte;

    for (int *page = first; page < (int *)first + EACH; page++) { // [blocks]
        MUST(write(*page, "?", 1));
        MUST(read(*page, &byte, 1));
    }
    return NULL;
}

static void ask(void *page)
{
    char byte;

    MUST(write(*(int *)page, "?", 1)); // [awaits]
    coro_yield();                      // until it can be read
    MUST(read(*(int *)page, &byte, 1));
}

static void *ask_together(void *first)
{
    struct pollfd pages[EACH];
    struct coro *tasks[EACH];
    int alive = EACH;

    for (int i = 0; i < EACH; i++) {
        pages[i] = (struct pollfd){((int *)first)[i], POLLIN, 0};
        tasks[i] = MUST(coro_create(ask, &pages[i].fd, 0));
        coro_resume(tasks[i]);
    }
    while (alive > 0) { // [loop]
        MUST(poll(pages, EACH, -1));
        for (int i = 0; i < EACH; i++)
            if (pages[i].revents != 0) {
                coro_resume(tasks[i]);
                coro_destroy(tasks[i]);
                pages[i] = (struct pollfd){.fd = -1};
                alive--;
            }
    }
    return NULL;
}

int main(int count, char **arguments)
{
    pthread_t workers[WORKERS];
    int ends[2], status;

    (void)arguments;
    for (int i = 0; i < PAGES; i++) {
        MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
        browser[i] = ends[0];
        server[i] = ends[1];
    }
    if (MUST(fork()) == 0)
        _exit(serve());
    for (int i = 0; i < WORKERS; i++)
        MUST(pthread_create(&workers[i], NULL,
                            count > 1 ? ask_together : ask_one_by_one,
                            &browser[i * EACH]));
    for (int i = 0; i < WORKERS; i++)
        MUST(pthread_join(workers[i], NULL));
    MUST(wait(&status));

    printf("%d pages, %d workers: at most %d requests open at once\n", PAGES,
           WORKERS, WEXITSTATUS(status));
    fact("open_at_once", WEXITSTATUS(status));
    return 0;
}
