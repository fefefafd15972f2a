// alive.c - how many coroutines and how many threads can be alive at once
// Run:    make run-alive   (build/lessons/11_coroutines/alive 1000000)
// Expect: a thousand threads of 12 KiB, 100,000 coroutines of 4 KiB (32,000
//         where Linux is older than 6.13)
// Why:    both cost the pages of a stack that were touched; a thread touches
//         one more, and its large stack wants a table of pages for itself
#include "lessons/11_coroutines/waiting.h"
#include "runtime/fact.h"

enum { COROUTINES = 100000, THREADS = 1000 };

static double say(const char *what, struct waiting waiting)
{
    char name[40];

    printf("%7ld %s, %.1f KiB each\n", waiting.count, what, waiting.kib_each);
    fact(what, waiting.count);
    snprintf(name, sizeof name, "%s_bytes_each", what);
    fact(name, (long long)(1024 * waiting.kib_each));
    return waiting.kib_each;
}

int main(int count, char **arguments)
{
    long wanted = count > 1 ? atol(arguments[1]) : COROUTINES;
    long room = (long)waiting_sum("/proc/meminfo", "MemAvailable:") / 4 / 2;

    double thread = say("threads", waiting_many(waiting_thread, THREADS));
    coro_fast = true;
    double coroutine =
        say("coroutines",
            waiting_many(waiting_coroutine, wanted < room ? wanted : room));
    fact("thread_to_coroutine_x100", (long long)(100 * thread / coroutine));
    fact("old_guards", coro_old_guards); // each splits the memory map
    return 0;                            // and all of them are gone
}
