// link.c - objects and the engine become one program
//
// Every name that the program leaves undefined is answered by somebody. By the
// engine, where it has weave_NAME; by the C library, where that does nothing
// that others could notice (pure_calls.h); else by a stub that refuses, when it
// is called. What the C library does not have either is left to the linker,
// which knows the compiler's own library and complains of the rest.
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fnmatch.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/explorer/binary.h"
#include "tools/explorer/link.h"
#include "tools/explorer/pure_calls.h"
#include "tools/explorer/tool.h"

struct linking {
    const struct link_request *request;
    struct binary program, engine;
    char *joined, *renames, *stubs_c, *stubs_o, *log; // paths
    struct wordlist new_names; // lines for objcopy: OLD NEW
    struct wordlist refused;
    struct wordlist definitions; // for the linker
    char *error;
    size_t error_size;
};

static bool fail(struct linking *work, const char *text, const char *name)
{
    snprintf(work->error, work->error_size, text, name);
    return false;
}

static char *below(const struct link_request *request, const char *name)
{
    char *path;

    MUST(asprintf(&path, "%s/%s", request->folder, name));
    return path;
}

// ---- Running the tools ------------------------------------------------------

static bool run(struct linking *work, const struct wordlist *words)
{
    int status = tool_run(words->words, work->log);

    if (status == 127 && errno == ENOENT)
        return fail(work, M("%s: not installed", "%s: no está instalado"),
                    words->words[0]);
    return status == 0;
}

// All objects as one, in which what one file calls of another is settled.
static bool join(struct linking *work)
{
    struct wordlist words = {0};
    bool done;

    wordlist_add(&words, "ld");
    wordlist_add(&words, "-r");
    wordlist_add(&words, "-o");
    wordlist_add(&words, work->joined);
    for (size_t i = 0; i < work->request->objects->count; i++)
        wordlist_add(&words, work->request->objects->words[i]);
    done = run(work, &words);
    wordlist_free(&words);
    if (done)
        return true;
    tool_show(work->log);
    return *work->error ? false
                        : fail(work,
                               M("the files do not fit together%s",
                                 "los archivos no encajan entre sí%s"),
                               "");
}

// ---- Who answers a name -----------------------------------------------------

// What programs for verifiers call, and what stands for it: the first that
// fits.
static const struct {
    const char *pattern, *engine;
} verifiers[] = {
    {"reach_error", "weave_reach_error"},
    {"__VERIFIER_error", "weave_reach_error"},
    {"__VERIFIER_assume", "weave_assume"},
    {"__CPROVER_assume", "weave_assume"},
    {"__ESBMC_assume", "weave_assume"},
    {"assume_abort_if_not", "weave_assume"},
    {"__VERIFIER_assert", "weave_must"},
    {"__CPROVER_assert", "weave_must"},
    {"__ESBMC_assert", "weave_must"},
    {"assert", "weave_must"},
    {"__VERIFIER_atomic_begin", "weave_section_begin"},
    {"__CPROVER_atomic_begin", "weave_section_begin"},
    {"__ESBMC_atomic_begin", "weave_section_begin"},
    {"__VERIFIER_atomic_end", "weave_section_end"},
    {"__CPROVER_atomic_end", "weave_section_end"},
    {"__ESBMC_atomic_end", "weave_section_end"},
    {"*nondet_bool", "weave_unknown_bool"},
    {"*nondet__Bool", "weave_unknown_bool"},
    {"*nondet_float", "weave_unknown_float"},
    {"*nondet_double", "weave_unknown_double"},
    {"*nondet_p*", "weave_unknown_pointer"},
    {"__VERIFIER_nondet_*", "weave_unknown_integer"},
    {"__ESBMC_nondet_*", "weave_unknown_integer"},
    {"nondet_*", "weave_unknown_integer"},
};

static const char *verifiers_name(const char *name)
{
    for (size_t i = 0; i < sizeof verifiers / sizeof *verifiers; i++)
        if (fnmatch(verifiers[i].pattern, name, 0) == 0)
            return verifiers[i].engine;
    return NULL;
}

// Those that a program defines itself, for a verifier to take their place.
static const char *const replaced[] = {"reach_error", "__VERIFIER_error",
                                       "__VERIFIER_assume",
                                       "assume_abort_if_not"};
enum { REPLACED = sizeof replaced / sizeof *replaced };

static bool is_replaced(const struct linking *work, int number)
{
    return wordlist_has(&work->program.defined, replaced[number]);
}

// Then abort() is how an execution ends that nobody asked for.
static bool is_for_verifiers(const struct linking *work)
{
    for (int i = 0; i < REPLACED; i++)
        if (is_replaced(work, i) ||
            wordlist_has(&work->program.undefined, replaced[i]))
            return true;
    return false;
}

// The linker gives the name that meaning, whatever the objects say.
static void define(struct linking *work, const char *name, const char *engine)
{
    wordlist_addf(&work->definitions, "-Wl,--defsym=%s=%s", name, engine);
}

enum answer { BY_VERIFIER, BY_LIBRARY, BY_ENGINE, BY_STUB, BY_NOBODY };

