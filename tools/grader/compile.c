// compile.c - from a student's files to the workers' programs
//
// In the scratch folder lies a small copy of the project, so that the compiler
// speaks of labs/NN_topic/FILE as the student knows it:
//
//   src/labs/NN_topic/      the student's files and the given ones
//   src/tools/grader/       the worker's side of the protocol, and the adapter
//   build/BUILD/            objects and what the compiler said
//   build/worker-BUILD      the workers' programs
//   src/tests/labs/NN_topic/harness/   what drives labs that are explored
//   build/explore/          the objects that are explored
//   explore/                the explorer, where any user may run it
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/grader/box.h"
#include "tools/grader/compile.h"
#include "tools/grader/object_check.h"
#include "tools/grader/object_use.h"

enum {
    FILE_MOST = 1 << 20,    // bytes of a file that is handed in
    COMMAND_MS = 60 * 1000, // for one run of a tool
    ROOM_LEAST = 8 << 20,   // bytes free on the disk, or nothing is begun
    SAID_MOST = 4000,       // bytes of the compiler's that are shown
    EXIT_STUDENT = 1,       // of a build's process
    EXIT_GRADER = 2,
    EXIT_LATE = 3,
};

// What the steps share; one grading is one process's business.
static struct {
    const struct brief *brief;
    const char *shown, *scratch;
    uid_t uid;
    char compiler[PATH_MAX], objcopy[PATH_MAX];
} job;

