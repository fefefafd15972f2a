// plot_measure.c - the program of a chart runs and says what it measured
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/player/experiment.h"
#include "tools/recorder/run.h"
#include "viz/chart_rows.h"
#include "viz/plot_measure.h"

struct trouble {
    const char *program;
    char *text;
    size_t size;
};

// ---- Signs of life ----------------------------------------------------------

static void print_dot(int number)
{
    int saved = errno;

    (void)number;
    if (write(STDERR_FILENO, ".", 1) < 0)
        errno = saved;
    errno = saved;
}

// A dot a second for who watches. Through a timer, since run_program forks and
// wants no other thread.
static void set_dots(int every_s)
{
    struct sigaction action = {.sa_handler = print_dot, .sa_flags = SA_RESTART};
    struct itimerval timer = {{every_s, 0}, {every_s, 0}};

    if (!isatty(STDERR_FILENO))
        return;
    MUST(sigaction(SIGALRM, &action, NULL));
    MUST(setitimer(ITIMER_REAL, &timer, NULL));
}

// ---- What went wrong --------------------------------------------------------

// Its last words on standard error, at most a line of them.
static void print_last_words(FILE *out, const struct run_result *run)
{
    size_t end = run->size_bytes, from;

    if (run->piece_count == 0 || run->pieces[run->piece_count - 1].stream != 2)
        return;
    while (end > 0 && strchr("\n\r ", run->bytes[end - 1]))
        end--;
    for (from = end; from > 0 && run->bytes[from - 1] != '\n'; from--)
        continue;
    if (end > from)
        fprintf(out, ": %.*s", (int)(end - from < 200 ? end - from : 200),
                run->bytes + from);
}

static void print_trouble(FILE *out, const struct measuring *measuring,
                          const char *program, const struct run_result *run)
{
    if (run->timed_out)
        fprintf(out,
                M("%s did not end within %d s and was stopped (--timeout "
                  "gives it more)",
                  "%s no terminó en %d s y fue detenido (--timeout le da "
                  "más)"),
                program, measuring->timeout_s);
    else if (run->signal)
        fprintf(out, M("%s ended by signal %d", "%s terminó por la señal %d"),
                program, run->signal);
    else if (run->exit_status != 0)
        fprintf(out, M("%s ended with status %d", "%s terminó con estado %d"),
                program, run->exit_status);
    else
        fprintf(out,
                M("%s wrote more than %d MiB", "%s escribió más de %d MiB"),
                program, ROWS_LIMIT_BYTES >> 20);
    if (!run->timed_out && run->exit_status != 0)
        print_last_words(out, run);
}

static void explain(struct trouble *trouble, const struct measuring *measuring,
                    const struct run_result *run)
{
    FILE *out = MUST(fmemopen(trouble->text, trouble->size, "w"));

    if (!run->stopped)
        print_trouble(out, measuring, trouble->program, run);
    fclose(out);
}

// ---- The run ----------------------------------------------------------------

static void take(const struct run_result *run, struct measurement *measurement)
{
    FILE *out =
        MUST(open_memstream(&measurement->rows, &measurement->rows_bytes));

    for (size_t i = 0; i < run->piece_count; i++)
        if (run->pieces[i].stream == 1)
            fwrite(run->bytes + run->pieces[i].offset, 1,
                   run->pieces[i].size_bytes, out);
    fclose(out);
    measurement->facts = MUST(strdup(run->facts ? run->facts : ""));
}

static bool run(const struct measuring *measuring, char **argv,
                struct measurement *measurement, struct trouble *trouble)
{
    struct run_spec spec = {.argv = argv,
                            .directory = measuring->folder,
                            .unordered = true,
                            .timeout_ms = 1000 * measuring->timeout_s,
                            .limit_bytes = ROWS_LIMIT_BYTES,
                            .stop = measuring->stop};
    struct run_result result;
    bool good;

    *trouble->text = '\0';
    set_dots(1);
    good = run_program(&spec, &result, trouble->text, trouble->size);
    set_dots(0);
    if (!good)
        return false;
    good = !result.stopped && !result.timed_out && result.exit_status == 0 &&
           result.lost_bytes == 0;
    if (good)
        take(&result, measurement);
    else
        explain(trouble, measuring, &result);
    run_free(&result);
    return good;
}

static bool is_built(const char *path, const struct trouble *trouble)
{
    if (access(path, X_OK) == 0)
        return true;
    snprintf(trouble->text, trouble->size,
             M("the program %s is not built: \"make lessons\" builds it, or "
               "says why not",
               "el programa %s no está compilado: \"make lessons\" lo compila "
               "o dice por qué no"),
             trouble->program);
    return false;
}

bool plot_measure(const struct measuring *measuring,
                  struct measurement *measurement, char *error,
                  size_t error_size)
{
    char *words = MUST(strdup(measuring->command)), *path;
    char *argv[ARGUMENT_LIMIT + 1];
    struct trouble trouble = {.text = error, .size = error_size};
    bool good;

    experiment_cut(words, argv, 0);
    trouble.program = argv[0] ? argv[0] : "";
    path =
        course_path("build/lessons/%s/%s", measuring->lesson, trouble.program);
    good = is_built(path, &trouble);
    argv[0] = path;
    good = good && run(measuring, argv, measurement, &trouble);
    free(path);
    free(words);
    return good;
}
