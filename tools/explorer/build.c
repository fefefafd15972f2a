// build.c - from C files to a program that the engine runs
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wordexp.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/explorer/assembly.h"
#include "tools/explorer/binary.h"
#include "tools/explorer/build.h"
#include "tools/explorer/build_flags.h"
#include "tools/explorer/cache.h"
#include "tools/explorer/hash.h"
#include "tools/explorer/link.h"
#include "tools/explorer/tool.h"

#define FORM "3" // of what is built: raise it when the way of building changes

struct building {
    const struct build_request *request;
    const char *cc;
    char engine[PATH_MAX];
    struct wordlist flags;   // of the user
    struct wordlist sources; // and those of the runtime that they need
    struct wordlist objects;
    struct wordlist needs; // files that the compiler read
    bool inline_is_gnu;    // inline functions are defined, too
    char *cache, *scratch;
    char *error;
    size_t error_size;
};

static bool fail(struct building *work, const char *text, const char *name)
{
    snprintf(work->error, work->error_size, text, name);
    return false;
}

static bool fail_of(struct building *work, const char *name)
{
    snprintf(work->error, work->error_size, "%s: %s", name, error_words(errno));
    return false;
}

// ---- What a person named ----------------------------------------------------

static bool is_file(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);

    return length > tail && strcmp(text + length - tail, end) == 0;
}

static char *lesson_program(const char *name)
{
    char *pattern = course_path("lessons/[0-9][0-9]_*/%s.c", name);
    char *path = NULL;
    glob_t found;

    if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0 && found.gl_pathc > 0)
        path = MUST(strdup(found.gl_pathv[0]));
    globfree(&found);
    free(pattern);
    return path;
}

static bool is_simple(const char *name)
{
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789_-") == strlen(name);
}

char *build_source(const char *name, char *error, size_t error_size)
{
    char *path;

    if ((ends_in(name, ".c") || ends_in(name, ".o")) && is_file(name))
        return MUST(strdup(name));
    path = is_simple(name) ? lesson_program(name) : NULL;
    if (path)
        return path;
    snprintf(error, error_size,
             is_file(name)
                 ? M("%s: not a C file (NAME.c)",
                     "%s: no es un archivo de C (NOMBRE.c)")
                 : M("there is no file and no lesson program '%s' (make list "
                     "names them)",
                     "no hay un archivo ni un programa de lección '%s' (make "
                     "list los nombra)"),
             name);
    return NULL;
}

// ---- What the result depends on ---------------------------------------------

static bool find_engine(struct building *work)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

    if (length < 0)
        return fail_of(work, "/proc/self/exe");
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    snprintf(work->engine, sizeof work->engine, "%.4000s/../lib/engine%s.o",
             self, work->request->many_tasks ? "128" : "32");
    return true;
}

static bool split_flags(struct building *work)
{
    const char *text = work->request->cflags;
    wordexp_t words;

    if (!text || !*text)
        return true;
    if (wordexp(text, &words, WRDE_NOCMD | WRDE_UNDEF) != 0)
        return fail(work,
                    M("--cflags '%s': not words as a shell has them",
                      "--cflags '%s': no son palabras como las de una shell"),
                    text);
    for (size_t i = 0; i < words.we_wordc; i++)
        wordlist_add(&work->flags, words.we_wordv[i]);
    wordfree(&words);
    return true;
}

static bool add_contents(struct building *work, const char *path,
                         uint64_t *hash)
{
    size_t size;
    char *bytes = keep_read(path, 64 << 20, &size);

    if (!bytes)
        return fail_of(work, path);
    *hash = hash_text(*hash, path);
    *hash = hash_bytes(*hash, bytes, size);
    free(bytes);
    return true;
}

// Headers are not among it: cache_is_valid looks at those.
static bool find_key(struct building *work, uint64_t *key)
{
    char here[PATH_MAX] = "";

    *key = hash_text(HASH_START, FORM);
    *key = hash_text(*key, work->cc);
    *key = hash_text(*key, getcwd(here, sizeof here) ? here : "?");
    for (size_t i = 0; i < work->flags.count; i++)
        *key = hash_text(*key, work->flags.words[i]);
    for (size_t i = 0; i < work->sources.count; i++)
        if (!add_contents(work, work->sources.words[i], key))
            return false;
    if (access(work->engine, R_OK) < 0)
        return fail(work,
                    M("the engine %s is missing: make builds it",
                      "falta el motor %s: make lo construye"),
                    work->engine);
    return add_contents(work, work->engine, key);
}

// ---- Compiling --------------------------------------------------------------

static void add_hooks(const struct building *work, struct wordlist *words)
{
    static const char *const always[] = {BUILD_FLAGS};

    wordlist_add(words, work->cc);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        wordlist_add(words, always[i]);
    if (strstr(work->cc, "clang")) {
        wordlist_add(words, "-mllvm");
        wordlist_add(words, "-tsan-instrument-read-before-write");
        wordlist_add(words, "-Wno-unused-command-line-argument");
    }
    wordlist_addf(words, "-I%s", course_root());
}