static struct compiled outcome(enum compile_end end, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static struct compiled outcome(enum compile_end end, const char *format, ...)
{
    struct compiled result = {.end = end};
    va_list rest;

    va_start(rest, format);
    MUST(vasprintf(&result.text, format, rest));
    va_end(rest);
    return result;
}

// ---- Files ------------------------------------------------------------------

static bool put_file(const char *bytes, size_t size, const char *place,
                     const char *name)
{
    char path[PATH_MAX];
    FILE *file;
    bool put;

    snprintf(path, sizeof path, "%s/src/%s/%s", job.scratch, place, name);
    file = fopen(path, "wxe");
    if (!file)
        return false;
    put = fwrite(bytes, 1, size, file) == size;
    return fclose(file) == 0 && put;
}

// Opens a regular file and nothing else, following no link.
static char *read_submitted(int folder, const char *name, size_t *size)
{
    int fd = openat(folder, name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    char link[64], *bytes;

    if (fd < 0)
        return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    bytes = keep_read(link, FILE_MOST, size);
    if (!bytes && errno == EINVAL)
        errno = EISDIR;
    close(fd);
    return bytes;
}

static const char *why_not_taken(int error)
{
    switch (error) {
    case ENOENT:
        return M("it is not there", "no está");
    case EISDIR:
    case EINVAL:
    case ENXIO:
        return M("it is not a regular file", "no es un archivo normal");
    case ELOOP:
        return M("it is a symbolic link, and only files are taken",
                 "es un enlace simbólico, y solo se toman archivos");
    case EFBIG:
        return M("it is larger than 1 MiB", "ocupa más de 1 MiB");
    default:
        return error_words(error);
    }
}

static struct compiled not_taken(const char *name, const char *why)
{
    // What is handed in elsewhere is nobody's to reset.
    if (strncmp(job.shown, "labs/", 5) != 0)
        return outcome(NOT_THERE, "%s/%s: %s", job.shown, name, why);
    return outcome(NOT_THERE,
                   M("%s/%s: %s\n./telar reset %.2s puts the starter there",
                     "%s/%s: %s\n./telar reset %.2s pone ahí el inicial"),
                   job.shown, name, why, job.brief->lab);
}

static struct compiled full_disk(void)
{
    return outcome(NOT_POSSIBLE, "%s: %s", job.scratch, error_words(errno));
}

// Compilers that run out of room do not always say so.
static bool disk_is_full(void)
{
    struct statvfs info;

    if (statvfs(job.scratch, &info) < 0 ||
        (uint64_t)info.f_bavail * info.f_frsize >= ROOM_LEAST)
        return false;
    errno = ENOSPC;
    return true;
}

static bool is_blank(const char *bytes)
{
    return bytes[strspn(bytes, " \t\r\n")] == '\0';
}

static struct compiled take_submitted(int folder, const char *name)
{
    char place[NAME_MAX + 8];
    size_t size;
    char *bytes = read_submitted(folder, name, &size);
    bool blank, put, strange;

    if (!bytes)
        return not_taken(name, why_not_taken(errno));
    strange = memchr(bytes, '\0', size);
    blank = is_blank(bytes);
    snprintf(place, sizeof place, "labs/%s", job.brief->lab);
    put = put_file(bytes, size, place, name);
    free(bytes);
    if (strange)
        return not_taken(name, M("it is not plain text (save it as UTF-8)",
                                 "no es texto sencillo (guárdalo como UTF-8)"));
    if (blank)
        return not_taken(name, M("it is empty", "está vacío"));
    return put ? (struct compiled){0} : full_disk();
}

static struct compiled take_all_submitted(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct compiled result = {0};

    if (fd < 0)
        return not_taken(job.brief->files[0], why_not_taken(errno));
    for (int i = 0; job.brief->files[i] && result.end == COMPILED; i++)
        result = take_submitted(fd, job.brief->files[i]);
    close(fd);
    return result;
}

// Copies a file of the project. Returns false with errno.
static bool copy_own(char *from, const char *place, const char *name)
{
    size_t size;
    char *bytes = keep_read(from, FILE_MOST, &size);
    bool put = bytes && put_file(bytes, size, place, name);

    free(bytes);
    free(from);
    return put;
}

static bool copy_given(const char *name)
{
    const char *lab = job.brief->lab;
    char place[NAME_MAX + 8];
    char *solved = course_path("solutions/%s/%s", lab, name);

    snprintf(place, sizeof place, "labs/%s", lab);
    if (access(solved, R_OK) == 0)
        return copy_own(solved, place, name);
    free(solved);
    return copy_own(course_path("tests/labs/%s/%s", lab, name), place, name);
}

static bool copy_tools(void)
{
    static const char *const files[][2] = {
        {"tools/grader", "worker.h"},
        {"tools/grader", "frame.h"},
        {"tools/grader", "frame.c"},
        {"tools/grader/worker", "worker.c"},
        {"tools/grader/worker", "faults.c"},
        {"tools/grader/worker", "faults.h"},
        {"tools/grader/worker", "watched.h"},
    };

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!copy_own(course_path("%s/%s", files[i][0], files[i][1]),
                      files[i][0], files[i][1]))
            return false;
    return copy_own(course_path("tests/labs/%s/worker.c", job.brief->lab),
                    "tools/grader", "adapter.c");
}

static bool has_workers(void)
{
    return job.brief->builds[BUILD_PLAIN] || job.brief->builds[BUILD_ADDRESS] ||
           job.brief->builds[BUILD_FAULTS];
}

// ---- What labs that are explored need ---------------------------------------

static bool copy_harness_file(const char *name)
{
    char place[NAME_MAX + 32];

    snprintf(place, sizeof place, "tests/labs/%s/harness", job.brief->lab);
    return copy_own(course_path("%s/%s", place, name), place, name);
}

static bool copy_harnesses(void)
{
    char *path = course_path("tests/labs/%s/harness", job.brief->lab);
    DIR *folder = opendir(path);
    bool copied = folder;
    struct dirent *entry;

    free(path);
    while (copied && (entry = readdir(folder))) {
        size_t length = strlen(entry->d_name);

        if (length > 2 && entry->d_name[0] != '.' &&
            entry->d_name[length - 2] == '.')
            copied = copy_harness_file(entry->d_name);
    }
    if (folder)
        closedir(folder);
    return copied;
}

// A file that was built, beside this program or in build/lib.
static bool copy_built(const char *from, const char *to)
{
    char program[PATH_MAX] = "", path[PATH_MAX];
    size_t size;
    char *bytes = NULL;
    FILE *file;
    bool put;

    if (readlink("/proc/self/exe", program, sizeof program - 1) > 0 &&
        strrchr(program, '/')) {
        *strrchr(program, '/') = '\0';
        snprintf(path, sizeof path, "%.*s/%s", PATH_MAX - 64, program, from);
        bytes = keep_read(path, 256 << 20, &size);
    }
    if (!bytes)
        return false;
    snprintf(path, sizeof path, "%s/explore/%s", job.scratch, to);
    file = fopen(path, "wxe");
    put = file && fwrite(bytes, 1, size, file) == size;
    put = file && fclose(file) == 0 && put;
    free(bytes);
    return put && chmod(path, 0755) == 0;
}

static bool copy_explorer(void)
{
    return copy_built("telar-explore", "bin/telar-explore") &&
           copy_built("../lib/engine32.o", "lib/engine32.o") &&
           copy_built("../lib/engine128.o", "lib/engine128.o");
}

// ---- Folders ----------------------------------------------------------------

static bool make_folder(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static bool make_folder(const char *format, ...)
{
    char below[NAME_MAX + 32], path[PATH_MAX];
    va_list rest;

    va_start(rest, format);
    vsnprintf(below, sizeof below, format, rest);
    va_end(rest);
    snprintf(path, sizeof path, "%s/%s", job.scratch, below);
    return mkdir(path, 0755) == 0;
}

// The compiler's user writes objects; the rest it only reads.
static bool make_build_folder(const char *build)
{
    char path[PATH_MAX];

    if (!make_folder("build/%s", build))
        return false;
    snprintf(path, sizeof path, "%s/build/%s", job.scratch, build);
    return job.uid == 0 || chown(path, job.uid, job.uid) == 0;
}

static bool make_explore_folders(void)
{
    return make_folder("src/tests") && make_folder("src/tests/labs") &&
           make_folder("src/tests/labs/%s", job.brief->lab) &&
           make_folder("src/tests/labs/%s/harness", job.brief->lab) &&
           make_folder("explore") && make_folder("explore/bin") &&
           make_folder("explore/lib");
}

static bool make_folders(void)
{
    bool made = make_folder("src") && make_folder("src/labs") &&
                make_folder("src/labs/%s", job.brief->lab) &&
                make_folder("src/tools") && make_folder("src/tools/grader") &&
                make_folder("src/tools/grader/worker") &&
                make_folder("build") && make_folder("run");

    if (made && job.brief->builds[BUILD_EXPLORE])
        made = make_explore_folders();

    for (int i = 0; i < BUILDS && made; i++)
        if (job.brief->builds[i])
            made = make_build_folder(brief_builds[i]);
    return made;
}

static bool copy_all_given(void)
{
    for (int i = 0; job.brief->given[i]; i++)
        if (!copy_given(job.brief->given[i]))
            return false;
    return true;
}

// ---- Tools ------------------------------------------------------------------

static bool find_tool(const char *name, char found[PATH_MAX])
{
    const char *paths = getenv("PATH");

    for (const char *at = paths ? paths : "/usr/bin:/bin"; *at;) {
        int length = (int)strcspn(at, ":");

        if (length > 0 &&
            snprintf(found, PATH_MAX, "%.*s/%s", length, at, name) < PATH_MAX &&
            access(found, X_OK) == 0)
            return true;
        at += length;
        at += *at == ':';
    }
    return false;
}

static bool find_tools(void)
{
    return (find_tool("gcc", job.compiler) || find_tool("cc", job.compiler) ||
            find_tool("clang", job.compiler)) &&
           find_tool("objcopy", job.objcopy);
}

// ---- One build, in a process of its own -------------------------------------

struct command {
    char *arguments[96];
    int count;
};

static void add(struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct command *command, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    MUST(vasprintf(&command->arguments[command->count++], format, rest));
    va_end(rest);
}

static void add_flags(struct command *command, int build)
{
    static const char *const flags[] = {"-std=c11",
                                        "-D_GNU_SOURCE",
                                        "-g",
                                        "-O1",
                                        "-pthread",
                                        "-fno-omit-frame-pointer",
                                        "-fdiagnostics-color=never"};

    add(command, "%s", job.compiler);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        add(command, "%s", flags[i]);
#ifdef __x86_64__ // where gcc and clang know it: no frame jumps over a guard
    add(command, "-fstack-clash-protection");
#endif
    if (build == BUILD_PLAIN)
        return;
    add(command, "-fsanitize=address,undefined");
    add(command, "-fno-sanitize-recover=all");
    // Memory that is lost at once would be optimized away, and never found.
    add(command, "-fno-builtin-malloc");
    add(command, "-fno-builtin-calloc");
}

static bool is_source(const char *name)
{
    size_t length = strlen(name);

    return length > 2 && strcmp(name + length - 2, ".c") == 0;
}

static int wait_for(pid_t pid)
{
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0),
                         .events = POLLIN};
    int status;

    if (end.fd < 0 || poll(&end, 1, COMMAND_MS) != 1)
        return EXIT_LATE;
    close(end.fd);
    if (waitpid(pid, &status, 0) < 0)
        return EXIT_GRADER;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : EXIT_STUDENT;
}

