// run_report.c - what a person reads when the program has ended
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"
#include "tools/course/wrap.h"
#include "tools/recorder/inside.h"
#include "tools/recorder/preload.h"
#include "tools/recorder/run_report.h"
#include "tools/recorder/tally.h"
#include "tools/trace/words.h"

enum { ROWS = 5, CALLS = 15, TEXT = 300, NAME = 16 }; // in columns: NAME

struct page {
    const struct run_report *report;
    const struct reader *reader;
    const struct model *model;
    const struct tally *tally;
};

// ---- Words and columns ------------------------------------------------------

// Of the terminal that the report goes to; 0: it goes to none.
static int columns(void)
{
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0)
        return 0;
    return size.ws_col < 20 ? 80 : size.ws_col;
}

// In one write, so that nobody else's words come in between. most is in
// columns, 0: the line is not broken.
static void put_line(const char *text, size_t size, int most)
{
    char *lines;
    size_t length;
    FILE *out = MUST(open_memstream(&lines, &length));

    wrap_line(out, text, size, most > 0 ? most : INT_MAX, "telar:   ");
    fclose(out);
    fwrite(lines, 1, length, stderr);
    free(lines);
}

static void put(int most, const char *format, va_list rest)
{
    char *text, *line;
    size_t size;
    FILE *out = MUST(open_memstream(&line, &size));

    MUST(vasprintf(&text, format, rest));
    fputs("telar: ", out);
    print_printable(out, text, strlen(text));
    fclose(out);
    put_line(line, size, most);
    free(line);
    free(text);
}

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    put(columns(), format, rest);
    va_end(rest);
}

// The row of a table, or a command to be copied: stays one line.
static void say_in_one(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static void say_in_one(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    put(0, format, rest);
    va_end(rest);
}

// Fills up with spaces to so many columns: behind text, or before it where
// columns is negative. What is longer is cut.
static char *cell(const char *text, int columns, char *out)
{
    int width = columns < 0 ? -columns : columns;
    size_t length = wrap_fit(text, width);
    int blank = width - wrap_columns(text, length);

    if (columns < 0)
        snprintf(out, TEXT, "%*s%.*s", blank, "", (int)length, text);
    else
        snprintf(out, TEXT, "%.*s%*s", (int)length, text, blank, "");
    return out;
}

// Three figures, in the unit that fits: "1.24 s", "83 ms".
static char *span(uint64_t ns, char *text)
{
    static const char *const units[] = {"ns", "µs", "ms", "s"};
    double value = (double)ns;
    char figures[32];
    int unit = 0;

    for (; unit < 3 && value >= 999.5; unit++)
        value /= 1000;
    snprintf(text, TEXT, "%s %s",
             units_decimal(value,
                           unit == 0 || value >= 99.95 ? 0
                           : value >= 9.995            ? 1
                                                       : 2,
                           figures),
             units[unit]);
    return text;
}

// path as a shell takes it for one word. The caller frees.
static char *quoted(const char *path)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));
    bool plain = strspn(path, "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "0123456789_-+=./,:%@") == strlen(path);

    fputs(plain ? "" : "'", out);
    for (const char *c = path; *c; c++)
        fputs(*c == '\'' ? "'\\''" : (char[]){*c, '\0'}, out);
    fputs(plain ? "" : "'", out);
    fclose(out);
    return text;
}

// ---- The whole run ----------------------------------------------------------

static void count_tasks(const struct page *page, unsigned *processes,
                        unsigned *threads)
{
    *processes = *threads = 0;
    for (uint32_t i = 1; i < page->reader->task_limit; i++) {
        const struct trace_entry *entry = reader_entry(page->reader, i);

        *threads += entry != NULL;
        *processes += entry && entry->pid == entry->tid;
    }
}

static void say_place(const struct run_report *report)
{
    char *path = quoted(report->place->shown);

    say_in_one(M("recorded in %s; to see it: ./telar view %s",
                 "registrado en %s; para verlo: ./telar view %s"),
               path, path);
    free(path);
}

