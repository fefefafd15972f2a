// 00_sum.c - the promises of a lab that only the grader's own test has
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tools/grader/suite.h"

static void adds(void)
{
    struct worker *worker = worker_start();

    for (int i = 0; i < 5; i++) {
        long long a = random_int(-1000, 1000), b = random_int(-1000, 1000);

        worker_ask(worker, "add", "ii", a, b);
        long long sum = worker_int(worker);
        expect(sum == a + b,
               M("add(%lld, %lld) should be %lld; it returned %lld",
                 "add(%lld, %lld) debía dar %lld; devolvió %lld"),
               a, b, a + b, sum);
    }
}

static void adds_cleanly(void)
{
    struct worker *worker = worker_start();
    int before = worker_descriptors(worker);

    worker_ask(worker, "add", "ii", 1LL, 2LL);
    expect(worker_int(worker) == 3, M("1 + 2 is 3", "1 + 2 es 3"));
    expect(worker_descriptors(worker) == before,
           M("a descriptor stays open", "queda abierto un descriptor"));
    expect(worker_children(worker, NULL) == 0,
           M("a child is left", "queda un hijo"));
    expect(worker_threads(worker) == 1, M("a thread is left", "queda un hilo"));
    worker_end(worker);
}

static void file_of_the_suite(struct worker *worker, char path[5000])
{
    FILE *file;

    snprintf(path, 5000, "%s/number", worker_folder(worker));
    file = fopen(path, "w");
    if (!file || fputs("12345\n", file) < 0 || fclose(file) != 0 ||
        chmod(path, 0644) < 0)
        unjudged("%s: %s", path, strerror(errno));
}

static void reads_on(void)
{
    char path[5000];
    struct worker *worker = worker_start();

    file_of_the_suite(worker, path);
    worker_ask(worker, "number_in", "s", path);
    expect(worker_int(worker) == 12345, M("12345 is there", "ahí dice 12345"));
    int reads = worker_calls(worker, "read");
    expect(reads > 0, M("read() was not called", "no se llamó a read()"));
    for (int nth = 1; nth <= reads; nth++) {
        worker_fault(worker, "read", nth, 1, EINTR);
        worker_ask(worker, "number_in", "s", path);
        expect(worker_int(worker) == 12345,
               M("read %d of %d says EINTR: read again",
                 "el read %d de %d dice EINTR: hay que leer otra vez"),
               nth, reads);
    }
    worker_short(worker, "read", 1);
    worker_ask(worker, "number_in", "s", path);
    expect(worker_int(worker) == 12345,
           M("a short read is not the end", "una lectura corta no es el fin"));
}

static const struct promise promises[] = {
    {.name = "add_gives_the_sum",
     .points = 5,
     .english = "add gives the sum",
     .spanish = "add da la suma",
     .test = adds,
     .man = "3 labs",
     .step = "functions"},
    {.name = "add_leaves_nothing_behind",
     .level = INTERMEDIATE,
     .points = 3,
     .english = "add leaves nothing behind",
     .spanish = "add no deja nada atrás",
     .build = ADDRESS,
     .test = adds_cleanly},
    {.name = "reading_goes_on",
     .level = ADVANCED,
     .points = 2,
     .english = "an interrupted or short read goes on",
     .spanish = "una lectura interrumpida o corta sigue",
     .build = FAULTS,
     .test = reads_on},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {.files = {"sum.c"},
                                   .given = {"sum.h"},
                                   .faults = {"read", "open"},
                                   .promises = promises,
                                   .answer_seconds = 3};

    return suite_main(&lab, count, arguments);
}
