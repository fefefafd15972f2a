// 01_streams.c - the promises of lab 01: tally()
//
// The worker runs tally in a child whose outputs lead to the places that the
// tests name: see 01_streams/worker.c.
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/grader/suite.h"

enum {
    GOOD,
    BAD,
    FAILED,             // the statuses of tally.h
    LARGE = 1000,       // announced from here on
    TEXT = 400000,      // bytes of one text, at most
    SHOWN = 60,         // characters of it in a message
    MANY = 20000,       // lines that nobody should take to their end
    TOGETHER = 3000,    // lines whose results are few writes
    LINES_A_WRITE = 10, // at least, among those
};

// ---- Texts ------------------------------------------------------------------

struct text {
    char bytes[TEXT];
    size_t size;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text,
                                                      const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    text->size +=
        (size_t)vsnprintf(text->bytes + text->size,
                          sizeof text->bytes - text->size, format, rest);
    va_end(rest);
}

static void clear_text(struct text *text)
{
    text->size = 0;
    text->bytes[0] = '\0';
}

// ---- What should come out ---------------------------------------------------

static struct {
    struct text out, err, both; // both: where they lead to the same place
    int status, complaints;
    long asked; // lines, the one that is not there included
    bool off;
} wanted;

static void want_amount(long amount, long *total)
{
    *total += amount;
    add(&wanted.out, "%ld\n", *total);
    add(&wanted.both, "%ld\n", *total);
    if (amount < LARGE)
        return;
    add(&wanted.err, "large sale: %ld\n", amount);
    add(&wanted.both, "large sale: %ld\n", amount);
}

static void want_complaint(int number, const char *line)
{
    add(&wanted.err, "line %d: not an amount: %s\n", number, line);
    add(&wanted.both, "line %d: not an amount: %s\n", number, line);
    wanted.status = BAD;
    wanted.complaints++;
}

static void want_line(int number, const char *line, long *total)
{
    char *end;
    long amount = strtol(line, &end, 10);

    if (end != line && *end == '\0')
        want_amount(amount, total);
    else
        want_complaint(number, line);
}

static void want(const char *lines)
{
    char copy[TEXT], *rest = copy;
    long total = 0;

    clear_text(&wanted.out);
    clear_text(&wanted.err);
    clear_text(&wanted.both);
    wanted.status = wanted.complaints = 0;
    wanted.asked = 1;
    wanted.off = false;
    snprintf(copy, sizeof copy, "%s", lines);
    while (*rest && !wanted.off) {
        char *line = strsep(&rest, "\n");

        wanted.off = strcmp(line, "off") == 0;
        if (!wanted.off)
            want_line((int)wanted.asked, line, &total);
        wanted.asked++;
    }
    wanted.asked -= wanted.off;
}

// ---- What came out ----------------------------------------------------------

struct output {
    const char *bytes;
    size_t size;
    long records; // writes, where the place tells them apart
};

static struct {
    const char *lines, *places[2];
    int status; // a signal is negative
    struct output out, err;
    long asked;
    long waiting; // the most bytes in stdout while a line was asked for
    bool by_exit; // and not through switch_off
} seen;

static void take_output(struct worker *worker, struct output *output)
{
    output->bytes = worker_bytes(worker, &output->size);
    output->records = (long)worker_int(worker);
}

// Runs tally on these lines, its outputs in these places.
static void run(struct worker *worker, const char *lines, const char *out,
                const char *err)
{
    int trouble;

    want(lines);
    seen.lines = lines;
    seen.places[0] = out;
    seen.places[1] = err;
    worker_ask(worker, "tally", "sss", lines, out, err);
    trouble = (int)worker_int(worker);
    if (trouble)
        unjudged("%s, %s: %s", out, err, strerror(trouble));
    seen.status = (int)worker_int(worker);
    take_output(worker, &seen.out);
    take_output(worker, &seen.err);
    seen.asked = (long)worker_int(worker);
    seen.waiting = (long)worker_int(worker);
    seen.by_exit = worker_int(worker);
}

// ---- The scene, in words ----------------------------------------------------

static const char *place_words(const char *place)
{
    if (strcmp(place, "pipe") == 0 || strcmp(place, "records") == 0)
        return "| cat";
    if (strcmp(place, "file") == 0)
        return M(">file", ">archivo");
    if (strcmp(place, "terminal") == 0)
        return M("(on a terminal)", "(en una terminal)");
    if (strcmp(place, "full") == 0)
        return ">/dev/full";
    if (strcmp(place, "closed") == 0)
        return ">&-";
    return M("| (a reader that has gone)", "| (un lector que se fue)");
}