// Tasks that the trace does not tell apart: as many as the table counts, or as
// there were lanes.
static uint64_t nameless(const struct page *page)
{
    const struct trace_header *h = &page->reader->header;
    uint64_t room = h->task_count - 1;
    uint64_t begun = h->next_task - 1;

    if (begun < page->report->result->totals.threads)
        begun = page->report->result->totals.threads;
    return h->next_task > room && begun > room ? begun - room : 0;
}

static void say_whole(const struct page *page)
{
    bool is_all =
        nameless(page) == 0 && page->report->result->totals.unseen == 0;
    uint64_t wall = page->report->result->wall_ns;
    uint64_t cpu = page->report->result->totals.cpu_ns;
    unsigned processes, threads;
    char wall_text[TEXT], cpu_text[TEXT];

    count_tasks(page, &processes, &threads);
    span(wall, wall_text);
    span(cpu, cpu_text);
    say(M("%s, of it %s on CPU (%u %%); %s%u %s, %u %s",
          "%s, de ellos %s en CPU (%u %%); %s%u %s, %u %s"),
        wall_text, cpu_text, (unsigned)(wall ? cpu * 100 / wall : 0),
        is_all ? "" : M("at least ", "al menos "), processes,
        processes == 1 ? M("process", "proceso") : M("processes", "procesos"),
        threads, threads == 1 ? M("thread", "hilo") : M("threads", "hilos"));
}

static void say_source(const struct supervised *result)
{
    if (result->source == TRACE_SOURCE_PERF)
        say("%s", M("scheduling: every context switch (perf)",
                    "planificación: cada cambio de contexto (perf)"));
    else
        say(M("scheduling: from samples%s%s",
              "planificación: a partir de muestras%s%s"),
            *result->why ? ": " : "", result->why);
}

// ---- Each thread ------------------------------------------------------------

struct row {
    uint32_t task;
    uint64_t on, ready, blocked; // ns
};

static int compare_rows(const void *a, const void *b)
{
    const struct row *one = a, *other = b;

    if (one->on != other->on)
        return one->on < other->on ? 1 : -1;
    if (one->blocked != other->blocked)
        return one->blocked < other->blocked ? 1 : -1;
    return one->task < other->task ? -1 : 1;
}

// Where events of it are missing, what it said itself at its end knows better.
static uint64_t on_cpu(const struct page *page, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(page->reader, task);
    uint64_t seen = page->tally->tasks[task].ns[MODEL_RUNNING];
    uint64_t said = entry->cpu_ns;

    if (said && entry->lost)
        return said;
    return said && said < seen && page->reader->header.overwritten ? said
                                                                   : seen;
}

static uint64_t count_cut_off(const struct page *page)
{
    uint64_t count = 0;

    for (uint32_t i = 1; i < page->reader->task_limit; i++) {
        const struct trace_entry *entry = reader_entry(page->reader, i);

        count += entry && entry->lost;
    }
    return count;
}

// Returns how many there are; the caller frees *rows.
static size_t rows_of(const struct page *page, struct row **rows)
{
    const struct tally *tally = page->tally;
    size_t count = 0;

    *rows = MUST(calloc(tally->task_count + 1, sizeof **rows));
    for (uint32_t i = 1; i < tally->task_count; i++) {
        const uint64_t *ns = tally->tasks[i].ns;

        if (reader_entry(page->reader, i))
            (*rows)[count++] =
                (struct row){i, on_cpu(page, i), ns[MODEL_READY],
                             ns[MODEL_BLOCKED] + ns[MODEL_SLEEPING]};
    }
    qsort(*rows, count, sizeof **rows, compare_rows);
    return count;
}

static const char *whose_end(uint32_t kind)
{
    return kind == TRACE_JOIN_REQUEST ? M("a thread", "un hilo")
                                      : M("a child", "un hijo");
}