static char *const *tool_environment(void)
{
    static char temporary[PATH_MAX + 32], search[PATH_MAX];
    static char *environment[] = {search, "LC_ALL=C", temporary, NULL};
    const char *path = getenv("PATH");

    snprintf(search, sizeof search, "PATH=%s", path ? path : "/usr/bin:/bin");
    return environment;
}

// Runs a tool in the box; what it says goes to log.
static int run_tool(struct command *command, const char *build, int log)
{
    char folder[PATH_MAX];
    struct box_plan plan = {.arguments = command->arguments,
                            .environment = tool_environment(),
                            .folder = folder,
                            .output = log,
                            .error = log,
                            .extra = {-1, -1},
                            .limits = {.memory_mib = 1024,
                                       .file_mib = 256,
                                       .cpu_seconds = 30,
                                       .processes = 64,
                                       .descriptors = 256}};
    pid_t pid;

    snprintf(folder, sizeof folder, "%s/src", job.scratch);
    snprintf(plan.environment[2], PATH_MAX + 32, "TMPDIR=%s/build/%s",
             job.scratch, build);
    pid = box_start(&plan);
    if (pid > 0)
        return wait_for(pid);
    dprintf(log, "%s\n", box_trouble());
    return EXIT_GRADER;
}

static int run_and_free(struct command *command, int build, int log)
{
    int status = run_tool(command, brief_builds[build], log);

    for (int i = 0; i < command->count; i++)
        free(command->arguments[i]);
    return status;
}

