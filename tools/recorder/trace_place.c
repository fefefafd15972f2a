// trace_place.c - where the trace of a run goes, and that nothing is lost there
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/recorder/trace_place.h"

enum { NAMES = 100 }; // of runs at the same time that gave none

#define refuse(error, size, ...) (snprintf(error, size, __VA_ARGS__), false)

// ---- What stands there already ----------------------------------------------

enum standing { NOTHING, REPLACEABLE, BUSY, FOREIGN, NO_FILE, CLOSED };

static bool is_replaceable(int fd)
{
    char magic[sizeof TRACE_MAGIC - 1];
    ssize_t got = pread(fd, magic, sizeof magic, 0);

    return got == 0 || (got == sizeof magic &&
                        memcmp(magic, TRACE_MAGIC, sizeof magic) == 0);
}

static enum standing judge(int fd)
{
    if (!is_replaceable(fd))
        return FOREIGN;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return BUSY;
    return REPLACEABLE;
}

static enum standing what_stands(const char *path)
{
    enum standing standing;
    struct stat about;
    int fd;

    if (stat(path, &about) != 0)
        return errno == ENOENT ? NOTHING : CLOSED;
    if (!S_ISREG(about.st_mode))
        return NO_FILE;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return CLOSED;
    standing = judge(fd);
    close(fd);
    return standing;
}

static bool may_stand(enum standing standing, const char *path, char *error,
                      size_t size)
{
    switch (standing) {
    case BUSY:
        return refuse(error, size,
                      M("%s: another run is writing it; choose another place: "
                        "--trace FILE",
                        "%s: otra ejecución lo está escribiendo; elige otro "
                        "lugar: --trace ARCHIVO"),
                      path);
    case FOREIGN:
        return refuse(error, size,
                      M("%s: this file is not a trace and stays as it is; "
                        "choose another: --trace FILE",
                        "%s: este archivo no es una traza y queda como está; "
                        "elige otro: --trace ARCHIVO"),
                      path);
    case NO_FILE:
        return refuse(error, size,
                      M("%s: a trace has to be an ordinary file, and this is "
                        "something else",
                        "%s: una traza debe ser un archivo común, y esto es "
                        "otra cosa"),
                      path);
    case CLOSED:
        return refuse(error, size, "%s: %s", path, error_words(errno));
    default:
        return true;
    }
}

// ---- Its path ---------------------------------------------------------------

// The absolute path of a file that need not be there, in a folder that has to.
static char *absolute(const char *path)
{
    char *copy = MUST(strdup(path)), *slash = strrchr(copy, '/');
    const char *base = slash ? slash + 1 : copy;
    char *folder = NULL, *whole = realpath(path, NULL);

    if (!whole && errno == ENOENT) {
        if (slash)
            *slash = '\0';
        folder = realpath(!slash ? "." : *copy ? copy : "/", NULL);
        if (folder)
            MUST(asprintf(&whole, "%s/%s", folder, base));
    }
    free(folder);
    free(copy);
    return whole;
}

// path as seen from the current folder, where it is in there.
static char *as_typed(const char *path)
{
    char here[PATH_MAX];
    size_t length;

    if (!getcwd(here, sizeof here))
        return MUST(strdup(path));
    length = strlen(here);
    if (strncmp(path, here, length) == 0 && path[length] == '/')
        path += length + 1;
    return MUST(strdup(path));
}

// ---- Making it --------------------------------------------------------------

static const char *remedy(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return M("the disk is full; --size 1 needs less, --trace FILE goes "
                 "elsewhere",
                 "el disco está lleno; --size 1 ocupa menos, --trace ARCHIVO "
                 "va a otro lugar");
    case EFBIG:
        return M("larger than files may be here (ulimit -f); --size 1 needs "
                 "less",
                 "más grande de lo que aquí se permite (ulimit -f); --size 1 "
                 "ocupa menos");
    case ENOMEM:
        return M("it does not fit into the memory allowed here (ulimit -v); "
                 "--size 1 needs less",
                 "no cabe en la memoria que aquí se permite (ulimit -v); "
                 "--size 1 ocupa menos");
    case EACCES:
    case EROFS:
    case EPERM:
        return M("that folder cannot be written to; elsewhere: --trace FILE",
                 "no se puede escribir en esa carpeta; en otro lugar: --trace "
                 "ARCHIVO");
    default:
        return error_words(error);
    }
}

