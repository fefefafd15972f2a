// find_program.c - the program that a name means, and what it lets be seen
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/recorder/find_program.h"
#include "tools/recorder/look_inside.h"

enum { SCRIPTS = 5 }; // whose interpreter is a script again: as the kernel

// What is being looked for, and the place for the sentence why not.
struct search {
    struct program *program;
    char *error;
    size_t error_size;
};

#define refuse(search, ...)                                                    \
    (snprintf((search)->error, (search)->error_size, __VA_ARGS__), false)

// ---- Can the library be in it? ----------------------------------------------

static bool same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static bool is_without_privileges(const char *path)
{
    struct statvfs system;

    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ||
           (statvfs(path, &system) == 0 && (system.f_flag & ST_NOSUID));
}

// To whom the kernel gives rights that the caller has not, is given nothing by
// the caller's LD_PRELOAD. Capabilities are nothing new for root.
static bool gains_rights(const char *path)
{
    struct stat about;

    if (stat(path, &about) != 0 || is_without_privileges(path))
        return false;
    if ((about.st_mode & S_ISUID) && about.st_uid != getuid())
        return true;
    if ((about.st_mode & S_ISGID) && (about.st_mode & S_IXGRP) &&
        about.st_gid != getgid())
        return true;
    return getuid() != 0 && getxattr(path, "security.capability", NULL, 0) > 0;
}

// Ours is what the library was linked for. Where /proc is missing it cannot be
// looked at, and nothing is held to be foreign.
static enum program_blind compare(const struct look *look)
{
    struct look ours;

    look_inside("/proc/self/exe", &ours);
    if (ours.looks != LOOKS_ELF)
        return PROGRAM_SEEN;
    if (look->machine == ours.machine && look->width != ours.width)
        return PROGRAM_OTHER_WIDTH;
    if (look->machine != ours.machine)
        return ours.width == 64 && look->width == 32 ? PROGRAM_OTHER_WIDTH
                                                     : PROGRAM_OTHER_MACHINE;
    if (*look->interpreter && *ours.interpreter &&
        !same_file(look->interpreter, ours.interpreter))
        return PROGRAM_OTHER_LOADER;
    return PROGRAM_SEEN;
}

static enum program_blind blind_of(const char *path, const struct look *look)
{
    enum program_blind foreign;

    if (look->looks != LOOKS_ELF)
        return PROGRAM_SEEN;
    foreign = compare(look);
    if (look->is_static && foreign == PROGRAM_SEEN)
        return PROGRAM_STATIC;
    if (foreign != PROGRAM_SEEN)
        return foreign;
    if (gains_rights(path))
        return PROGRAM_PRIVILEGED;
    return look->is_sanitized ? PROGRAM_SANITIZED : PROGRAM_SEEN;
}

// One without a loader, or with one that ignores the library, hands the order
// on to its children; all others would break or complain.
static void judge(struct program *program, const char *path,
                  const struct look *look)
{
    program->blind = blind_of(path, look);
    program->may_preload = program->blind == PROGRAM_SEEN ||
                           program->blind == PROGRAM_STATIC ||
                           program->blind == PROGRAM_PRIVILEGED;
}

const char *program_blind_because(enum program_blind blind)
{
    switch (blind) {
    case PROGRAM_STATIC:
        return M("it is linked statically", "está enlazado estáticamente");
    case PROGRAM_PRIVILEGED:
        return M("it gains rights (set-uid, set-gid or capabilities)",
                 "gana permisos (set-uid, set-gid o capacidades)");
    case PROGRAM_SANITIZED:
        return M("it is built with a sanitizer, which must come first",
                 "está compilado con un sanitizer, que debe cargarse primero");
    case PROGRAM_OTHER_WIDTH:
        return M("it is a 32-bit program", "es un programa de 32 bits");
    case PROGRAM_OTHER_MACHINE:
        return M("it is for another processor", "es para otro procesador");
    case PROGRAM_OTHER_LOADER:
        return M("it uses another C library", "usa otra biblioteca de C");
    default:
        return "";
    }
}

// ---- Can it be executed? ----------------------------------------------------