static int compile_one(int build, int log, const char *source,
                       const char *object, bool of_student)
{
    struct command command = {0};

    add_flags(&command, build);
    if (of_student) {
        add(&command, "-Wall");
        add(&command, "-Wextra");
        add(&command, "-include");
        add(&command, "tools/grader/worker/watched.h");
    }
    add(&command, "-I.");
    add(&command, "-Ilabs/%s", job.brief->lab);
    add(&command, "-c");
    add(&command, "%s", source);
    add(&command, "-o");
    add(&command, "%s/build/%s/%s.o", job.scratch, brief_builds[build], object);
    return run_and_free(&command, build, log);
}

// In the student's objects main() is student_main(), and, for FAULTS, each call
// that is to fail has its counterpart's name.
static int rename_symbols(int build, int log, const char *object)
{
    struct command command = {0};

    add(&command, "%s", job.objcopy);
    add(&command, "--redefine-sym=main=student_main");
    for (int i = 0; build == BUILD_FAULTS && job.brief->faults[i]; i++)
        add(&command, "--redefine-sym=%s=fault_%s", job.brief->faults[i],
            job.brief->faults[i]);
    add(&command, "%s/build/%s/%s.o", job.scratch, brief_builds[build], object);
    return run_and_free(&command, build, log) ? EXIT_GRADER : 0;
}