// The input as printf takes it, or how long it is.
static void input_words(char *words, size_t size)
{
    size_t used = 0;

    if (strlen(seen.lines) > SHOWN) {
        snprintf(words, size,
                 M("(%ld lines) | ./tally", "(%ld líneas) | "
                                            "./tally"),
                 wanted.asked - 1);
        return;
    }
    used = (size_t)snprintf(words, size, "printf '");
    for (const char *at = seen.lines; *at; at++)
        used += (size_t)snprintf(words + used, size - used, "%s",
                                 *at == '\n' ? "\\n" : (char[]){*at, '\0'});
    snprintf(words + used, size - used, "' | ./tally");
}

// "printf '120\ndoce\n' | ./tally 2>&1 | cat", as the student can try it.
static const char *scene(void)
{
    static char words[4 * SHOWN + 100];
    bool same = strcmp(seen.places[1], "same") == 0;
    size_t used;

    input_words(words, sizeof words);
    used = strlen(words);
    if (same && strcmp(seen.places[0], "file") == 0)
        snprintf(words + used, sizeof words - used, " %s 2>&1",
                 place_words("file"));
    else
        snprintf(words + used, sizeof words - used, "%s %s",
                 same ? " 2>&1" : "", place_words(seen.places[0]));
    return words;
}

// ---- Comparing --------------------------------------------------------------

// Line number n, from 1, as far as it is shown; "" behind the last one.
static const char *line_of(const char *bytes, size_t size, long n, char *line)
{
    const char *end = bytes + size;
    size_t length = 0;

    while (--n > 0 && bytes < end) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
        bytes = stop ? stop + 1 : end;
    }
    while (length < SHOWN && bytes < end && *bytes != '\n')
        line[length++] = *bytes++;
    line[length] = '\0';
    return line;
}

// Where the two differ: the line, what it should be, and what it is.
struct difference {
    long line;
    char should[SHOWN + 1], is[SHOWN + 1];
    bool longer, shorter; // than it should be, and right so far
};

static struct difference compare(const struct output *got,
                                 const struct text *text)
{
    struct difference found = {.line = 1};
    size_t same = 0;

    while (same < got->size && same < text->size &&
           got->bytes[same] == text->bytes[same])
        found.line += text->bytes[same++] == '\n';
    line_of(text->bytes, text->size, found.line, found.should);
    line_of(got->bytes, got->size, found.line, found.is);
    found.longer = same == text->size && same < got->size;
    found.shorter = same < text->size && same == got->size;
    return found;
}

static void expect_output(const char *name, const struct output *got,
                          const struct text *text)
{
    struct difference found = compare(got, text);

    expect(!found.longer,
           M("%s: %s should end after %ld lines; then comes \"%s\"",
             "%s: %s debía terminar tras %ld líneas; después viene \"%s\""),
           scene(), name, found.line - 1, found.is);
    expect(!found.shorter || *found.is,
           M("%s: line %ld of %s should be \"%s\"; it is missing",
             "%s: la línea %ld de %s debía ser \"%s\"; falta"),
           scene(), found.line, name, found.should);
    expect(!found.shorter,
           M("%s: line %ld of %s should be \"%s\"; it breaks off after \"%s\"",
             "%s: la línea %ld de %s debía ser \"%s\"; se corta tras \"%s\""),
           scene(), found.line, name, found.should, found.is);
    expect(got->size == text->size &&
               memcmp(got->bytes, text->bytes, text->size) == 0,
           M("%s: line %ld of %s should be \"%s\"; it is \"%s\"",
             "%s: la línea %ld de %s debía ser \"%s\"; es \"%s\""),
           scene(), found.line, name, found.should, found.is);
}

static void expect_status(int status)
{
    expect(seen.status >= 0,
           M("%s: it was ended by signal %d", "%s: terminó por la señal %d"),
           scene(), -seen.status);
    expect(seen.status != 86,
           M("%s: a sanitizer ended it: compile with -g "
             "-fsanitize=address,undefined and see where",
             "%s: lo terminó un sanitizador: compila con -g "
             "-fsanitize=address,undefined y mira dónde"),
           scene());
    expect(seen.status == status,
           M("%s: the status should be %d; it is %d",
             "%s: el estado debía ser %d; es %d"),
           scene(), status, seen.status);
}