// Those are not in the shared library but in a part that is always linked.
static bool is_linked_always(const char *name)
{
    static const char *const names[] = {
        "atexit", "at_quick_exit", "pthread_atfork", "stat",
        "fstat",  "lstat",         "mknod"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void *find_in(const char *library, const char *name)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

    return handle ? dlsym(handle, name) : NULL;
}

static void *find_in_libraries(const char *name)
{
    void *found = find_in("libc.so.6", name);

    return found ? found : find_in("libm.so.6", name);
}

static bool is_variable(void *address)
{
    const ElfW(Sym) *symbol = NULL;
    Dl_info info;

    return dladdr1(address, &info, (void **)&symbol, RTLD_DL_SYMENT) &&
           symbol && (symbol->st_info & 15) == STT_OBJECT;
}

static enum answer answer_of(const struct linking *work, const char *name)
{
    char answering[300];
    void *address;

    if (verifiers_name(name) ||
        (strcmp(name, "abort") == 0 && is_for_verifiers(work)))
        return BY_VERIFIER;
    snprintf(answering, sizeof answering, "weave_%s", name);
    if (wordlist_has(&work->engine.defined, answering))
        return BY_ENGINE;
    if (wordlist_has(&work->engine.defined, name) || pure_calls_have(name))
        return BY_LIBRARY;
    if (is_linked_always(name))
        return BY_STUB;
    address = find_in_libraries(name);
    if (!address)
        return BY_LIBRARY;
    return is_variable(address) ? BY_NOBODY : BY_STUB;
}

static bool settle_name(struct linking *work, const char *name)
{
    switch (answer_of(work, name)) {
    case BY_VERIFIER:
        if (strcmp(name, "abort") == 0)
            wordlist_add(&work->new_names, "abort weave_end_here");
        else
            define(work, name, verifiers_name(name));
        return true;
    case BY_ENGINE:
        wordlist_addf(&work->new_names, "%s weave_%s", name, name);
        return true;
    case BY_STUB:
        wordlist_addf(&work->new_names, "%s telar_refused_%s", name, name);
        wordlist_add(&work->refused, name);
        return true;
    case BY_LIBRARY:
        return true;
    case BY_NOBODY:
        break;
    }
    return fail(work,
                M("the explorer cannot follow '%s', a variable of the C "
                  "library",
                  "el explorador no puede seguir '%s', una variable de la "
                  "biblioteca de C"),
                name);
}

static bool settle_names(struct linking *work)
{
    const struct wordlist *names = &work->program.undefined;

    if (!wordlist_has(&work->program.defined, "main"))
        return fail(work,
                    M("there is no main%s here: what is explored is a whole "
                      "program",
                      "aquí no hay main%s: lo que se explora es un programa "
                      "entero"),
                    "");
    wordlist_add(&work->new_names, "main weave_main");
    for (int i = 0; i < REPLACED; i++)
        if (is_replaced(work, i))
            define(work, replaced[i], verifiers_name(replaced[i]));
    for (size_t i = 0; i < names->count; i++)
        if (!settle_name(work, names->words[i]))
            return false;
    return true;
}

// ---- Renaming ---------------------------------------------------------------

static bool write_lines(const char *path, const struct wordlist *lines)
{
    FILE *file = fopen(path, "we");

    if (!file)
        return false;
    for (size_t i = 0; i < lines->count; i++)
        fprintf(file, "%s\n", lines->words[i]);
    return fclose(file) == 0;
}

// Globals, in one section each for those with contents and those without: the
// engine restores them. Constants that only the loader writes may stay.
static void add_sections(const struct linking *work, struct wordlist *words)
{
    const struct wordlist *sections = &work->program.sections;

    for (size_t i = 0; i < sections->count; i++) {
        const char *name = sections->words[i];
        bool is_data = strncmp(name, ".data", 5) == 0 &&
                       strncmp(name, ".data.rel.ro", 12) != 0;

        if (is_data || strncmp(name, ".bss", 4) == 0) {
            wordlist_add(words, "--rename-section");
            wordlist_addf(words, "%s=%s", name,
                          is_data ? "telar_data" : "telar_bss");
        }
    }
}

// Weak, they give way.
static void weaken_replaced(const struct linking *work, struct wordlist *words)
{
    for (int i = 0; i < REPLACED; i++)
        if (is_replaced(work, i)) {
            wordlist_addf(words, "--keep-global-symbol=%s", replaced[i]);
            wordlist_addf(words, "--weaken-symbol=%s", replaced[i]);
        }
}

// Only main is seen by the engine and the C library: a program may well have a
// function "read" of its own.
static bool rename_all(struct linking *work)
{
    struct wordlist words = {0};
    bool done;

    if (!write_lines(work->renames, &work->new_names))
        return fail(work, "%s", error_words(errno));
    wordlist_add(&words, "objcopy");
    wordlist_addf(&words, "--redefine-syms=%s", work->renames);
    wordlist_add(&words, "--keep-global-symbol=weave_main");
    weaken_replaced(work, &words);
    add_sections(work, &words);
    wordlist_add(&words, work->joined);
    done = run(work, &words);
    wordlist_free(&words);
    return done || *work->error ? done : fail(work, "objcopy: %s", work->log);
}

// ---- Stubs ------------------------------------------------------------------

// The empty pieces are there so that both sections exist.
static bool write_stubs(struct linking *work)
{
    FILE *file = fopen(work->stubs_c, "we");

    if (!file)
        return fail(work, "%s", error_words(errno));
    fputs("__asm__(\".section telar_bss,\\\"aw\\\",@nobits\\n.zero 8\\n\"\n"
          "        \".section telar_data,\\\"aw\\\",@progbits\\n.zero 8\\n\"\n"
          "        \".text\\n\");\n"
          "_Noreturn void weave_unsupported(const char *, const void *);\n",
          file);
    for (size_t i = 0; i < work->refused.count; i++)
        fprintf(file,
                "void telar_refused_%s(void) { weave_unsupported(\"%s\", "
                "__builtin_return_address(0)); }\n",
                work->refused.words[i], work->refused.words[i]);
    return fclose(file) == 0 || fail(work, "%s", error_words(errno));
}

static bool compile_stubs(struct linking *work)
{
    char *words[] = {(char *)work->request->cc,
                     "-O1",
                     "-w",
                     "-fno-pie",
                     "-c",
                     "-o",
                     work->stubs_o,
                     work->stubs_c,
                     NULL};
    struct wordlist list = {.words = words, .count = 8};

    return write_stubs(work) &&
           (run(work, &list) || *work->error ||
            fail(work, "%s: stubs", work->request->cc)) &&
           !*work->error;
}

// ---- The last link ----------------------------------------------------------

// The name in "undefined reference to `NAME'", which the caller frees.
static char *missing_name(const char *log)
{
    static const char mark[] = "undefined reference to `";
    char *text = keep_read(log, 1 << 20, NULL);
    char *at = text ? strstr(text, mark) : NULL;
    char *name = NULL;

    if (at) {
        at += sizeof mark - 1;
        name = MUST(strndup(at, strcspn(at, "'\n")));
    }
    free(text);
    return name;
}

static bool explain_missing(struct linking *work)
{
    char *name = missing_name(work->log);

    if (name && strncmp(name, "__tsan_", 7) == 0)
        fail(work,
             M("the compiler needs '%s', which the explorer does not have",
               "el compilador necesita '%s', que el explorador no tiene"),
             name);
    else if (name)
        fail(work,
             M("'%s' is defined nowhere: a file is missing, or a library "
               "(-l...), which the explorer cannot follow",
               "'%s' no está definida en ninguna parte: falta un archivo, o "
               "es de una biblioteca (-l...), que el explorador no puede "
               "seguir"),
             name);
    else {
        tool_show(work->log);
        fail(work, M("it could not be linked%s", "no se pudo enlazar%s"), "");
    }
    free(name);
    return false;
}

static bool link_last(struct linking *work)
{
    const struct link_request *request = work->request;
    const char *const words[] = {"env",
                                 "LC_ALL=C",
                                 request->cc,
                                 "-no-pie",
                                 "-Wl,--build-id=none",
                                 "-Wl,-z,noexecstack",
                                 "-o",
                                 request->output,
                                 request->engine,
                                 work->joined,
                                 work->stubs_o,
                                 "-lm"};
    struct wordlist list = {0};
    bool done;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        wordlist_add(&list, words[i]);
    for (size_t i = 0; i < work->definitions.count; i++)
        wordlist_add(&list, work->definitions.words[i]);
    done = run(work, &list) || *work->error || explain_missing(work);
    wordlist_free(&list);
    return done;
}

// ---- The interface ----------------------------------------------------------

static void linking_begin(struct linking *work,
                          const struct link_request *request)
{
    work->request = request;
    work->joined = below(request, "all.o");
    work->renames = below(request, "renames");
    work->stubs_c = below(request, "stubs.c");
    work->stubs_o = below(request, "stubs.o");
    work->log = below(request, "log");
}

static void linking_end(struct linking *work)
{
    binary_free(&work->program);
    binary_free(&work->engine);
    wordlist_free(&work->new_names);
    wordlist_free(&work->refused);
    wordlist_free(&work->definitions);
    free(work->joined);
    free(work->renames);
    free(work->stubs_c);
    free(work->stubs_o);
    free(work->log);
}

static bool read_both(struct linking *work)
{
    if (!binary_read(work->request->engine, &work->engine))
        return fail(work,
                    M("the engine %s is missing: make builds it",
                      "falta el motor %s: make lo construye"),
                    work->request->engine);
    return binary_read(work->joined, &work->program) ||
           fail(work, "%s: ELF?", work->joined);
}

bool link_program(const struct link_request *request, char *error,
                  size_t error_size)
{
    struct linking work = {.error = error, .error_size = error_size};
    bool done;

    *error = '\0';
    linking_begin(&work, request);
    done = join(&work) && read_both(&work) && settle_names(&work) &&
           rename_all(&work) && compile_stubs(&work) && link_last(&work);
    linking_end(&work);
    return done;
}