// The course's own programs are C11 with everything that POSIX and Linux add,
// as the Makefile has them; a stranger's are what his compiler takes them for.
static void add_dialect(const struct building *work, struct wordlist *words,
                        const char *source)
{
    char *path = realpath(source, NULL), *root = realpath(course_root(), NULL);
    size_t length = root ? strlen(root) : 0;
    const char *below =
        path && root && strncmp(path, root, length) == 0 ? path + length : "";

    if (strncmp(below, "/lessons/", 9) == 0 ||
        strncmp(below, "/labs/", 6) == 0 ||
        strncmp(below, "/solutions/", 11) == 0 ||
        strncmp(below, "/runtime/", 9) == 0) {
        wordlist_add(words, "-std=c11");
        wordlist_add(words, "-D_GNU_SOURCE");
    }
    for (size_t i = 0; i < work->flags.count; i++)
        wordlist_add(words, work->flags.words[i]);
    if (work->inline_is_gnu)
        wordlist_add(words, "-fgnu89-inline");
    wordlist_add(words, "-fsanitize=thread");
    free(path);
    free(root);
}

// So that the texts of assertions are the same wherever the file lies.
static void add_prefix_map(struct wordlist *words, const char *source)
{
    const char *slash = strrchr(source, '/');

    if (slash)
        wordlist_addf(words,
                      "-fmacro-prefix-map=%.*s=", (int)(slash - source + 1),
                      source);
}

static void add_paths(struct building *work, struct wordlist *words,
                      size_t number)
{
    wordlist_addf(&work->objects, "%s/%zu.o", work->scratch, number);
    wordlist_add(words, "-MMD");
    wordlist_add(words, "-MF");
    wordlist_addf(words, "%s/%zu.d", work->scratch, number);
    wordlist_add(words, "-c");
    wordlist_add(words, "-o");
    wordlist_add(words, work->objects.words[number]);
}

static bool explain_compile(struct building *work, const char *source,
                            const char *log, int status)
{
    if (status == 127 && errno == ENOENT)
        return fail(work, M("%s: not installed", "%s: no está instalado"),
                    work->cc);
    tool_show(log);
    return fail(work, M("%s does not compile", "%s no compila"), source);
}

static bool compile(struct building *work, const char *source)
{
    struct wordlist words = {0};
    char log[PATH_MAX];
    int status;

    add_hooks(work, &words);
    add_dialect(work, &words, source);
    add_prefix_map(&words, source);
    add_paths(work, &words, work->objects.count);
    wordlist_add(&words, source);
    snprintf(log, sizeof log, "%.4000s/log", work->scratch);
    status = tool_run(words.words, log);
    wordlist_free(&words);
    return status == 0 || explain_compile(work, source, log, status);
}

// What the program does to memory by assembly of its own, nobody would see.
static bool look_for_assembly(struct building *work, const char *source)
{
    struct wordlist words = {0};
    char path[PATH_MAX], log[PATH_MAX];
    int line = 0;

    if (!assembly_is_in(source))
        return true;
    snprintf(path, sizeof path, "%.4000s/asm.s", work->scratch);
    snprintf(log, sizeof log, "%.4000s/log", work->scratch);
    add_hooks(work, &words);
    add_dialect(work, &words, source);
    wordlist_add(&words, "-w");
    wordlist_add(&words, "-S");
    wordlist_add(&words, "-o");
    wordlist_add(&words, path);
    wordlist_add(&words, source);
    if (tool_run(words.words, log) == 0)
        line = assembly_access(path);
    unlink(path);
    wordlist_free(&words);
    if (line > 0)
        snprintf(work->error, work->error_size,
                 M("%s:%d: assembly that accesses memory, which the explorer "
                   "cannot follow",
                   "%s:%d: ensamblador que accede a la memoria, que el "
                   "explorador no puede seguir"),
                 source, line);
    return line == 0;
}

// ---- What the compiler read -------------------------------------------------

static bool is_between(const char *at)
{
    return *at == ' ' || *at == '\n' || (at[0] == '\\' && at[1] == '\n');
}

// The next file name of a rule for make, its escapes undone, or NULL. *at moves
// behind it.
static char *next_dependency(char **at)
{
    char *from = *at, *to, *name;

    while (is_between(from))
        from++;
    if (!*from)
        return NULL;
    for (name = to = from; *from && !is_between(from); from++) {
        if (from[0] == '\\' && from[1] && strchr(" #\\", from[1]))
            from++;
        *to++ = *from;
    }
    *at = *from ? from + 1 : from;
    *to = '\0';
    return name;
}

static bool is_among(const struct wordlist *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->words[i], word) == 0)
            return true;
    return false;
}

// ROOT/runtime/fact.h asks for ROOT/runtime/fact.c.
static void add_runtime(struct building *work, const char *header)
{
    char *runtime = course_path("runtime/"), *source;

    if (strncmp(header, runtime, strlen(runtime)) == 0 &&
        ends_in(header, ".h")) {
        source = MUST(strdup(header));
        source[strlen(source) - 1] = 'c';
        if (is_file(source) && !is_among(&work->sources, source))
            wordlist_add(&work->sources, source);
        free(source);
    }
    free(runtime);
}