// Everything as it should be, in two places or in one.
static void expect_all(void)
{
    if (strcmp(seen.places[1], "same") == 0) {
        expect_output(M("both outputs", "las dos salidas"), &seen.out,
                      &wanted.both);
    } else {
        expect_output("stdout", &seen.out, &wanted.out);
        expect_output("stderr", &seen.err, &wanted.err);
    }
    expect_status(wanted.status);
}

static void right(struct worker *worker, const char *lines, const char *out,
                  const char *err)
{
    run(worker, lines, out, err);
    expect_all();
}

// ---- Lines to try -----------------------------------------------------------

static struct text lines;

static void add_amount(long most)
{
    add(&lines, "%ld\n", (long)random_int(-99, most));
}

static void add_word(void)
{
    static const char *const words[] = {"doce", "12 pesos", "",     "1.5",
                                        "--3",  "0x10",     "total"};

    add(&lines, "%s\n", words[random_int(0, 6)]);
}

// So many lines; one in `words` is no amount, one in `large` is announced, and
// 0 is none.
static const char *some_lines(int count, int words, int large)
{
    clear_text(&lines);
    for (int i = 0; i < count; i++) {
        if (words && random_int(1, words) == 1)
            add_word();
        else if (large && random_int(1, large) == 1)
            add(&lines, "%ld\n", (long)random_int(LARGE, 9 * LARGE));
        else
            add_amount(LARGE - 1);
    }
    return lines.bytes;
}

// ---- Basic ------------------------------------------------------------------

static void results_go_out(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\n80\n-50\n", "pipe", "pipe");
    right(worker, "120\n80\n", "file", "pipe");
    for (int i = 0; i < 3; i++)
        right(worker, some_lines((int)random_int(3, 40), 0, 0), "pipe", "pipe");
}

static int lines_in(const struct output *output)
{
    int count = 0;

    for (size_t i = 0; i < output->size; i++)
        count += output->bytes[i] == '\n';
    return count;
}

static void complains(struct worker *worker, const char *text)
{
    run(worker, text, "pipe", "pipe");
    expect_output("stdout", &seen.out, &wanted.out);
    expect(lines_in(&seen.err) == wanted.complaints,
           M("%s: stderr should have %d lines; it has %d",
             "%s: stderr debía tener %d líneas; tiene %d"),
           scene(), wanted.complaints, lines_in(&seen.err));
}

static void complaints_go_apart(void)
{
    struct worker *worker = worker_start();

    complains(worker, "120\ndoce\n80\n");
    complains(worker, "doce\n");
    for (int i = 0; i < 3; i++)
        complains(worker, some_lines((int)random_int(3, 40), 3, 0));
}

static void counts(struct worker *worker, const char *text)
{
    run(worker, text, "pipe", "pipe");
    expect_output("stdout", &seen.out, &wanted.out);
    expect_output("stderr", &seen.err, &wanted.err);
}

static void lines_are_counted(void)
{
    struct worker *worker = worker_start();

    counts(worker, "120\ndoce\n\n80\n12 pesos\n");
    for (int i = 0; i < 3; i++)
        counts(worker, some_lines((int)random_int(10, 60), 3, 0));
}

static void ends_with(struct worker *worker, const char *text)
{
    run(worker, text, "pipe", "pipe");
    expect_output("stdout", &seen.out, &wanted.out);
    expect_status(wanted.status);
}

static void status_tells(void)
{
    struct worker *worker = worker_start();

    ends_with(worker, "120\n");
    ends_with(worker, "120\ndoce\n");
    ends_with(worker, "doce\n120\n");
    ends_with(worker, "a\nb\nc\n");
    ends_with(worker, some_lines(30, 0, 0));
    ends_with(worker, some_lines(300, 1, 0)); // 256 complaints and more
}

static void empty_is_good(void)
{
    struct worker *worker = worker_start();

    right(worker, "7\n", "pipe", "pipe");
    right(worker, "", "pipe", "pipe");
    right(worker, "", "file", "file");
}

// ---- Intermediate -----------------------------------------------------------

static void order_survives(void)
{
    static const char *const places[] = {"pipe", "file", "terminal"};
    struct worker *worker = worker_start();

    for (int i = 0; i < 3; i++) {
        right(worker, "120\ndoce\n80\n", places[i], "same");
        right(worker, some_lines(40, 4, 0), places[i], "same");
    }
}