static bool check_interpreter(struct search *search, const char *path,
                              const struct look *look)
{
    if (look->ends_in_return)
        return refuse(search,
                      M("%s: its first line ends as on Windows; mend it: sed "
                        "-i 's/\\r$//' %s",
                        "%s: su primera línea termina como en Windows; "
                        "arréglalo: sed -i 's/\\r$//' %s"),
                      search->program->name, path);
    if (!*look->interpreter || access(look->interpreter, F_OK) != 0)
        return refuse(search,
                      M("%s: its first line wants '%s', which is not there",
                        "%s: su primera línea pide '%s', que no existe"),
                      search->program->name, look->interpreter);
    return true;
}

static bool check_elf(struct search *search, const struct look *look)
{
    if (*look->interpreter && access(look->interpreter, F_OK) != 0)
        return refuse(search,
                      M("%s: it wants the loader '%s', which is not there",
                        "%s: pide el cargador '%s', que no existe"),
                      search->program->name, look->interpreter);
    return true;
}

static bool refuse_kind(struct search *search, const struct look *look)
{
    const char *name = search->program->name;

    if (look->looks == LOOKS_UNREADABLE)
        return refuse(search,
                      M("%s: you may neither read nor execute it",
                        "%s: no tienes permiso de leerlo ni de ejecutarlo"),
                      name);
    if (look->looks == LOOKS_EMPTY)
        return refuse(search,
                      M("%s: the file is empty", "%s: el archivo está vacío"),
                      name);
    if (look->looks == LOOKS_OBJECT)
        return refuse(search,
                      M("%s: it is not a linked program (an object file?)",
                        "%s: no es un programa enlazado (¿un archivo "
                        "objeto?)"),
                      name);
    return refuse(search,
                  M("%s: neither a program nor a script with #! in its first "
                    "line; try: ./telar run -- sh %s",
                    "%s: no es un programa ni un script con #! en su primera "
                    "línea; prueba: ./telar run -- sh %s"),
                  name, search->program->path);
}

// Follows interpreters to the program that will run in the end.
static bool check_content(struct search *search)
{
    char path[PATH_MAX];
    struct look look;

    snprintf(path, sizeof path, "%s", search->program->path);
    for (int i = 0; i < SCRIPTS; i++) {
        look_inside(path, &look);
        if (look.looks != LOOKS_SCRIPT)
            break;
        if (!check_interpreter(search, path, &look))
            return false;
        strcpy(path, look.interpreter);
    }
    judge(search->program, path, &look);
    if (look.looks == LOOKS_UNREADABLE)
        return true;
    return look.looks == LOOKS_ELF ? check_elf(search, &look)
                                   : refuse_kind(search, &look);
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);

    return length > tail && strcmp(text + length - tail, end) == 0;
}

static bool refuse_unexecutable(struct search *search)
{
    const char *name = search->program->name, *path = search->program->path;
    struct statvfs system;
    struct look look;

    if (statvfs(path, &system) == 0 && (system.f_flag & ST_NOEXEC))
        return refuse(search,
                      M("%s: its file system is mounted noexec: copy it "
                        "elsewhere",
                        "%s: su sistema de archivos está montado con noexec: "
                        "cópialo a otro lugar"),
                      name);
    if (ends_in(path, ".c"))
        return refuse(search,
                      M("%s: C has to be compiled first: gcc -pthread %s -o "
                        "program",
                        "%s: C se compila primero: gcc -pthread %s -o "
                        "programa"),
                      name, path);
    if (ends_in(path, ".py"))
        return refuse(search,
                      M("%s: it is not executable; try: ./telar run -- python3 "
                        "%s",
                        "%s: no es ejecutable; prueba: ./telar run -- python3 "
                        "%s"),
                      name, path);
    look_inside(path, &look);
    if (look.looks != LOOKS_ELF && look.looks != LOOKS_SCRIPT)
        return refuse_kind(search, &look);
    return refuse(search,
                  M("%s: it is not executable; make it so: chmod +x %s",
                    "%s: no es ejecutable; hazlo ejecutable: chmod +x %s"),
                  name, path);
}