static void take_dependencies(struct building *work, size_t number)
{
    char path[PATH_MAX], *text, *at, *name;

    snprintf(path, sizeof path, "%.4000s/%zu.d", work->scratch, number);
    text = keep_read(path, 1 << 20, NULL);
    at = text ? strchr(text, ':') : NULL;
    if (at)
        for (at++; (name = next_dependency(&at));) {
            wordlist_add(&work->needs, name);
            add_runtime(work, name);
        }
    free(text);
}

// Sources are added on the way: those of the runtime. Objects are as good as
// compiled.
static bool compile_all(struct building *work)
{
    for (size_t i = 0; i < work->sources.count; i++) {
        const char *source = work->sources.words[i];

        if (ends_in(source, ".o")) {
            wordlist_add(&work->objects, source);
            continue;
        }
        if (!compile(work, source) || !look_for_assembly(work, source))
            return false;
        take_dependencies(work, i);
    }
    return true;
}

// ---- Building ---------------------------------------------------------------

static bool link_all(struct building *work)
{
    char output[PATH_MAX];
    struct link_request request = {.folder = work->scratch,
                                   .objects = &work->objects,
                                   .engine = work->engine,
                                   .cc = work->cc,
                                   .output = output};

    snprintf(output, sizeof output, "%.4000s/program", work->scratch);
    return link_program(&request, work->error, work->error_size);
}

static void forget_objects(struct building *work)
{
    wordlist_free(&work->objects);
    wordlist_free(&work->needs);
    work->objects = work->needs = (struct wordlist){0};
}

// inline without static or extern: in C, what is called must be defined
// elsewhere too. Compilers that optimise put it in place all the same.
static bool make(struct building *work)
{
    char first[300];

    if (!compile_all(work))
        return false;
    if (link_all(work))
        return true;
    snprintf(first, sizeof first, "%s", work->error);
    work->inline_is_gnu = true;
    forget_objects(work);
    if (compile_all(work) && link_all(work))
        return true;
    snprintf(work->error, work->error_size, "%s", first);
    return false;
}

// What is no longer needed: objects and the like.
static void tidy(const struct building *work)
{
    static const char *const names[] = {"all.o", "renames", "stubs.c",
                                        "stubs.o", "log"};
    int folder = open(work->scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char name[32];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlinkat(folder, names[i], 0);
    for (size_t i = 0; i < work->objects.count; i++) {
        snprintf(name, sizeof name, "%zu.o", i);
        unlinkat(folder, name, 0);
        snprintf(name, sizeof name, "%zu.d", i);
        unlinkat(folder, name, 0);
    }
    close(folder);
}

static bool keep(struct building *work, const char *folder)
{
    wordlist_sort(&work->needs);
    tidy(work);
    return (cache_needs(work->scratch, &work->needs) &&
            cache_keep(work->cache, work->scratch, folder)) ||
           fail_of(work, folder);
}

static bool build_new(struct building *work, const char *folder)
{
    bool done;

    work->scratch = cache_scratch(work->cache);
    if (!work->scratch)
        return fail_of(work, work->cache);
    done = make(work) && keep(work, folder);
    if (!done)
        cache_remove(work->scratch);
    return done;
}

static bool take_result(struct building *work, const char *folder,
                        struct build *build)
{
    MUST(asprintf(&build->program, "%s/program", folder));
    if (binary_hash(build->program, &build->hash))
        return true;
    build_free(build);
    return fail(work, "%s: ELF?", folder);
}

static bool build_or_find(struct building *work, struct build *build)
{
    uint64_t key;
    char *folder;
    bool done;

    if (!find_engine(work) || !split_flags(work) || !find_key(work, &key))
        return false;
    work->cache = cache_folder();
    if (!work->cache)
        return fail_of(work, "build/explore, TMPDIR");
    MUST(asprintf(&folder, "%s/%016lx", work->cache, (unsigned long)key));
    build->is_fresh = !cache_is_valid(folder);
    done = (!build->is_fresh || build_new(work, folder)) &&
           take_result(work, folder, build);
    free(folder);
    return done;
}

bool build_program(const struct build_request *request, struct build *build,
                   char *error, size_t error_size)
{
    struct building work = {.request = request,
                            .cc = request->cc ? request->cc : "gcc",
                            .error = error,
                            .error_size = error_size};
    bool done;

    *build = (struct build){0};
    *error = '\0';
    for (size_t i = 0; i < request->source_count; i++)
        wordlist_add(&work.sources, request->sources[i]);
    done = build_or_find(&work, build);
    wordlist_free(&work.flags);
    wordlist_free(&work.sources);
    wordlist_free(&work.objects);
    wordlist_free(&work.needs);
    free(work.cache);
    free(work.scratch);
    return done;
}

void build_free(struct build *build)
{
    free(build->program);
    *build = (struct build){0};
}