static void say_wait(const struct page *page, uint32_t task, char *text)
{
    const struct tally_wait *wait = tally_longest(page->tally, task);
    struct trace_record record = {0};
    char object[TEXT], time[TEXT];

    *text = '\0';
    if (!wait || wait->ns == 0)
        return;
    record.object = wait->object;
    record.last = (uint64_t)wait->kind << 32;
    words_object(page->model, task, &record, object, sizeof object);
    span(wait->ns, time);
    if (wait->kind == 0)
        snprintf(text, TEXT, M("in the kernel %s", "en el núcleo %s"), time);
    else if (wait->kind == TRACE_SLEEP_BEGIN)
        snprintf(text, TEXT, M("sleep %s", "dormir %s"), time);
    else if (wait->kind == TRACE_JOIN_REQUEST ||
             wait->kind == TRACE_WAIT_REQUEST)
        snprintf(text, TEXT, M("end of %.40s %s", "fin de %.40s %s"),
                 *object ? object : whose_end(wait->kind), time);
    else
        snprintf(text, TEXT, "%.40s %.20s", object, time);
}

static void say_columns(const char *name, const char *on, const char *ready,
                        const char *blocked, const char *wait)
{
    char cells[4][TEXT];

    say_in_one("  %s %s %s %s  %s", cell(name, NAME, cells[0]),
               cell(on, -9, cells[1]), cell(ready, -9, cells[2]),
               cell(blocked, -9, cells[3]), wait);
}

static void say_row(const struct page *page, const struct row *row)
{
    char name[TEXT], on[TEXT], ready[TEXT], blocked[TEXT], wait[TEXT];

    model_task_brief(page->model, row->task, NAME, name, sizeof name);
    say_wait(page, row->task, wait);
    say_columns(name, span(row->on, on), span(row->ready, ready),
                span(row->blocked, blocked), wait);
}

static void say_cut_off(uint64_t count)
{
    if (count == 1)
        say("%s", M("  1 of them lost events: its waits are known up to there",
                    "  1 de ellos perdió eventos: sus esperas se conocen "
                    "hasta ahí"));
    else if (count)
        say(M("  %" PRIu64 " of them lost events: their waits are known up to "
              "there",
              "  %" PRIu64 " de ellos perdieron eventos: sus esperas se "
              "conocen hasta ahí"),
            count);
}

static void say_threads(const struct page *page)
{
    struct row *rows;
    size_t count = rows_of(page, &rows);
    size_t shown = count > ROWS + 1 ? ROWS : count;

    if (count > 0)
        say_columns(M("thread", "hilo"), M("on CPU", "en CPU"),
                    M("ready", "listo"), M("blocked", "bloqueado"),
                    M("longest wait", "esperó más"));
    for (size_t i = 0; i < shown; i++)
        say_row(page, &rows[i]);
    if (shown < count)
        say(M("  and %zu more", "  y %zu más"), count - shown);
    free(rows);
    say_cut_off(count_cut_off(page));
}

// ---- System calls -----------------------------------------------------------

static int compare_calls(const void *a, const void *b)
{
    const struct tally_call *one = a, *other = b;

    if (one->ns != other->ns)
        return one->ns < other->ns ? 1 : -1;
    return one->count < other->count ? 1 : -1;
}

static void say_call(const char *name, const struct tally_call *call)
{
    char cells[5][TEXT], number[TEXT], errors[TEXT], time[TEXT], each[TEXT];

    snprintf(number, sizeof number, "%" PRIu64, call->count);
    snprintf(errors, sizeof errors, "%" PRIu64, call->errors);
    span(call->ns, time);
    span(call->count ? call->ns / call->count : 0, each);
    say_in_one("  %s %s %s %s %s", cell(name, 22, cells[0]),
               cell(number, -9, cells[1]),
               cell(call->errors ? errors : "", -9, cells[2]),
               cell(time, -9, cells[3]), cell(each, -9, cells[4]));
}

