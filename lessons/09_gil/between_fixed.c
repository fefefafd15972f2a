// between_fixed.c - with a lock of its own around it, x += 1 loses nothing
// Run:    make run-between_fixed         Explore: ./telar explore between_fixed
// Expect: total 2, in every order
// Why:    the lock of the program goes from the load to the store, whoever has
//         the interpreter meanwhile
#include <assert.h>

#include "lessons/09_gil/interpreter.h"
#include "runtime/fact.h"

static const struct instruction program[] = {
    {ACQUIRE, 0}, // [program]
    {LOAD, 0},    // inside "with lock:"
    {PUSH, 1},    // total += 1: total and a 1,
    {ADD, 0},     // their sum,
    {STORE, 0},   // back into total
    {LEAVE, 0},   // the end of "with lock:"
    {END, 0},
};

static struct gil gil;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long total; // guarded by lock

static void *run(void *task)
{
    interpret(task);
    return NULL;
}

int main(void)
{
    struct task first = {
        .program = program, .gil = &gil, .variables = &total, .lock = &lock};
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