// The sanitizers' builds are to find what there is.
static int check_object(int build, int log, const char *object)
{
    char path[PATH_MAX], *why;
    enum object_end end;

    if (build == BUILD_PLAIN)
        return 0;
    snprintf(path, sizeof path, "%s/build/%s/%s.o", job.scratch,
             brief_builds[build], object);
    end = object_is_watched(path, &why);
    if (end != OBJECT_ACCEPTED)
        dprintf(log, "labs/%s/%s\n", job.brief->lab, why);
    free(why);
    return end == OBJECT_ACCEPTED ? 0 : EXIT_STUDENT;
}

static int compile_student(int build, int log)
{
    int status = 0;

    for (int i = 0; job.brief->files[i] && status == 0; i++) {
        const char *name = job.brief->files[i];
        char source[PATH_MAX];

        if (!is_source(name))
            continue;
        snprintf(source, sizeof source, "labs/%s/%s", job.brief->lab, name);
        status = compile_one(build, log, source, name, true);
        if (status == 0)
            status = rename_symbols(build, log, name);
        if (status == 0)
            status = check_object(build, log, name);
    }
    return status;
}

static int compile_own(int build, int log)
{
    static const char *const sources[][2] = {
        {"tools/grader/adapter.c", "telar-adapter"},
        {"tools/grader/worker/worker.c", "telar-worker"},
        {"tools/grader/worker/faults.c", "telar-faults"},
        {"tools/grader/frame.c", "telar-frame"},
    };
    int status = 0;

    for (size_t i = 0; i < 4 && status == 0; i++)
        status = compile_one(build, log, sources[i][0], sources[i][1], false);
    for (int i = 0; job.brief->given[i] && status == 0; i++) {
        char source[PATH_MAX];

        if (!is_source(job.brief->given[i]))
            continue;
        snprintf(source, sizeof source, "labs/%s/%s", job.brief->lab,
                 job.brief->given[i]);
        status = compile_one(build, log, source, job.brief->given[i], false);
    }
    return status ? EXIT_GRADER : 0;
}

static void add_objects(struct command *command, int build,
                        const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (is_source(names[i]))
            add(command, "%s/build/%s/%s.o", job.scratch, brief_builds[build],
                names[i]);
}

static int link_worker(int build, int log)
{
    static const char *const own[] = {"adapter", "worker", "faults", "frame"};
    struct command command = {0};

    add_flags(&command, build);
    add_objects(&command, build, job.brief->files);
    add_objects(&command, build, job.brief->given);
    for (int i = 0; i < 4; i++)
        add(&command, "%s/build/%s/telar-%s.o", job.scratch,
            brief_builds[build], own[i]);
    add(&command, "-lm");
    add(&command, "-o");
    add(&command, "%s/build/%s/worker", job.scratch, brief_builds[build]);
    return run_and_free(&command, build, log);
}

static int make_worker(int build, int log)
{
    int status = compile_student(build, log);

    if (status == 0)
        status = compile_own(build, log);
    return status ? status : link_worker(build, log);
}

// ---- Objects for the explorer -----------------------------------------------

// As the explorer itself would (tools/explorer/build.c): the same program.
static int compile_hooked(int log, const char *folder, const char *name,
                          const char *object)
{
    struct command command = {0};

    add(&command, "%s", job.compiler);
    for (int i = 0; object_flags[i]; i++)
        add(&command, "%s", object_flags[i]);
    add(&command, "-Wall");
    add(&command, "-Wextra");
    add(&command, "-fdiagnostics-color=never");
    add(&command, "-std=c11");
    add(&command, "-D_GNU_SOURCE");
    add(&command, "-Ilabs/%s", job.brief->lab);
    add(&command, "-I.");
    add(&command, "-fmacro-prefix-map=%s/=", folder);
    add(&command, "-c");
    add(&command, "%s/%s", folder, name);
    add(&command, "-o");
    add(&command, "%s/build/explore/%s.o", job.scratch, object);
    return run_and_free(&command, BUILD_EXPLORE, log);
}