static void say_calls_head(void)
{
    char cells[5][TEXT];

    say_in_one("  %s %s %s %s %s",
               cell(M("system call", "llamada al sistema"), 22, cells[0]),
               cell(M("calls", "llamadas"), -9, cells[1]),
               cell(M("errors", "errores"), -9, cells[2]),
               cell(M("time", "tiempo"), -9, cells[3]),
               cell(M("each", "cada una"), -9, cells[4]));
}

// Where each call cannot be seen, the kernel still counts some.
static void say_totals(const struct run_report *report)
{
    const struct calls_totals *calls = &report->result->calls;

    say(M("--calls: %s; only totals, as the kernel counted them",
          "--calls: %s; solo hay totales, como los contó el núcleo"),
        report->no_calls);
    if (report->result->has_totals)
        say(M("  %" PRIu64 " reads (%" PRIu64 " bytes), %" PRIu64
              " writes (%" PRIu64 " bytes)",
              "  %" PRIu64 " lecturas (%" PRIu64 " bytes), %" PRIu64
              " escrituras (%" PRIu64 " bytes)"),
            calls->reads, calls->read_bytes, calls->writes,
            calls->written_bytes);
}

static bool is_complete(const struct page *page)
{
    return reader_lost(page->reader) == 0 &&
           page->reader->header.overwritten == 0;
}

// Whether a program began before it could be seen.
static bool has_unseen_loading(const struct reader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        const struct trace_record *record = reader_event(reader, i);

        if (TRACE_KIND(record->last) == TRACE_NOTE &&
            strcmp(reader_name(reader, (uint32_t)record->object),
                   RECORD_UNSEEN_LOADING) == 0)
            return true;
    }
    return false;
}

// What strace would count, and this table does not.
static void say_uncounted(const struct page *page)
{
    const struct run_report *report = page->report;
    const char *parts[3];
    size_t count = 0;

    if (has_unseen_loading(page->reader))
        parts[count++] =
            M("what the loader does before a program begins",
              "lo que hace el cargador antes de que empiece un programa");
    if (!is_complete(page))
        parts[count++] = M("what was lost", "lo que se perdió");
    if (report->program->blind != PROGRAM_SEEN ||
        report->result->totals.blind > 0)
        parts[count++] =
            M("what cannot be seen inside", "lo de adentro que no se ve");
    if (count > 0)
        say(M("  not counted: %s%s%s%s%s", "  sin contar: %s%s%s%s%s"),
            parts[0], count > 1 ? ", " : "", count > 1 ? parts[1] : "",
            count > 2 ? ", " : "", count > 2 ? parts[2] : "");
}

static void say_calls(const struct page *page)
{
    const struct tally *tally = page->tally;
    struct tally_call total = {0};
    size_t shown;

    if (page->report->no_calls)
        say_totals(page->report);
    if (!page->report->calls)
        return;
    if (tally->call_count == 0) {
        say("%s", M("no system call could be seen", "no se pudo ver ninguna "
                                                    "llamada al sistema"));
        return;
    }
    qsort(tally->calls, tally->call_count, sizeof *tally->calls, compare_calls);
    say_calls_head();
    shown = tally->call_count > CALLS + 1 ? CALLS : tally->call_count;
    for (size_t i = 0; i < tally->call_count; i++) {
        const struct tally_call *call = &tally->calls[i];

        if (i < shown)
            say_call(reader_name(page->reader, call->name), call);
        total.count += call->count;
        total.errors += call->errors;
        total.ns += call->ns;
    }
    if (shown < tally->call_count)
        say(M("  and %zu names more", "  y %zu nombres más"),
            tally->call_count - shown);
    say_call(is_complete(page) ? M("all", "todas")
                               : M("all that was kept", "todas las guardadas"),
             &total);
    say_uncounted(page);
}

// ---- What is not in the trace -----------------------------------------------

static bool is_full(const char *path)
{
    struct statvfs system;

    return statvfs(path, &system) == 0 &&
           system.f_bavail * system.f_frsize < (1 << 20);
}

