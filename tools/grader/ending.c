// ending.c - how a worker came to its end, told to the student
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/grader/ending.h"

enum { LINES_TOLD = 8, LINE_MOST = 200 };

// ---- A sanitizer's report ---------------------------------------------------

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

// Where needle begins within this line, or NULL.
static const char *in_line(const char *line, const char *needle)
{
    return memmem(line, line_length(line), needle, strlen(needle));
}

static void tell_range(FILE *out, const char *text, size_t size)
{
    fprintf(out, "\n%.*s", (int)(size < LINE_MOST ? size : LINE_MOST), text);
}

// "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x... "
// becomes "AddressSanitizer: heap-buffer-overflow"
static bool tell_error(FILE *out, const char *line)
{
    const char *error = in_line(line, "ERROR: ");
    const char *end;

    if (!error || !in_line(error, "Sanitizer: "))
        return false;
    error += strlen("ERROR: ");
    end = in_line(error, " on ");
    tell_range(out, error, end ? (size_t)(end - error) : line_length(error));
    return true;
}

// "labs/00_sum/sum.c:5:14: runtime error: ..." without the folder
static bool tell_undefined(FILE *out, const char *line)
{
    const char *error = in_line(line, ": runtime error: ");
    const char *file = line;

    if (!error)
        return false;
    for (const char *at = line; at < error; at++)
        if (*at == '/')
            file = at + 1;
    tell_range(out, file, line_length(file));
    return true;
}

// The student's file in a frame, which the compiler may name with the folder of
// the build before it or without; NULL in a frame of anybody else's.
static const char *own_file(const char *line, const char *function)
{
    const char *end = line + line_length(line);
    const char *file = function ? in_line(function, "labs/") : NULL;

    for (const char *at = file; at && at < end; at++)
        if (*at == '/')
            file = at + 1;
    return file;
}

// "    #1 0x55d0 in add labs/00_sum/sum.c:7" becomes "  in add, sum.c:7"
static bool tell_frame(FILE *out, const char *line)
{
    const char *function = in_line(line, " in ");
    const char *file = own_file(line, function);

    if (strncmp(line, "    #", 5) != 0 || !file)
        return false;
    function += strlen(" in ");
    fprintf(out, "\n  in %.*s, %.*s", (int)strcspn(function, " "), function,
            (int)line_length(file), file);
    return true;
}

// "READ of size 4 at 0x... thread T0" becomes "READ of size 4"
static bool tell_access(FILE *out, const char *line)
{
    const char *end = in_line(line, " at 0x");

    if (!end || (strncmp(line, "READ of size ", 13) != 0 &&
                 strncmp(line, "WRITE of size ", 14) != 0))
        return false;
    tell_range(out, line, (size_t)(end - line));
    return true;
}

// "0x60... is located 0 bytes to the right of 12-byte region [0x..." becomes
// "0 bytes to the right of 12-byte region"
static bool tell_place(FILE *out, const char *line)
{
    const char *place = in_line(line, " is located ");
    const char *end = in_line(line, " [0x");

    if (!place || !end || end < place)
        return false;
    place += strlen(" is located ");
    tell_range(out, place, (size_t)(end - place));
    return true;
}

static bool tell_leak(FILE *out, const char *line)
{
    if (!in_line(line, " leak of "))
        return false;
    tell_range(out, line, line_length(line));
    return true;
}

// Whose stack the next frames are.
static bool is_heading(const char *line)
{
    return in_line(line, "freed by thread") ||
           in_line(line, "allocated by thread");
}

static bool is_report(const char *said)
{
    return strstr(said, "ERROR: AddressSanitizer: ") ||
           strstr(said, "ERROR: LeakSanitizer: ") ||
           strstr(said, ": runtime error: ");
}

static bool tell_line(FILE *out, const char *line)
{
    return tell_error(out, line) || tell_undefined(out, line) ||
           tell_access(out, line) || tell_place(out, line) ||
           tell_leak(out, line);
}

// A heading waits for a frame of the student's: without one it says nothing.
static void tell_report(FILE *out, const char *said)
{
    const char *heading = NULL;
    int told = 0;

    for (const char *line = said; *line && told < LINES_TOLD;) {
        if (is_heading(line)) {
            heading = line;
        } else if (own_file(line, in_line(line, " in ")) && heading) {
            tell_range(out, heading, line_length(heading));
            heading = NULL;
            told++;
        }
        told += tell_line(out, line) || tell_frame(out, line);
        line += line_length(line);
        line += *line == '\n';
    }
}

// ---- Signals and exits ------------------------------------------------------

static const char *meaning_of(int signal_number)
{
    switch (signal_number) {
    case SIGSEGV:
    case SIGBUS:
        return M("it used memory that is not its own",
                 "usó memoria que no es suya");
    case SIGABRT:
        return M("abort(): glibc or an assertion found a mistake",
                 "abort(): glibc o una aserción encontró un error");
    case SIGFPE:
        return M("a division by zero", "una división por cero");
    case SIGPIPE:
        return M("it wrote into a pipe that nobody reads any more",
                 "escribió en un pipe que ya nadie lee");
    case SIGXCPU:
        return M("it used up its processor time",
                 "agotó su tiempo de procesador");
    case SIGXFSZ:
        return M("it wrote a file that is too big",
                 "escribió un archivo demasiado grande");
    case SIGKILL:
        return M("it killed itself, or the memory ran out",
                 "se mató a sí mismo, o se acabó la memoria");
    default:
        return strsignal(signal_number);
    }
}