static void fork_doubles_nothing(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\n2500\n80\n", "pipe", "pipe");
    right(worker, "2500\n120\n", "file", "same");
    right(worker, some_lines(20, 0, 4), "file", "pipe");
    right(worker, some_lines(20, 0, 4), "pipe", "same");
}

static void switches_off(struct worker *worker, const char *text,
                         const char *out, const char *err)
{
    right(worker, text, out, err);
    expect(!seen.by_exit,
           M("%s: after \"off\" the program should end through switch_off; it "
             "came to its normal end",
             "%s: tras \"off\" el programa debía terminar por switch_off; "
             "llegó a su final normal"),
           scene());
    expect(seen.asked <= wanted.asked,
           M("%s: no line should be taken after \"off\"; %ld were",
             "%s: tras \"off\" no se debía tomar ninguna línea; se tomaron "
             "%ld"),
           scene(), seen.asked - wanted.asked);
}

static void early_exit_loses_nothing(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\n80\n", "pipe", "pipe");
    switches_off(worker, "120\n80\noff\n7\n", "pipe", "pipe");
    switches_off(worker, "120\ndoce\n80\noff\n", "file", "pipe");
    some_lines(30, 4, 0);
    add(&lines, "off\n5\n");
    switches_off(worker, lines.bytes, "file", "pipe");
}

static void expect_failure(void)
{
    static const char said[] = "cannot write the results: ";

    expect_status(FAILED);
    expect(memmem(seen.err.bytes, seen.err.size, said, sizeof said - 1),
           M("%s: stderr should say \"%s\" and the reason",
             "%s: stderr debía decir \"%s\" y el motivo"),
           scene(), said);
}

static void fails(struct worker *worker, const char *text, const char *out)
{
    run(worker, text, out, "pipe");
    expect_failure();
}

static void full_disk_is_told(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\n", "pipe", "pipe");
    fails(worker, "120\n", "full");
    fails(worker, "120\n", "closed");
    fails(worker, "120\ndoce\n80\n", "full");
    fails(worker, some_lines(50, 0, 0), "full");
}

static void without_stderr(struct worker *worker, const char *text,
                           const char *err)
{
    run(worker, text, "pipe", err);
    expect_output(
        strcmp(err, "full") == 0
            ? M("stdout (with 2>/dev/full)", "stdout (con 2>/dev/full)")
            : M("stdout (with 2>&-)", "stdout (con 2>&-)"),
        &seen.out, &wanted.out);
    expect_status(wanted.status);
}

static void needs_no_stderr(void)
{
    struct worker *worker = worker_start();

    without_stderr(worker, "120\ndoce\n80\n", "full");
    without_stderr(worker, "120\ndoce\n80\n", "closed");
    without_stderr(worker, some_lines(40, 3, 0), "closed");
}

static void person_sees(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\n80\n7\n", "terminal", "pipe");
    expect(seen.waiting == 0,
           M("%s: each result should be on the screen before the next line is "
             "taken; %ld bytes still waited in stdout",
             "%s: cada resultado debía estar en la pantalla antes de tomar la "
             "línea siguiente; %ld bytes esperaban todavía en stdout"),
           scene(), seen.waiting);
}

// ---- Advanced ---------------------------------------------------------------

static void nothing_is_forgotten(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\ndoce\n", "pipe", "pipe");
    fails(worker, "120\ndoce\n", "full");
    fails(worker, "2500\n", "full");
    fails(worker, "120\noff\n", "full");
    fails(worker, "120\ndoce\noff\n", "closed");
}

static void lost_reader_is_told(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\n", "pipe", "pipe");
    fails(worker, "120\n80\n", "left");
    fails(worker, some_lines(50, 0, 0), "left");
}

static void expect_reason(int error)
{
    static struct text last;
    size_t at = seen.err.size;

    if (at > 0)
        at--;
    while (at > 0 && seen.err.bytes[at - 1] != '\n')
        at--;
    clear_text(&last);
    add(&last, "cannot write the results: %s\n", strerror(error));
    expect_output(M("the end of stderr", "el final de stderr"),
                  &(struct output){seen.err.bytes + at, seen.err.size - at, 0},
                  &last);
}