static void say_lost(const struct page *page)
{
    const struct trace_header *h = &page->reader->header;
    uint64_t lost = reader_lost(page->reader), mib;

    mib = ((uint64_t)h->chunk_count * h->chunk_bytes) >> 20;
    if (lost && h->next_ticket < h->chunk_count)
        say(is_full(page->report->place->path)
                ? M("%" PRIu64 " events were lost: the disk is full",
                    "se perdieron %" PRIu64 " eventos: el disco está lleno")
                : M("%" PRIu64 " events could not be kept",
                    "%" PRIu64 " eventos no se pudieron guardar"),
            lost);
    else if (lost)
        say(M("%" PRIu64 " events found no room in %" PRIu64 " MiB: --size "
              "%" PRIu64 " keeps more, --newest the last ones",
              "%" PRIu64 " eventos no cupieron en %" PRIu64 " MiB: --size "
              "%" PRIu64 " guarda más, --newest los últimos"),
            lost, mib, mib * 4);
    if (h->overwritten)
        say(M("the oldest %" PRIu64 " events gave way to newer ones; --size "
              "%" PRIu64 " keeps more",
              "los %" PRIu64 " eventos más viejos cedieron su lugar; --size "
              "%" PRIu64 " guarda más"),
            (uint64_t)h->overwritten, mib * 4);
}

// Calls that wrote, as far as the library inside saw them (a pipe may have
// failed to be read: at most).
static uint64_t count_writes(const struct reader *reader)
{
    uint64_t count = 0;

    for (size_t i = 0; i < reader->count; i++) {
        uint16_t kind = TRACE_KIND(reader_event(reader, i)->last);

        count += kind == TRACE_IO_WRITTEN || kind == TRACE_PIPE_WRITE ||
                 kind == TRACE_PIPE_FAIL;
    }
    return count;
}

// The kernel counts all writes of those that were waited for.
static void say_unseen_writes(const struct page *page)
{
    const struct run_report *report = page->report;
    uint64_t writes = report->result->calls.writes, seen;

    if (!report->is_io_alone || !report->result->has_totals ||
        report->result->totals.blind || reader_lost(page->reader) ||
        page->reader->header.overwritten)
        return;
    seen = count_writes(page->reader);
    if (seen < writes)
        say(M("writes missing in the trace: at least %" PRIu64 " (stdio, such "
              "as printf, makes them inside libc); --calls shows them",
              "escrituras que faltan en la traza: al menos %" PRIu64 " (stdio, "
              "como printf, las hace dentro de libc); --calls las muestra"),
            writes - seen);
}

static void say_missed(const struct page *page)
{
    const struct scheduling_totals *totals = &page->report->result->totals;

    if (totals->lost)
        say(M("%" PRIu64 " context switches were lost: the machine was too "
              "busy",
              "se perdieron %" PRIu64 " cambios de contexto: la máquina "
              "estaba muy ocupada"),
            totals->lost);
    if (nameless(page))
        say(M("%" PRIu64 " threads more than a trace tells apart",
              "%" PRIu64 " hilos más de los que una traza distingue"),
            nameless(page));
}

// Processes of ours that are recorded by another telar run hear only that one.
static void say_blind_children(const struct scheduling_totals *totals)
{
    const char *why =
        preload_is_taken()
            ? M("; what is inside goes to the telar run around this one",
                "; lo de adentro va al telar run que rodea a este")
            : "";

    if (totals->blind == 1)
        say(M("could not see inside 1 process (%s); only its scheduling is "
              "recorded%s",
              "no se vio dentro de 1 proceso (%s); solo se registra su "
              "planificación%s"),
            totals->blind_names, why);
    else
        say(M("could not see inside %u processes (%s); only their scheduling "
              "is recorded%s",
              "no se vio dentro de %u procesos (%s); solo se registra su "
              "planificación%s"),
            totals->blind, totals->blind_names, why);
}

