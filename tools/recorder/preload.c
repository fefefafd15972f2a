// preload.c - the environment that puts the library into a program
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/recorder/door.h"
#include "tools/recorder/inside.h"
#include "tools/recorder/preload.h"

#define PRELOAD "LD_PRELOAD"
#define refuse(error, size, ...) (snprintf(error, size, __VA_ARGS__), false)

// A folder with a link to the library, where the way to it can be written in
// LD_PRELOAD; empty: not needed.
static char bypass[64];

static char *preloaded; // what was preloaded without us; NULL: nothing
static bool is_in;      // the environment has our variables

// ---- The library ------------------------------------------------------------

// Beside this program's own folder; where /proc is missing, in the project.
bool preload_library(char path[PATH_MAX])
{
    char own[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    char *slash, *usual;

    if (length > 0) {
        own[length] = '\0';
        slash = strrchr(own, '/');
        snprintf(slash, sizeof own - (size_t)(slash - own), "%s",
                 "/../lib/" RECORD_LIBRARY);
        return realpath(own, path) != NULL;
    }
    usual = course_path("build/lib/" RECORD_LIBRARY);
    slash = realpath(usual, path);
    free(usual);
    return slash != NULL;
}

static bool can_be_mapped(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), reason;
    void *at;

    if (fd < 0)
        return false;
    at = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
    reason = errno;
    if (at != MAP_FAILED)
        munmap(at, 4096);
    close(fd);
    errno = reason;
    return at != MAP_FAILED;
}

bool preload_check(char *error, size_t error_size)
{
    char path[PATH_MAX];

    if (!preload_library(path))
        return refuse(error, error_size,
                      M("%s is not beside telar-run: build it with make",
                        "%s no está junto a telar-run: compílala con make"),
                      RECORD_LIBRARY);
    if (!can_be_mapped(path))
        return refuse(error, error_size,
                      M("%s cannot be executed (%s; mounted noexec?): copy the "
                        "folder elsewhere",
                        "%s no se puede ejecutar (%s; ¿montado con noexec?): "
                        "copia la carpeta a otro lugar"),
                      path, error_words(errno));
    return true;
}

// ---- In this process --------------------------------------------------------

static int is_library(struct dl_phdr_info *about, size_t size, void *context)
{
    const char *slash = strrchr(about->dlpi_name, '/');

    (void)size;
    (void)context;
    return slash && strcmp(slash + 1, RECORD_LIBRARY) == 0;
}

bool preload_is_taken(void)
{
    return dl_iterate_phdr(is_library, NULL) != 0;
}

// ---- A way to it without spaces and colons ----------------------------------

static bool can_be_written(const char *path)
{
    return !strpbrk(path, " :$");
}

static bool make_bypass(char path[PATH_MAX])
{
    static const char *const folders[] = {"/tmp", "/var/tmp", "/dev/shm"};
    char link[sizeof bypass + sizeof "/" RECORD_LIBRARY];

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(bypass, sizeof bypass, "%s/telar-run-XXXXXX", folders[i]);
        if (!mkdtemp(bypass))
            continue;
        chmod(bypass, 0755); // the program may become somebody else
        snprintf(link, sizeof link, "%s/" RECORD_LIBRARY, bypass);
        if (symlink(path, link) == 0) {
            strcpy(path, link);
            return true;
        }
        rmdir(bypass);
    }
    *bypass = '\0';
    return false;
}

static void remove_bypass(void)
{
    char link[sizeof bypass + sizeof "/" RECORD_LIBRARY];

    if (!*bypass)
        return;
    snprintf(link, sizeof link, "%s/" RECORD_LIBRARY, bypass);
    unlink(link);
    rmdir(bypass);
    *bypass = '\0';
}

// ---- The environment --------------------------------------------------------

// After what the user preloads: some libraries have to come first.
static void add_library(const char *path)
{
    const char *now = getenv(PRELOAD);
    char *both;

    preloaded = now ? MUST(strdup(now)) : NULL;
    if (!now || !*now) {
        MUST(setenv(PRELOAD, path, 1));
        return;
    }
    MUST(asprintf(&both, "%s:%s", now, path));
    MUST(setenv(PRELOAD, both, 1));
    free(both);
}

void preload_what(unsigned what)
{
    char number[16];

    snprintf(number, sizeof number, "%u", what);
    MUST(setenv(RECORD_WHAT_VARIABLE, number, 1));
}

static void tell(const char *trace, unsigned what)
{
    MUST(setenv(RECORD_TRACE_VARIABLE, trace, 1));
    preload_what(what);
}

// Some shells say here what they execute; that was us.
static void take_our_place(const char *program)
{
    const char *said = getenv("_");
    const char *slash = said ? strrchr(said, '/') : NULL;
    const char *name = slash ? slash + 1 : said;

    if (name && (strcmp(name, "telar") == 0 || strcmp(name, "telar-run") == 0))
        MUST(setenv("_", program, 1));
}

bool preload_into(const struct preload *preload, char *error, size_t error_size)
{
    char path[PATH_MAX];

    door_give_back();
    take_our_place(preload->program);
    if (!preload->library)
        return true;
    if (!preload_library(path) || (!can_be_written(path) && !make_bypass(path)))
        return refuse(error, error_size,
                      M("no way to %s without spaces or colons: move the "
                        "folder elsewhere",
                        "no hay un camino a %s sin espacios ni dos puntos: "
                        "mueve la carpeta a otro lugar"),
                      RECORD_LIBRARY);
    add_library(path);
    tell(preload->trace, preload->what);
    is_in = true;
    return true;
}

static void take_out(void)
{
    if (preloaded)
        MUST(setenv(PRELOAD, preloaded, 1));
    else
        unsetenv(PRELOAD);
    unsetenv(RECORD_TRACE_VARIABLE);
    unsetenv(RECORD_WHAT_VARIABLE);
    free(preloaded);
    preloaded = NULL;
    is_in = false;
}

void preload_done(void)
{
    if (is_in)
        take_out();
    remove_bypass();
}
