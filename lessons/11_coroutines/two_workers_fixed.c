// two_workers_fixed.c - two workers ask for 50 pages, 25 each at once
// Run:    make run-two_workers_fixed
// Expect: 50 requests open at once
// Why:    a worker that awaits has as many open as it has coroutines
#include "lessons/11_coroutines/pages.h"
#include "runtime/coro.h"

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

int main(void)
{
    pages_work(ask_together);
    return 0;
}