// What a process that nobody sees inside begins is known only from samples.
static void say_unseen(const struct scheduling_totals *totals)
{
    if (totals->unseen < 0)
        say("%s", M("samples miss what ends between two of them: there may "
                    "have been more processes",
                    "las muestras no ven lo que termina entre dos de ellas: "
                    "puede haber más procesos"));
    else if (totals->unseen > 0)
        say(M("samples miss what ends between two of them: up to %" PRIi64
              " processes or threads more (so many began on the machine)",
              "las muestras no ven lo que termina entre dos de ellas: hasta "
              "%" PRIi64 " procesos o hilos más (los que inició la máquina)"),
            totals->unseen);
}

static void say_blind(const struct run_report *report)
{
    const struct scheduling_totals *totals = &report->result->totals;
    enum program_blind blind = report->program->blind;

    if (blind != PROGRAM_SEEN)
        say(M("cannot see inside %s: %s; only its scheduling is recorded",
              "no se ve dentro de %s: %s; solo se registra su planificación"),
            report->program->name, program_blind_because(blind));
    if (totals->blind > (blind != PROGRAM_SEEN))
        say_blind_children(totals);
    say_unseen(totals);
}

// One that has ended, but was not waited for yet, lives no more.
static bool lives(uint32_t pid)
{
    char path[64], line[512] = "", *state;
    FILE *file;

    if (kill((pid_t)pid, 0) != 0 && errno == ESRCH)
        return false;
    snprintf(path, sizeof path, "/proc/%u/stat", pid);
    file = fopen(path, "re");
    if (!file)
        return errno != ENOENT;
    state = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    fclose(file);
    return state && state[1] == ' ' && state[2] != 'Z' && state[2] != 'X';
}

unsigned run_report_living(const struct reader *reader, uint32_t except)
{
    unsigned living = 0;

    for (uint32_t i = 1; i < reader->task_limit; i++) {
        const struct trace_entry *entry = reader_entry(reader, i);

        living += entry && entry->pid == entry->tid && entry->ended == 0 &&
                  entry->pid != except && lives(entry->pid);
    }
    return living;
}

static void say_living(const struct page *page)
{
    unsigned living =
        run_report_living(page->reader, (uint32_t)page->report->result->pid);

    if (living == 1)
        say("%s", M("1 process that it began lives on, recorded from here on "
                    "without scheduling",
                    "1 proceso que inició sigue vivo; desde aquí se registra "
                    "sin planificación"));
    else if (living)
        say(M("%u processes that it began live on, recorded from here on "
              "without scheduling",
              "%u procesos que inició siguen vivos; desde aquí se registran "
              "sin planificación"),
            living);
}

// ---- All of it --------------------------------------------------------------

static void print_page(const struct page *page)
{
    say_whole(page);
    say_source(page->report->result);
    say_threads(page);
    say_calls(page);
    say_lost(page);
    say_unseen_writes(page);
    say_missed(page);
    say_blind(page->report);
    say_living(page);
    say_place(page->report);
}

static void print_model(const struct run_report *report,
                        const struct reader *reader, struct model *model)
{
    struct page page = {.report = report, .reader = reader, .model = model};
    struct tally tally;

    if (!tally_open(&tally, model)) {
        say("%s", M("not enough memory for the report",
                    "no alcanza la memoria para el informe"));
        return;
    }
    page.tally = &tally;
    print_page(&page);
    tally_close(&tally);
}

void run_report_print(const struct run_report *report)
{
    struct reader reader;
    struct model model;

    if (!trace_place_is_ours(report->place)) {
        say(M("%s: another file took the place of the trace meanwhile",
              "%s: entretanto otro archivo tomó el lugar de la traza"),
            report->place->shown);
        return;
    }
    if (!reader_open(&reader, report->place->path)) {
        say("%s", reader.error);
        return;
    }
    if (model_open(&model, &reader)) {
        print_model(report, &reader, &model);
        model_close(&model);
    } else {
        say("%s", M("not enough memory to read the trace",
                    "no alcanza la memoria para leer la traza"));
    }
    reader_close(&reader);
}
