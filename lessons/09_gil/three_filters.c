// three_filters.c - a filter for each of three images, in four ways
// Run:    make run-three_filters
// Expect: threads under the lock gain nothing; processes gain, and so does a
//         filter written in C that gives the lock back; never more than cores
// Why:    one lock, one runs; a process has a lock of its own; and C does not
//         need it while it touches nothing of the interpreter
#include "lessons/09_gil/runs.h"
#include "runtime/fact.h"

enum { IMAGES = 3, ROUNDS = 11, WORK_MS = 16, BAND = 100 };

// The same filter, but the points of each band are computed in C.
static const struct instruction library[] = {
    {PIXELS, BAND}, // [library]
    {REPEAT, 0},    // band by band
    {END, 0},
};

static struct gil gil;
static double threads[ROUNDS], processes[ROUNDS], in_c[ROUNDS];
static double cores[ROUNDS]; // in use on average, by threads with one lock

// So many times as fast as in sequence.
static double gain(double (*run)(struct task *, int), struct task *images)
{
    double sequence = run_in_sequence(images, IMAGES);

    return sequence / run(images, IMAGES);
}

static double cores_in_use(struct task *images)
{
    double used = cpu_ms();
    double elapsed = run_as_threads(images, IMAGES);

    return (cpu_ms() - used) / elapsed;
}

static void say(const char *what, const char *name, const double *gains)
{
    double median = median_of(gains, ROUNDS);

    printf("%-36s %5.2f times as fast\n", what, median);
    fact(name, (long long)(100 * median));
}

int main(void)
{
    struct task images[IMAGES], images_in_c[IMAGES];
    long rounds = rounds_for_ms(WORK_MS);

    gil_init(&gil, 5000);
    for (int i = 0; i < IMAGES; i++) {
        images[i] =
            (struct task){.program = counting, .gil = &gil, .rounds = rounds};
        images_in_c[i] = (struct task){
            .program = library, .gil = &gil, .rounds = WORK_MS * 1000 / BAND};
    }
    for (int i = 0; i < ROUNDS; i++) {
        threads[i] = gain(run_as_threads, images);
        cores[i] = cores_in_use(images);
        processes[i] = gain(run_as_processes, images);
        in_c[i] = gain(run_as_threads, images_in_c);
    }

    say("threads, one lock:", "threads_x100", threads);
    say("processes, one lock each:", "processes_x100", processes);
    say("threads, filters in C without it:", "in_c_x100", in_c);
    fact("cores_in_use_x100", (long long)(100 * median_of(cores, ROUNDS)));
    printf("cores that this program may use: %d\n", cores_allowed());
    fact("cores", cores_allowed());
    return 0;
}
