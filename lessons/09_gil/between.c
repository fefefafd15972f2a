// between.c - two threads run x += 1 under the lock, and one addition vanishes
// Run:    make run-between               Explore: ./telar explore between
// Expect: total 2, nearly always; the explorer finds the 1, and no data race
// Why:    x += 1 is four instructions, and the lock may change hands between
//         any two of them: it guards the interpreter, not the sum
#include <assert.h>

#include "lessons/09_gil/interpreter.h"
#include "runtime/fact.h"

static const struct instruction program[] = {
    {LOAD, 0},  // [program]
    {PUSH, 1},  // total += 1: total and a 1,
    {ADD, 0},   // their sum,
    {STORE, 0}, // back into total
    {END, 0},
};

static struct gil gil;
static long total; // guarded by gil

static void *run(void *task)
{
    interpret(task);
    return NULL;
}

int main(void)
{
    struct task first = {.program = program, .gil = &gil, .variables = &total};
    struct task second = first;
    pthread_t thread;

    gil_init(&gil, 5000);
    MUST(pthread_create(&thread, NULL, run, &second));
    run(&first);
    MUST(pthread_join(thread, NULL));

    printf("total %ld\n", total);
    fact("total", total);
    assert(total == 2);
    return 0;
}