// Two runs that make the same file at once: the later one has it.
static int hold(struct trace_place *place)
{
    place->lock = open(place->path, O_RDONLY | O_CLOEXEC);
    if (place->lock < 0)
        return errno;
    return flock(place->lock, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
}

// A file that is larger than allowed is an error to be told, not a death.
static int create(struct trace_place *place,
                  const struct writer_options *options)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    int reason;

    sigaction(SIGXFSZ, &ignore, &before);
    reason = writer_create(&place->writer, place->path, options);
    sigaction(SIGXFSZ, &before, NULL);
    return reason;
}

static bool make(struct trace_place *place,
                 const struct writer_options *options, char *error,
                 size_t error_size)
{
    int reason = create(place, options);

    if (reason)
        return refuse(error, error_size, "%s: %s", place->path, remedy(reason));
    reason = hold(place);
    place->shown = as_typed(place->path);
    if (!reason)
        return true;
    snprintf(error, error_size, "%s: %s", place->path, error_words(reason));
    trace_place_close(place);
    return false;
}

static bool open_named(struct trace_place *place, const char *path,
                       const struct writer_options *options, char *error,
                       size_t error_size)
{
    enum standing standing;

    if (!*path || path[strlen(path) - 1] == '/')
        return refuse(error, error_size,
                      M("--trace takes the name of a file, not '%s'",
                        "--trace admite el nombre de un archivo, no '%s'"),
                      path);
    place->path = absolute(path);
    if (!place->path)
        return refuse(error, error_size, "%s: %s", path,
                      errno == ENOENT ? M("there is no such folder",
                                          "no existe esa carpeta")
                                      : error_words(errno));
    standing = what_stands(place->path);
    return may_stand(standing, path, error, error_size) &&
           make(place, options, error, error_size);
}

static char *usual_path(int number)
{
    return number == 1 ? course_state_path("run.trace")
                       : course_state_path("run-%d.trace", number);
}

static bool open_usual(struct trace_place *place,
                       const struct writer_options *options, char *error,
                       size_t error_size)
{
    bool made = false;
    char *path = usual_path(1);

    if (!keep_folder(course_state())) {
        free(path);
        return refuse(error, error_size, "%s: %s", course_state(),
                      remedy(errno));
    }
    for (int i = 2; i <= NAMES && what_stands(path) == BUSY; i++) {
        free(path);
        path = usual_path(i);
    }
    made = open_named(place, path, options, error, error_size);
    free(path);
    return made;
}

bool trace_place_open(struct trace_place *place, const char *path,
                      const struct writer_options *options, char *error,
                      size_t error_size)
{
    bool made;

    *place = (struct trace_place){.lock = -1};
    made = path ? open_named(place, path, options, error, error_size)
                : open_usual(place, options, error, error_size);
    if (!made)
        trace_place_close(place);
    return made;
}

bool trace_place_is_ours(const struct trace_place *place)
{
    struct stat there, ours;

    return stat(place->path, &there) == 0 && fstat(place->lock, &ours) == 0 &&
           there.st_dev == ours.st_dev && there.st_ino == ours.st_ino;
}

void trace_place_close(struct trace_place *place)
{
    if (place->writer.header)
        writer_close(&place->writer);
    if (place->lock >= 0)
        close(place->lock);
    free(place->path);
    free(place->shown);
    *place = (struct trace_place){.lock = -1};
}

void trace_place_remove(struct trace_place *place)
{
    if (trace_place_is_ours(place))
        unlink(place->path);
    trace_place_close(place);
}