static void reason_is_told(void)
{
    static const struct {
        const char *place;
        int error;
    } cases[] = {{"full", ENOSPC}, {"closed", EBADF}, {"left", EPIPE}};
    static const char *const texts[] = {"120\n", "120\ndoce\n",
                                        "120\ndoce\nx\n", "120\n2500\n"};
    struct worker *worker = worker_start();

    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++) {
            fails(worker, texts[j], cases[i].place);
            expect_reason(cases[i].error);
        }
}

static void stops(struct worker *worker, const char *text, const char *out)
{
    fails(worker, text, out);
    expect(
        seen.asked < wanted.asked / 2,
        M("%s: it should stop as soon as it notices that it cannot write; it "
          "took %ld lines",
          "%s: debía detenerse en cuanto nota que no puede escribir; tomó "
          "%ld líneas"),
        scene(), seen.asked);
}

static void failed_tape_stops(void)
{
    struct worker *worker = worker_start();

    right(worker, "120\n", "pipe", "pipe");
    stops(worker, some_lines(MANY, 0, 0), "full");
    stops(worker, some_lines(MANY, 0, 0), "left");
    stops(worker, some_lines(MANY, 20, 0), "closed");
}

static void results_travel_together(void)
{
    struct worker *worker = worker_start();

    right(worker, some_lines(TOGETHER, 0, 0), "records", "pipe");
    expect(seen.out.records <= TOGETHER / LINES_A_WRITE,
           M("%s: %d results took %ld writes; while nothing else happens they "
             "should go together",
             "%s: %d resultados costaron %ld escrituras; mientras no pasa nada "
             "más, debían salir juntos"),
           scene(), TOGETHER, seen.out.records);
}

static void one_write(struct worker *worker, const char *text)
{
    right(worker, text, "pipe", "records");
    expect(
        seen.err.records == wanted.complaints,
        M("%s: complaints: %d, writes to stderr: %ld; each should be one, so "
          "that nobody writes in between",
          "%s: quejas: %d, escrituras en stderr: %ld; cada una debía ser una "
          "sola, para que nadie escriba en medio"),
        scene(), wanted.complaints, seen.err.records);
}

static void complaint_is_one_write(void)
{
    struct worker *worker = worker_start();

    one_write(worker, "120\ndoce\n");
    one_write(worker, some_lines(60, 3, 0));
}

// Only of those who call write themselves; stdio's own writes are not reached.
static void short_writes(void)
{
    struct worker *worker = worker_start();
    static const char text[] = "120\ndoce\n80\n";
    int calls;

    right(worker, text, "pipe", "pipe");
    calls = worker_calls(worker, "write");
    for (size_t most = 1; most <= 3; most++) {
        worker_short(worker, "write", most);
        right(worker, text, "pipe", "pipe");
    }
    for (int i = 1; i <= calls && i <= 16; i++) {
        worker_fault(worker, "write", i, 1, EINTR);
        right(worker, text, "pipe", "pipe");
    }
}

// The status first: after a sanitizer's end the outputs mean nothing.
static void in_order(struct worker *worker, const char *text)
{
    run(worker, text, "pipe", "pipe");
    expect_status(wanted.status);
    expect_all();
}

