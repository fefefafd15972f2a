// export.c - formats by name, and files that are whole
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/trace/export.h"

export_writer export_text, export_csv, export_intervals; // of other files

static const struct export_format formats[] = {
    {"text", "txt", export_text, "events"},
    {"csv", "csv", export_csv, "events"},
    {"chrome", "json", NULL, "events"},
    {"svg", "svg", NULL, "events"},
    {"csv", "csv", export_intervals, "intervals"}, // not the usual one
};
enum { FORMATS = sizeof formats / sizeof *formats };

const struct export_format *export_named(const char *name)
{
    for (int i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

const struct export_format *export_table(const char *name, const char *table)
{
    for (int i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0 &&
            strcmp(formats[i].table, table) == 0)
            return &formats[i];
    return NULL;
}

const char *export_names(void)
{
    static char names[128];
    size_t used = 0;

    for (int i = 0; i < FORMATS; i++)
        if (formats[i].write && export_named(formats[i].name) == &formats[i])
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                     used ? ", " : "", formats[i].name);
    return names;
}

// ---- A whole file or none ---------------------------------------------------

static char draft[4096];

static void remove_draft(int number)
{
    unlink(draft);
    signal(number, SIG_DFL);
    raise(number);
}

static void on_end(void (*handler)(int))
{
    signal(SIGINT, handler);
    signal(SIGTERM, handler);
    signal(SIGHUP, handler);
}

// Writes, flushes and closes; the first thing that went wrong is returned.
static int write_to(const struct export_format *format, struct model *model,
                    FILE *out, bool sync)
{
    int error = 0;

    errno = 0;
    format->write(out, model);
    if (fflush(out) != 0 || ferror(out) ||
        (sync && fsync(fileno(out)) != 0 && errno != EINVAL))
        error = errno ? errno : EIO;
    return error;
}

static int write_and_close(const struct export_format *format,
                           struct model *model, FILE *out, bool sync)
{
    int error = write_to(format, model, out, sync);

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

static int write_whole(const struct export_format *format, struct model *model,
                       const char *path)
{
    FILE *out = open_draft(path);
    int error;

    if (!out)
        return errno;
    on_end(remove_draft);
    error = write_and_close(format, model, out, true);
    if (!error && rename(draft, path) != 0)
        error = errno;
    if (error)
        unlink(draft);
    on_end(SIG_DFL);
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
                const char *path)
{
    FILE *out;

    setlocale(LC_NUMERIC, "C");
    if (!path)
        return write_to(format, model, stdout, false);
    if (!is_special(path))
        return write_whole(format, model, path);
    out = fopen(path, "we");
    return out ? write_and_close(format, model, out, false) : errno;
}