static int compile_hooked_all(int log, const char *const *names)
{
    char folder[NAME_MAX + 8];
    int status = 0;

    snprintf(folder, sizeof folder, "labs/%s", job.brief->lab);
    for (int i = 0; names[i] && status == 0; i++)
        if (is_source(names[i]))
            status = compile_hooked(log, folder, names[i], names[i]);
    return status;
}

static bool is_first_with(int promise)
{
    const struct brief_promise *all = job.brief->promises;

    for (int i = 0; i < promise; i++)
        if (all[i].explore && strcmp(all[i].explore, all[promise].explore) == 0)
            return false;
    return true;
}

static int compile_harnesses(int log)
{
    char folder[NAME_MAX + 32], name[NAME_MAX], object[NAME_MAX + 16];
    int status = 0;

    snprintf(folder, sizeof folder, "tests/labs/%s/harness", job.brief->lab);
    for (int i = 0; i < job.brief->promise_count && status == 0; i++) {
        const char *harness = job.brief->promises[i].explore;

        if (!harness || !is_first_with(i))
            continue;
        snprintf(name, sizeof name, "%s.c", harness);
        snprintf(object, sizeof object, "harness-%s", harness);
        status = compile_hooked(log, folder, name, object);
    }
    return status;
}

static int make_objects(int log)
{
    int status = compile_hooked_all(log, job.brief->files);

    if (status == 0 &&
        (compile_hooked_all(log, job.brief->given) || compile_harnesses(log)))
        status = EXIT_GRADER;
    return status;
}

// ---- All builds -------------------------------------------------------------

static int make_build(int build, int log)
{
    int status;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!box_enter(job.uid))
        return EXIT_GRADER;
    status =
        build == BUILD_EXPLORE ? make_objects(log) : make_worker(build, log);
    box_leave();
    return status;
}

static pid_t start_build(int build)
{
    char path[PATH_MAX];
    pid_t child;
    int log;

    snprintf(path, sizeof path, "%s/build/%s.log", job.scratch,
             brief_builds[build]);
    log = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0)
        return -1;
    child = fork();
    if (child == 0)
        _exit(make_build(build, log));
    close(log);
    return child;
}

// ---- What came of it --------------------------------------------------------

// The first part of what was said, with the student's own paths.
static char *said(int build)
{
    char path[PATH_MAX], place[NAME_MAX + 8], *text = NULL;
    char line[512];
    size_t size;
    FILE *log, *out = MUST(open_memstream(&text, &size));

    snprintf(path, sizeof path, "%s/build/%s.log", job.scratch,
             brief_builds[build]);
    snprintf(place, sizeof place, "labs/%s/", job.brief->lab);
    log = fopen(path, "re");
    while (log && ftell(out) < SAID_MOST && fgets(line, sizeof line, log)) {
        bool of_student = strncmp(line, place, strlen(place)) == 0;

        if (of_student)
            fprintf(out, "%s/%s", job.shown, line + strlen(place));
        else
            fputs(line, out);
    }
    if (log)
        fclose(log);
    fclose(out);
    return text;
}

// The workers' programs become the grader's: no worker changes what the next
// one runs.
static bool take_worker(int build)
{
    char made[PATH_MAX], worker[PATH_MAX];

    snprintf(made, sizeof made, "%s/build/%s/worker", job.scratch,
             brief_builds[build]);
    snprintf(worker, sizeof worker, "%s/build/worker-%s", job.scratch,
             brief_builds[build]);
    return rename(made, worker) == 0 && chmod(worker, 0755) == 0 &&
           (job.uid == 0 || chown(worker, 0, 0) == 0);
}