// A long line that is no amount, and then what the tape usually does.
static void memory(void)
{
    struct worker *worker = worker_start();

    for (int length = 40; length <= 199; length += 53) {
        clear_text(&lines);
        add(&lines, "120\n%0*dx\n80\n", length - 1, 7);
        in_order(worker, lines.bytes);
    }
    in_order(worker, some_lines(30, 4, 0));
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "results_go_to_stdout",
     .level = BASIC,
     .points = 10,
     .english = "each total is a line of stdout",
     .spanish = "cada total es una línea de stdout",
     .test = results_go_out,
     .man = "3 printf",
     .step = "two_outputs"},
    {.name = "complaints_go_to_stderr",
     .level = BASIC,
     .points = 10,
     .english = "complaints go to stderr, and only there",
     .spanish = "las quejas van a stderr, y solo ahí",
     .test = complaints_go_apart,
     .man = "3 fprintf",
     .step = "two_outputs"},
    {.name = "lines_are_counted",
     .level = BASIC,
     .points = 6,
     .english = "a complaint says which line it is about",
     .spanish = "cada queja dice de qué línea habla",
     .test = lines_are_counted,
     .man = "3 fprintf",
     .step = "two_outputs"},
    {.name = "status_tells_about_bad_lines",
     .level = BASIC,
     .points = 8,
     .english = "the status says whether there were bad lines",
     .spanish = "el estado dice si hubo líneas malas",
     .test = status_tells,
     .man = "3 exit",
     .step = NULL},
    {.name = "empty_input_is_good",
     .level = BASIC,
     .points = 6,
     .english = "no lines at all: nothing is written, status 0",
     .spanish = "sin líneas no se escribe nada, y el estado es 0",
     .test = empty_is_good,
     .man = NULL,
     .step = NULL},
    {.name = "order_survives_a_shared_output",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "with 2>&1 everything is in the order of the lines",
     .spanish = "con 2>&1 todo sale en el orden de las líneas",
     .test = order_survives,
     .man = "3 fflush",
     .step = "order"},
    {.name = "fork_doubles_nothing",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "announce doubles nothing",
     .spanish = "announce no duplica nada",
     .test = fork_doubles_nothing,
     .man = "2 fork",
     .step = "doubled"},
    {.name = "early_exit_loses_nothing",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "switch_off loses nothing",
     .spanish = "switch_off no pierde nada",
     .test = early_exit_loses_nothing,
     .man = "2 _exit",
     .step = "lost"},
    {.name = "full_disk_is_told",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "a full disk is told, and is status 2",
     .spanish = "un disco lleno se avisa, y da estado 2",
     .test = full_disk_is_told,
     .man = "3 fflush",
     .step = "lost"},
    {.name = "results_need_no_stderr",
     .level = INTERMEDIATE,
     .points = 2,
     .english = "without stderr the results are the same",
     .spanish = "sin stderr los resultados son los mismos",
     .test = needs_no_stderr,
     .man = "3 stderr",
     .step = "redirection"},
    {.name = "a_person_sees_each_result",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "on a terminal each result is seen at once",
     .spanish = "en una terminal cada resultado se ve en el acto",
     .test = person_sees,
     .man = "3 setvbuf",
     .step = "buffers"},
    {.name = "no_failure_is_forgotten",
     .level = ADVANCED,
     .points = 5,
     .english = "a failed write is told, whatever came after it",
     .spanish = "una escritura fallida se avisa, pase lo que pase",
     .test = nothing_is_forgotten,
     .man = "3 ferror",
     .step = "lost"},
    {.name = "a_lost_reader_is_told",
     .level = ADVANCED,
     .points = 3,
     .english = "a reader that has gone is a failure like any other",
     .spanish = "un lector que se fue es un fallo como los demás",
     .test = lost_reader_is_told,
     .man = "7 pipe",
     .step = "lost"},
    {.name = "the_reason_is_told",
     .level = ADVANCED,
     .points = 3,
     .english = "the reason that is told is that of the write",
     .spanish = "el motivo que se dice es el de la escritura",
     .test = reason_is_told,
     .man = "3 errno",
     .step = "lost"},
    {.name = "a_failed_tape_stops",
     .level = ADVANCED,
     .points = 4,
     .english = "what cannot write takes no more lines",
     .spanish = "si no puede escribir, no toma más líneas",
     .test = failed_tape_stops,
     .man = "3 printf",
     .step = "lost"},
    {.name = "results_travel_together",
     .level = ADVANCED,
     .points = 4,
     .english = "many results are few writes",
     .spanish = "muchos resultados son pocas escrituras",
     .test = results_travel_together,
     .man = "3 setvbuf",
     .step = "buffers"},
    {.name = "a_complaint_is_one_write",
     .level = ADVANCED,
     .points = 2,
     .english = "a complaint is a single write",
     .spanish = "una queja es una sola escritura",
     .test = complaint_is_one_write,
     .man = "3 stderr",
     .step = "buffers"},
    {.name = "short_writes_lose_nothing",
     .level = ADVANCED,
     .points = 1,
     .english = "a write that is short or interrupted loses nothing",
     .spanish = "una escritura corta o interrumpida no pierde nada",
     .test = short_writes,
     .build = FAULTS,
     .man = "2 write",
     .step = NULL},
    {.name = "memory_is_in_order",
     .level = ADVANCED,
     .points = 2,
     .english = "no memory is lost, none is overrun",
     .spanish = "no se pierde memoria ni se escribe fuera de ella",
     .test = memory,
     .build = ADDRESS,
     .man = "3 snprintf",
     .step = NULL},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"tally.c"},
        .given = {"tally.h", "register.c"},
        .faults = {"write", "writev"},
        .promises = promises,
        .answer_seconds = 3,
    };

    return suite_main(&lab, count, arguments);
}
