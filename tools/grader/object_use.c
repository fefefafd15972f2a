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
    bool **begins; // [section][byte]: an instruction begins there
};

static bool has_code(const struct object *object, int section)
{
    return section > 0 && section < object->section_count &&
           (object->sections[section].flags & SHF_EXECINSTR) &&
           object->sections[section].bytes;
}

static bool is_beginning(const struct code *code, int section, int64_t offset)
{
    return offset >= 0 &&
           (uint64_t)offset < code->use->object.sections[section].size &&
           code->begins[section][offset];
}

static bool is_system_call(const cs_insn *one)
{
    return one->id == X86_INS_SYSCALL || one->id == X86_INS_SYSENTER ||
           one->id == X86_INS_INT;
}

static bool is_jump(const struct code *code, const cs_insn *one)
{
    return one->id == X86_INS_CALL ||
           cs_insn_group(code->decoder, one, CS_GRP_JUMP);
}

// Into a displacement or an immediate, never into what says which instruction
// this is.
static bool is_operand(const cs_insn *one,
                       const struct object_relocation *filled)
{
    const cs_x86_encoding *encoding = &one->detail->x86.encoding;
    uint64_t at = filled->offset - one->address;
    bool long_one = filled->type == R_X86_64_64;

    if (filled->type == R_X86_64_8 || filled->type == R_X86_64_16 ||
        filled->type == R_X86_64_PC8 || filled->type == R_X86_64_PC16)
        return false;
    return at + (long_one ? 8 : 4) <= one->size &&
           (at == encoding->disp_offset || at == encoding->imm_offset);
}

// A place in this file, or a jump to another one, that the linker fills in.
static bool leads_astray(const struct code *code, const cs_insn *one,
                         const struct object_relocation *filled)
{
    int64_t behind = (int64_t)(one->address + one->size - filled->offset);
    struct place to = object_place(&code->use->object, filled->symbol,
                                   filled->addend + behind);

    if (filled->type != R_X86_64_PC32 && filled->type != R_X86_64_PLT32)
        return false;
    if (has_code(&code->use->object, to.section))
        return !is_beginning(code, to.section, to.offset);
    return is_jump(code, one) && to.offset != 0;
}

// A jump or call within this section.
static bool goes_astray(const struct code *code, const cs_insn *one)
{
    const cs_x86_op *to = &one->detail->x86.operands[0];

    return is_jump(code, one) && one->detail->x86.op_count == 1 &&
           to->type == X86_OP_IMM &&
           !is_beginning(code, code->section, to->imm);
}

static bool refuse_jump(const struct code *code, const cs_insn *one)
{
    return refuse(code->use, code->section, one->address, "%s",
                  M("jumps into the middle of an instruction",
                    "salta al medio de una instrucción"));
}

// What the linker writes into it.
static bool is_filled_plainly(const struct code *code, const cs_insn *one,
                              const struct object_relocation *filled)
{
    if (!is_operand(one, filled))
        return refuse(code->use, code->section, one->address, "%s",
                      M("has an instruction that is made when it is linked",
                        "tiene una instrucción que se hace al enlazar"));
    return !leads_astray(code, one, filled) || refuse_jump(code, one);
}

static bool is_plain(const struct code *code, const cs_insn *one)
{
    bool is_filled = false;

    if (is_system_call(one))
        return refuse(code->use, code->section, one->address,
                      M("makes a system call by itself (%s)",
                        "hace una llamada al sistema por su cuenta (%s)"),
                      one->mnemonic);
    for (size_t i = 0; i < one->size; i++) {
        const struct object_relocation *filled = object_relocation(
            &code->use->object, code->section, one->address + i);

        if (filled && !is_filled_plainly(code, one, filled))
            return false;
        is_filled = is_filled || filled;
    }
    return is_filled || !goes_astray(code, one) || refuse_jump(code, one);
}

static bool mark_beginning(const struct code *code, const cs_insn *one)
{
    return code->begins[code->section][one->address] = true;
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

static bool each_section(struct code *code,
                         bool (*visit)(const struct code *, const cs_insn *))
{
    const struct object *object = &code->use->object;
    bool good = true;

    for (int i = 1; i < object->section_count && good; i++)
        if (has_code(object, code->section = i))
            good = each_instruction(code, visit);
    return good;
}

static void take_room(struct code *code)
{
    const struct object *object = &code->use->object;

    code->begins = MUST(calloc((size_t)object->section_count, sizeof(bool *)));
    for (int i = 1; i < object->section_count; i++)
        if (has_code(object, i))
            code->begins[i] = MUST(calloc(object->sections[i].size + 1, 1));
}

static void give_up_room(struct code *code)
{
    for (int i = 1; i < code->use->object.section_count; i++)
        free(code->begins[i]);
    free(code->begins);
}

// Code that can be written, and data that can be run: a stack, too, says the
// object (a nested function whose address is taken asks for that).
static bool code_stays_code(struct use *use)
{
    const struct object *object = &use->object;

    for (int i = 1; i < object->section_count; i++) {
        const struct object_section *each = &object->sections[i];

        if ((each->flags & SHF_EXECINSTR) &&
            ((each->flags & SHF_WRITE) ||
             strcmp(each->name, ".note.GNU-stack") == 0))
            return refuse(use, 0, 0, "%s",
                          M("has memory that can be written and run",
                            "tiene memoria que se puede escribir y ejecutar"));
    }
    return true;
}

// The linker writes no place of the code twice: the last one would count.
static bool is_linked_once(struct use *use)
{
    const struct object *object = &use->object;

    for (int i = 1; i < object->relocation_count; i++) {
        const struct object_relocation *each = &object->relocations[i];

        if (each->section == each[-1].section &&
            each->offset == each[-1].offset && has_code(object, each->section))
            return refuse(use, each->section, each->offset, "%s",
                          M("has an instruction that is made when it is linked",
                            "tiene una instrucción que se hace al enlazar"));
    }
    return true;
}

static bool codes_are_plain(struct use *use)
{
    struct code code = {.use = use};
    bool plain;

    if (use->object.machine != EM_X86_64)
        return true;
    if (cs_open(CS_ARCH_X86, CS_MODE_64, &code.decoder) != CS_ERR_OK)
        return refuse(use, 0, 0, "capstone");
    cs_option(code.decoder, CS_OPT_DETAIL, CS_OPT_ON);
    take_room(&code);
    plain = is_linked_once(use) && each_section(&code, mark_beginning) &&
            each_section(&code, is_plain);
    give_up_room(&code);
    cs_close(&code.decoder);
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
    else if (!symbols_are_allowed(&use) || !code_stays_code(&use) ||
             !codes_are_plain(&use))
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
