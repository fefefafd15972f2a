// object_use.c - which names of others does this object use?
#include <capstone/capstone.h>
#include <elf.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/grader/object_file.h"
#include "tools/grader/object_names.h"
#include "tools/grader/object_use.h"

struct use {
    struct object object;
    const char *const *neighbours, *const *names;
    char *why;
};

// "heap.c" of /some/folder/heap.c.o
static void name_file(const struct object *object, char *name, size_t size)
{
    const char *slash = strrchr(object->path, '/');
    const char *file = slash ? slash + 1 : object->path;

    snprintf(name, size, "%.*s", (int)strlen(file) - 2, file);
}

static bool refuse(struct use *use, int section, uint64_t offset,
                   const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// Always false. Section 0: no line is known.
static bool refuse(struct use *use, int section, uint64_t offset,
                   const char *format, ...)
{
    char line[128] = "", *what;
    va_list rest;

    va_start(rest, format);
    MUST(vasprintf(&what, format, rest));
    va_end(rest);
    if (section > 0)
        object_line(&use->object, section, offset, line, sizeof line);
    if (*line == '\0')
        name_file(&use->object, line, sizeof line);
    MUST(asprintf(&use->why, "%s %s", line, what));
    free(what);
    return false;
}

// ---- Names ------------------------------------------------------------------

static bool is_listed(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

// memcpy of __memcpy_chk: what -D_FORTIFY_SOURCE makes of it.
static bool is_checked_form(const char *name, const char *const *names)
{
    size_t length = strlen(name);
    char plain[64] = "";

    if (length < 7 || length > sizeof plain || strncmp(name, "__", 2) != 0 ||
        strcmp(name + length - 4, "_chk") != 0)
        return false;
    memcpy(plain, name + 2, length - 6);
    return is_listed(plain, names);
}

static bool is_of_compiler(const char *name)
{
    static const char *const own[] = {"_GLOBAL_OFFSET_TABLE_",
                                      "__stack_chk_fail",
                                      "__popcountsi2",
                                      "__popcountdi2",
                                      "__clzdi2",
                                      "__ctzdi2",
                                      NULL};

    return is_listed(name, own);
}

static bool neighbour_has(const struct use *use, const char *name)
{
    bool has = false;

    for (int i = 0; use->neighbours[i] && !has; i++) {
        struct object object;

        if (object_open(&object, use->neighbours[i]))
            has = object_defines(&object, name);
        object_close(&object);
    }
    return has;
}

// Where the symbol is used first, in code; NULL: nowhere.
static const struct object_relocation *first_use(const struct object *object,
                                                 int symbol)
{
    for (int i = 0; i < object->relocation_count; i++) {
        const struct object_relocation *each = &object->relocations[i];

        if (each->symbol == symbol &&
            (object->sections[each->section].flags & SHF_EXECINSTR))
            return each;
    }
    return NULL;
}

// Control characters in a name (asm labels can have them) reach no terminal.
static const char *shown(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at <= ' ' || *at > '~')
            return "?";
    return name;
}

static bool taken_is_allowed(struct use *use, int which)
{
    const char *name = use->object.symbols[which].name;
    const struct object_relocation *first;

    if (is_listed(name, use->names) || is_checked_form(name, use->names) ||
        is_of_compiler(name) || neighbour_has(use, name))
        return true;
    first = first_use(&use->object, which);
    return refuse(use, first ? first->section : 0, first ? first->offset : 0,
                  M("uses %.60s", "usa %.60s"), shown(name));
}

static bool symbol_is_allowed(struct use *use, int which)
{
    const struct object_symbol *symbol = &use->object.symbols[which];

    if (*symbol->name == '\0' || symbol->type == STT_FILE)
        return true;
    if (symbol->section == SHN_UNDEF)
        return taken_is_allowed(use, which);
    if (symbol->binding == STB_LOCAL || !name_is_reserved(symbol->name))
        return true;
    return refuse(
        use, 0, 0,
        M("defines %.60s, a name that is taken (static would do)",
          "define %.60s, un nombre ya ocupado (con static se podría)"),
        shown(symbol->name));
}

static bool symbols_are_allowed(struct use *use)
{
    for (int i = 1; i < use->object.symbol_count; i++)
        if (!symbol_is_allowed(use, i))
            return false;
    return true;
}

// ---- Code -------------------------------------------------------------------

struct code {
    struct use *use;
    csh decoder;
    int section;
    bool *begins; // an instruction begins at this byte
};

static bool is_system_call(const cs_insn *one)
{
    return one->id == X86_INS_SYSCALL || one->id == X86_INS_SYSENTER ||
           one->id == X86_INS_INT;
}

// A jump or call to a place in this section that is known already.
static bool goes_astray(const struct code *code, const cs_insn *one)
{
    const struct object *object = &code->use->object;
    const cs_x86_op *to = &one->detail->x86.operands[0];

    if ((one->id != X86_INS_CALL &&
         !cs_insn_group(code->decoder, one, CS_GRP_JUMP)) ||
        one->detail->x86.op_count != 1 || to->type != X86_OP_IMM ||
        object_relocation(object, code->section, one->address + one->size - 4))
        return false;
    return (uint64_t)to->imm >= object->sections[code->section].size ||
           !code->begins[to->imm];
}

static bool is_plain(const struct code *code, const cs_insn *one)
{
    if (is_system_call(one))
        return refuse(code->use, code->section, one->address,
                      M("makes a system call by itself (%s)",
                        "hace una llamada al sistema por su cuenta (%s)"),
                      one->mnemonic);
    if (goes_astray(code, one))
        return refuse(code->use, code->section, one->address, "%s",
                      M("jumps into the middle of an instruction",
                        "salta al medio de una instrucción"));
    return true;
}

static bool mark_beginning(const struct code *code, const cs_insn *one)
{
    return code->begins[one->address] = true;
}

static bool each_instruction(const struct code *code,
                             bool (*visit)(const struct code *,
                                           const cs_insn *))
{
    const struct object_section *in =
        &code->use->object.sections[code->section];
    const unsigned char *bytes = in->bytes;
    size_t left = in->size;
    uint64_t at = 0;
    cs_insn *one = MUST(cs_malloc(code->decoder));
    bool good = true;

    while (good && left > 0)
        good = cs_disasm_iter(code->decoder, &bytes, &left, &at, one)
                   ? visit(code, one)
                   : refuse(code->use, code->section, at, "%s",
                            M("has bytes that are no instruction",
                              "tiene bytes que no son una instrucción"));
    cs_free(one, 1);
    return good;
}

static bool code_is_plain(struct use *use, csh decoder, int section)
{
    size_t size = use->object.sections[section].size;
    struct code code = {use, decoder, section, MUST(calloc(size, 1))};
    bool plain = each_instruction(&code, mark_beginning) &&
                 each_instruction(&code, is_plain);

    free(code.begins);
    return plain;
}

static bool codes_are_plain(struct use *use)
{
    bool plain = true;
    csh decoder;

    if (use->object.machine != EM_X86_64)
        return true;
    if (cs_open(CS_ARCH_X86, CS_MODE_64, &decoder) != CS_ERR_OK)
        return refuse(use, 0, 0, "capstone");
    cs_option(decoder, CS_OPT_DETAIL, CS_OPT_ON);
    for (int i = 1; i < use->object.section_count && plain; i++)
        if ((use->object.sections[i].flags & SHF_EXECINSTR) &&
            use->object.sections[i].bytes)
            plain = code_is_plain(use, decoder, i);
    cs_close(&decoder);
    return plain;
}

// ---- All of it --------------------------------------------------------------

static enum object_end unreadable(const struct object *object, char **why)
{
    MUST(asprintf(why, "%s: %s", object->path, object->trouble));
    return OBJECT_UNREADABLE;
}

enum object_end object_use(const char *path, const char *const *neighbours,
                           const char *const *names, char **why)
{
    struct use use = {.neighbours = neighbours, .names = names};
    enum object_end end = OBJECT_ACCEPTED;

    if (!object_open(&use.object, path))
        end = unreadable(&use.object, &use.why);
    else if (!symbols_are_allowed(&use) || !codes_are_plain(&use))
        end = OBJECT_REFUSED;
    object_close(&use.object);
    *why = use.why;
    return end;
}

// ---- Sanitizers ------------------------------------------------------------

static bool begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

static bool is_definition_watched(struct use *use, const char *name)
{
    static const char *const taken[] = {
        "malloc",     "calloc",         "realloc", "free",  "memalign",
        "valloc",     "aligned_alloc",  "exit",    "_exit", "_Exit",
        "quick_exit", "posix_memalign", "atexit",  NULL};

    if (!is_listed(name, taken) && !begins(name, "__asan_") &&
        !begins(name, "__ubsan_") && !begins(name, "__interceptor_"))
        return true;
    return refuse(use, 0, 0,
                  M("defines %.60s, which the grader needs as it is",
                    "define %.60s, que el calificador necesita tal como es"),
                  shown(name));
}

static bool is_watched(struct use *use, const struct object_symbol *symbol)
{
    if (begins(symbol->name, "__lsan_") || begins(symbol->name, "__sanitizer_"))
        return refuse(use, 0, 0,
                      M("speaks to the sanitizers (%.60s)",
                        "les habla a los sanitizadores (%.60s)"),
                      shown(symbol->name));
    return symbol->section == SHN_UNDEF || symbol->binding == STB_LOCAL ||
           is_definition_watched(use, symbol->name);
}

enum object_end object_is_watched(const char *path, char **why)
{
    struct use use = {0};
    enum object_end end = OBJECT_ACCEPTED;

    if (!object_open(&use.object, path))
        end = unreadable(&use.object, &use.why);
    for (int i = 1; end == OBJECT_ACCEPTED && i < use.object.symbol_count; i++)
        if (!is_watched(&use, &use.object.symbols[i]))
            end = OBJECT_REFUSED;
    object_close(&use.object);
    *why = use.why;
    return end;
}

// ---- Variables -------------------------------------------------------------

long long object_static_bytes(const char *path, char **why)
{
    struct object object;
    long long bytes = 0;

    if (!object_open(&object, path)) {
        unreadable(&object, why);
        bytes = -1;
    }
    for (int i = 1; bytes >= 0 && i < object.section_count; i++)
        if (object.sections[i].flags & SHF_WRITE)
            bytes += (long long)object.sections[i].size;
    for (int i = 1; bytes >= 0 && i < object.symbol_count; i++)
        if (object.symbols[i].section == SHN_COMMON)
            bytes += (long long)object.symbols[i].size;
    object_close(&object);
    return bytes;
}