static void tell_exit(FILE *out, const char *who, int code)
{
    if (code == ENDING_CLOSED)
        fprintf(out,
                M("%s closed a descriptor that is not its own",
                  "%s cerró un descriptor que no es suyo"),
                who);
    else if (code == ENDING_NULL)
        fprintf(out,
                M("%s should give its bytes; the size it gave is not 0, but "
                  "the pointer is NULL",
                  "%s debía entregar sus bytes; el tamaño que dio no es 0, "
                  "pero el puntero es NULL"),
                who);
    else
        fprintf(out,
                M("%s should return; it ended the whole program, exit "
                  "status %d",
                  "%s debía retornar; terminó el programa entero, con estado "
                  "de salida %d"),
                who, code);
}

static void tell_kill(FILE *out, const char *who, int code)
{
    const char *name = sigabbrev_np(code);

    fprintf(out,
            M("%s should return; it was ended by SIG%s: %s",
              "%s debía retornar; lo terminó SIG%s: %s"),
            who, name ? name : "?", meaning_of(code));
}

static void tell_late(FILE *out, const char *who, const struct ending *ending)
{
    if (ending->seconds == 0) {
        fprintf(out,
                M("%s should return sooner; the time for this promise is over",
                  "%s debía retornar antes; se acabó el tiempo de esta "
                  "promesa"),
                who);
        return;
    }
    fprintf(out,
            M("%s should return; after %d s it had not",
              "%s debía retornar; a los %d s no lo había hecho"),
            who, ending->seconds);
    if (ending->waits_in)
        fprintf(out, M(": it waits in %s()", ": espera en %s()"),
                ending->waits_in);
    else
        fputs(M(": it goes round and round", ": da vueltas sin fin"), out);
}

// The first lines that the worker printed on standard error.
static void tell_said(FILE *out, const char *said)
{
    if (!*said)
        return;
    fputs(M("\nIt printed:", "\nImprimió:"), out);
    for (int i = 0; i < 3 && *said; i++) {
        tell_range(out, said, line_length(said));
        said += line_length(said);
        said += *said == '\n';
    }
}

static void tell_outcome(FILE *out, const char *who,
                         const struct ending *ending)
{
    switch (ending->outcome) {
    case EXITED:
        tell_exit(out, who, ending->code);
        break;
    case KILLED:
        tell_kill(out, who, ending->code);
        break;
    case LATE:
        tell_late(out, who, ending);
        break;
    case FLOODED:
        fprintf(out,
                M("%s printed more than 64 MiB", "%s imprimió más de 64 MiB"),
                who);
        break;
    default:
        fprintf(out,
                M("%s should leave descriptors alone that it did not open; the "
                  "program wrote on a descriptor that is not its own",
                  "%s debía dejar en paz los descriptores que no abrió; el "
                  "programa escribió en un descriptor que no es suyo"),
                who);
    }
}

// A report is believed in place of an exit status only where a program dies.
static void tell(FILE *out, const char *who, const struct ending *ending)
{
    bool died = ending->outcome == EXITED || ending->outcome == KILLED;

    if (died && is_report(ending->said)) {
        fprintf(out,
                M("%s should keep to its memory; the sanitizer found:",
                  "%s debía usar bien su memoria; el sanitizador encontró:"),
                who);
        tell_report(out, ending->said);
        return;
    }
    tell_outcome(out, who, ending);
    if (died)
        tell_said(out, ending->said);
}

char *ending_tell(const struct ending *ending)
{
    char who[128], *text = NULL;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    if (ending->operation && !*ending->operation)
        snprintf(who, sizeof who, "%s",
                 M("the program, before anything was asked of it,",
                   "el programa, antes de que se le pidiera nada,"));
    else if (ending->operation)
        snprintf(who, sizeof who, "%s()", ending->operation);
    else
        snprintf(who, sizeof who, "%s",
                 M("the program, at its end,", "el programa, al terminar,"));
    tell(out, who, ending);
    fclose(out);
    return text;
}

// ---- Where it waits ---------------------------------------------------------

static const struct {
    long number;
    const char *name;
} calls[] = {
    {SYS_read, "read"},
    {SYS_write, "write"},
    {SYS_ppoll, "poll"},
    {SYS_wait4, "waitpid"},
    {SYS_waitid, "waitid"},
    {SYS_futex, "futex"},
    {SYS_clock_nanosleep, "sleep"},
    {SYS_nanosleep, "nanosleep"},
    {SYS_rt_sigsuspend, "sigsuspend"},
    {SYS_flock, "flock"},
    {SYS_openat, "open"},
    {SYS_pselect6, "select"},
#ifdef SYS_poll
    {SYS_poll, "poll"},
    {SYS_select, "select"},
    {SYS_pause, "pause"},
#endif
};

const char *ending_system_call(pid_t pid)
{
    char path[64], text[128];
    FILE *file;
    long number = -1;

    snprintf(path, sizeof path, "/proc/%d/syscall", (int)pid);
    file = fopen(path, "re");
    if (!file)
        return NULL;
    if (fgets(text, sizeof text, file) && sscanf(text, "%ld", &number) != 1)
        number = -1; // "running"
    fclose(file);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i].number == number)
            return calls[i].name;
    return NULL;
}
