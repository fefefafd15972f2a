// export.c - formats by name, and files that are whole
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/trace/export.h"

export_writer export_text, export_events, export_intervals, export_statistics,
    export_objects, export_chrome, export_svg; // of other files

// The first one of a name is the usual one.
static const struct export_format formats[] = {
    {"text", "txt", export_text, "events"},
    {"csv", "csv", export_events, "events"},
    {"csv", "csv", export_intervals, "intervals"},
    {"csv", "csv", export_statistics, "statistics"},
    {"csv", "csv", export_objects, "objects"},
    {"chrome", "json", export_chrome, "events"},
    {"svg", "svg", export_svg, "events"},
};
enum { FORMATS = sizeof formats / sizeof *formats };

struct export_what export_all(void)
{
    return (struct export_what){0, UINT64_MAX, EXPORT_WIDTH, NULL};
}

const struct export_format *export_at(int number)
{
    return number < FORMATS ? &formats[number] : NULL;
}

const struct export_format *export_table(const char *name, const char *table)
{
    for (int i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0 &&
            (!table || strcmp(formats[i].table, table) == 0))
            return &formats[i];
    return NULL;
}

const struct export_format *export_named(const char *name)
{
    return export_table(name, NULL);
}

static bool ends_in(const char *path, size_t length, const char *end)
{
    size_t n = strlen(end);

    return length > n + 1 && path[length - n - 1] == '.' &&
           strncmp(path + length - n, end, n) == 0;
}

// Tables say their name before the extension, unless they are the usual one.
const struct export_format *export_of_path(const char *path)
{
    const struct export_format *found = NULL;
    size_t length = strlen(path);

    for (int i = 0; i < FORMATS; i++) {
        const struct export_format *f = &formats[i];

        if (!ends_in(path, length, f->extension))
            continue;
        if (!found ||
            ends_in(path, length - strlen(f->extension) - 1, f->table))
            found = f;
    }
    return found;
}

static void add_name(char *names, size_t size, const char *name)
{
    size_t used = strlen(names);

    snprintf(names + used, size - used, "%s%s", used ? ", " : "", name);
}

const char *export_names(void)
{
    static char names[128];

    *names = '\0';
    for (int i = 0; i < FORMATS; i++)
        if (export_named(formats[i].name) == &formats[i])
            add_name(names, sizeof names, formats[i].name);
    return names;
}

const char *export_tables(const char *name)
{
    static char names[128];

    *names = '\0';
    for (int i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            add_name(names, sizeof names, formats[i].table);
    return names;
}

// ---- A whole file or none ---------------------------------------------------

static char draft[4096];
static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDS = sizeof ends / sizeof *ends };
static struct sigaction before[ENDS]; // what others do then

static void leave_signals(void)
{
    for (int i = 0; i < ENDS; i++)
        sigaction(ends[i], &before[i], NULL);
}

// Whoever was there before us does his part afterwards.
static void remove_draft(int number)
{
    unlink(draft);
    leave_signals();
    raise(number);
}

// What is ignored (nohup) stays so.
static void take_signals(void)
{
    const struct sigaction ours = {.sa_handler = remove_draft};

    for (int i = 0; i < ENDS; i++) {
        sigaction(ends[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN)
            sigaction(ends[i], &ours, NULL);
    }
}

struct job {
    const struct export_format *format;
    struct model *model;
    const struct export_what *what;
};

// Writes and flushes; the first thing that went wrong is returned.
static int write_to(const struct job *job, FILE *out, bool sync)
{
    int error;

    errno = 0;
    error = job->format->write(out, job->model, job->what);
    if (!error && (fflush(out) != 0 || ferror(out) ||
                   (sync && fsync(fileno(out)) != 0 && errno != EINVAL)))
        error = errno ? errno : EIO;
    return error;
}

static int write_and_close(const struct job *job, FILE *out, bool sync)
{
    int error = write_to(job, out, sync);

    if (fclose(out) != 0 && !error)
        error = errno;
    return error;
}

// The file keeps who may read it.
static FILE *open_draft(const char *path)
{
    struct stat about;
    mode_t mode = stat(path, &about) == 0 ? about.st_mode & 0777 : 0666;
    int fd;

    if (snprintf(draft, sizeof draft, "%s.%d.new", path, (int)getpid()) >=
        (int)sizeof draft) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    unlink(draft);
    fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    return fd < 0 ? NULL : fdopen(fd, "w");
}

// A link, unlike a rename, takes no other file's place; where a file system has
// none, there is a moment between the look and the rename.
static int put_in_place(const char *path, bool is_new)
{
    if (is_new && link(draft, path) == 0)
        return unlink(draft) == 0 ? 0 : errno;
    if (is_new && (errno == EEXIST || access(path, F_OK) == 0))
        return EEXIST;
    return rename(draft, path) == 0 ? 0 : errno;
}

static int write_whole(const struct job *job, const char *path, bool is_new)
{
    FILE *out = open_draft(path);
    int error;

    if (!out)
        return errno;
    take_signals();
    error = write_and_close(job, out, true);
    if (!error)
        error = put_in_place(path, is_new);
    if (error)
        unlink(draft);
    leave_signals();
    return error;
}

// A device or a pipe is written to as it is.
static bool is_special(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && !S_ISREG(about.st_mode) &&
           !S_ISDIR(about.st_mode);
}

int export_file(const struct export_format *format, struct model *model,
                const struct export_what *what, const char *path, bool is_new)
{
    const struct job job = {format, model, what};
    FILE *out;

    setlocale(LC_NUMERIC, "C");
    if (!path)
        return write_to(&job, stdout, false);
    if (is_new && access(path, F_OK) == 0)
        return EEXIST;
    if (!is_special(path))
        return write_whole(&job, path, is_new);
    out = fopen(path, "we");
    return out ? write_and_close(&job, out, false) : errno;
}