static bool take_object(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool taken = fd >= 0 && (job.uid == 0 || fchown(fd, 0, 0) == 0) &&
                 fchmod(fd, 0644) == 0;

    if (fd >= 0)
        close(fd);
    return taken;
}

// The objects become the grader's, too.
static bool take_objects(int build)
{
    char path[PATH_MAX];
    struct dirent *entry;
    DIR *folder;
    bool taken;

    snprintf(path, sizeof path, "%s/build/%s", job.scratch,
             brief_builds[build]);
    taken = job.uid == 0 || chown(path, 0, 0) == 0;
    folder = opendir(path);
    while (taken && folder && (entry = readdir(folder)))
        if (entry->d_name[0] != '.')
            taken = take_object(dirfd(folder), entry->d_name);
    if (folder)
        closedir(folder);
    return taken && folder;
}

static bool take_build(int build)
{
    return (build == BUILD_EXPLORE || take_worker(build)) &&
           take_objects(build);
}

static int exit_of(pid_t child)
{
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return EXIT_GRADER;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_GRADER;
}

static struct compiled told(int build, int status)
{
    struct compiled result = {.end = NOT_COMPILED, .text = said(build)};

    if (status == EXIT_LATE) {
        free(result.text);
        return outcome(
            NOT_COMPILED, "%s",
            M("the compiler took more than a minute and was stopped",
              "el compilador tardó más de un minuto y se lo detuvo"));
    }
    if (status == EXIT_GRADER)
        result.end = NOT_POSSIBLE;
    if (!disk_is_full())
        return result;
    free(result.text);
    return full_disk();
}

// Waits for all builds; the first that failed is the one that is told.
static struct compiled collect(const pid_t children[BUILDS])
{
    struct compiled result = {0};
    int first = -1, status[BUILDS];

    for (int i = 0; i < BUILDS; i++) {
        if (!job.brief->builds[i])
            continue;
        status[i] = children[i] > 0 ? exit_of(children[i]) : EXIT_GRADER;
        if (status[i] == 0 && !take_build(i))
            status[i] = EXIT_GRADER;
        if (first < 0 || (status[i] && !status[first]))
            first = i;
    }
    if (status[first])
        return told(first, status[first]);
    result.warnings = said(first);
    return result;
}

static struct compiled build_all(void)
{
    pid_t children[BUILDS] = {0};

    for (int i = 0; i < BUILDS; i++)
        if (job.brief->builds[i])
            children[i] = start_build(i);
    return collect(children);
}

struct compiled compile_lab(const struct brief *brief, const char *folder,
                            const char *shown, const char *scratch, uid_t uid)
{
    struct compiled result;

    job.brief = brief;
    job.shown = shown;
    job.scratch = scratch;
    job.uid = uid;
    if (!find_tools())
        return outcome(NOT_POSSIBLE, "%s",
                       M("no C compiler or no objcopy here: ./telar installs "
                         "them (packages gcc and binutils)",
                         "aquí no hay compilador de C u objcopy: ./telar los "
                         "instala (paquetes gcc y binutils)"));
    if (disk_is_full() || !make_folders())
        return full_disk();
    result = take_all_submitted(folder);
    if (result.end != COMPILED)
        return result;
    if (brief->builds[BUILD_EXPLORE] && !copy_explorer())
        return outcome(NOT_POSSIBLE, "%s",
                       M("the explorer is not built here: run make",
                         "el explorador no está compilado: ejecuta make"));
    if (!copy_all_given() || (has_workers() && !copy_tools()) ||
        (brief->builds[BUILD_EXPLORE] && !copy_harnesses()))
        return outcome(NOT_POSSIBLE,
                       M("a file of lab %s is missing or does not fit: %s",
                         "un archivo del laboratorio %s falta o no cabe: %s"),
                       brief->lab, error_words(errno));
    return build_all();
}