static bool check_file(struct search *search)
{
    const char *name = search->program->name, *path = search->program->path;
    struct stat about;

    if (stat(path, &about) != 0)
        return refuse(search, "%s: %s", name,
                      errno == ENOENT ? M("there is no such program",
                                          "no existe ese programa")
                                      : error_words(errno));
    if (S_ISDIR(about.st_mode))
        return refuse(search,
                      M("%s: it is a folder, not a program",
                        "%s: es una carpeta, no un programa"),
                      name);
    if (!S_ISREG(about.st_mode))
        return refuse(
            search,
            M("%s: it is not an ordinary file", "%s: no es un archivo común"),
            name);
    if (access(path, X_OK) != 0)
        return refuse_unexecutable(search);
    return check_content(search);
}

// ---- Where is it? -----------------------------------------------------------

static bool is_simple(const char *name)
{
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789_-") == strlen(name);
}

// The build that this very program is of: its folder above bin/.
static char *build_folder(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    char *slash;

    if (length > 0) {
        path[length] = '\0';
        if ((slash = strrchr(path, '/')))
            *slash = '\0';
        if (slash && ends_in(path, "/bin")) {
            *strrchr(path, '/') = '\0';
            return MUST(strdup(path));
        }
    }
    return course_path("build");
}

static char *lesson_program(const char *name)
{
    char *build, *pattern, *path = NULL;
    glob_t found;

    if (!is_simple(name))
        return NULL;
    build = build_folder();
    MUST(asprintf(&pattern, "%s/lessons/[0-9][0-9]_*/%s", build, name));
    if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0 && found.gl_pathc > 0)
        path = MUST(strdup(found.gl_pathv[0]));
    globfree(&found);
    free(pattern);
    free(build);
    return path;
}

static bool is_program(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISREG(about.st_mode) &&
           access(path, X_OK) == 0;
}

// As a shell: the first that can be executed.
static char *in_path(const char *name)
{
    const char *told = getenv("PATH");
    char *copy = MUST(strdup(told ? told : "/bin:/usr/bin"));
    char *rest = copy, *folder, *path = NULL;

    while (!path && (folder = strsep(&rest, ":"))) {
        MUST(asprintf(&path, "%s/%s", *folder ? folder : ".", name));
        if (is_program(path))
            continue;
        free(path);
        path = NULL;
    }
    free(copy);
    return path;
}

static bool refuse_name(struct search *search, const char *name)
{
    if (!*name)
        return refuse(search, M("run what? the name is empty",
                                "¿ejecutar qué? el nombre está vacío"));
    if (access(name, F_OK) == 0)
        return refuse(search,
                      M("there is no program '%s', but a file of that name "
                        "here: ./%s",
                        "no existe el programa '%s', pero aquí hay un archivo "
                        "con ese nombre: ./%s"),
                      name, name);
    return refuse(search,
                  M("there is no program '%s', neither of a lesson (make list) "
                    "nor in PATH",
                    "no existe el programa '%s', ni de una lección (make list) "
                    "ni en PATH"),
                  name);
}

static bool find(struct search *search, const char *name, bool as_command)
{
    struct program *program = search->program;
    char *of_lesson;

    if (strchr(name, '/')) {
        program->path = MUST(strdup(name));
        return check_file(search);
    }
    of_lesson = lesson_program(name);
    if (as_command || !of_lesson)
        program->path = in_path(name);
    if (!program->path && of_lesson) {
        program->path = of_lesson;
        program->is_of_lesson = true;
        return check_file(search);
    }
    free(of_lesson);
    return program->path ? check_file(search) : refuse_name(search, name);
}

bool program_find(struct program *program, const char *name, bool as_command,
                  char *error, size_t error_size)
{
    struct search search = {program, error, error_size};

    *program = (struct program){.name = MUST(strdup(name))};
    if (*name ? find(&search, name, as_command) : refuse_name(&search, name))
        return true;
    program_free(program);
    return false;
}

void program_free(struct program *program)
{
    free(program->path);
    free(program->name);
    *program = (struct program){0};
}
