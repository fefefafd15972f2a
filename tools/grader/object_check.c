// object_check.c - may this object run beside the explorer's engine?
#include <elf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/build_flags.h"
#include "tools/grader/object_check.h"
#include "tools/grader/object_file.h"
#include "tools/grader/object_names.h"
#include "tools/grader/object_walk.h"

enum { NEIGHBOURS_MOST = 16 };

const char *const object_flags[] = {BUILD_FLAGS, "-fsanitize=thread", NULL};

struct check {
    struct object object;
    struct object neighbours[NEIGHBOURS_MOST];
    int neighbour_count;
    char *why;
};

static bool refuse(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Always false.
static bool refuse(struct check *check, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    MUST(vasprintf(&check->why, format, rest));
    va_end(rest);
    return false;
}

// ---- Sections ---------------------------------------------------------------

// gcc's own call of __tsan_init, and nothing else, in eight bytes.
#define GCC_INIT ".init_array.00099"

static bool is_usual(const char *name)
{
    static const char *const usual[] = {
        ".text",           ".data",           ".bss",
        ".rodata",         ".rodata.str1.1",  ".rodata.str1.8",
        ".rodata.cst4",    ".rodata.cst8",    ".rodata.cst16",
        ".rodata.str4.4",  ".rodata.str4.16", ".rodata.str1.16",
        ".rodata.str1.32", ".eh_frame",       GCC_INIT,
    };

    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (strcmp(usual[i], name) == 0)
            return true;
    return false;
}

static bool section_is_sound(struct check *check,
                             const struct object_section *section)
{
    bool runs = section->flags & SHF_EXECINSTR;

    if (runs && strcmp(section->name, ".note.GNU-stack") == 0)
        return refuse(check, "%s",
                      M("it wants a stack that can be executed: no functions "
                        "within functions",
                        "quiere una pila ejecutable: sin funciones dentro de "
                        "funciones"));
    if (section->flags & SHF_TLS)
        return refuse(check, "%s",
                      M("it has variables of each thread (_Thread_local): use "
                        "plain ones",
                        "tiene variables de cada hilo (_Thread_local): usa "
                        "variables normales"));
    if (strncmp(section->name, ".init_array", 11) == 0 &&
        (strcmp(section->name, GCC_INIT) != 0 || section->size != 8))
        return refuse(check, "%s",
                      M("it has a function that runs before main (attribute "
                        "constructor)",
                        "tiene una función que corre antes de main (atributo "
                        "constructor)"));
    if ((section->flags & SHF_ALLOC) && !is_usual(section->name))
        return refuse(check,
                      M("it has a section %s: no attributes of sections, "
                        "constructors or destructors",
                        "tiene una sección %s: sin atributos de secciones, "
                        "constructores o destructores"),
                      section->name);
    if (runs && strcmp(section->name, ".text") != 0)
        return refuse(check, "%s", section->name);
    return true;
}

static bool sections_are_sound(struct check *check)
{
    for (int i = 1; i < check->object.section_count; i++)
        if (!section_is_sound(check, &check->object.sections[i]))
            return false;
    return true;
}

// ---- Symbols ----------------------------------------------------------------

static bool is_plain_name(const char *name)
{
    size_t plain = strspn(name, "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");

    return name[plain] == '\0' && plain < 200;
}

static bool neighbour_has(const void *context, const char *name)
{
    const struct check *check = context;

    for (int i = 0; i < check->neighbour_count; i++)
        if (object_defines(&check->neighbours[i], name))
            return strcmp(name, "main") != 0;
    return false;
}

// __tsan_init is gcc's, in its own function only: object_walk sees to that.
static bool may_be_undefined(const struct check *check, const char *name)
{
    return callable_named(name) || neighbour_has(check, name) ||
           strcmp(name, "stdout") == 0 || strcmp(name, "stderr") == 0 ||
           strcmp(name, "__tsan_init") == 0;
}

static bool is_of_kind(const struct object_symbol *symbol)
{
    bool kind = symbol->type == STT_NOTYPE || symbol->type == STT_OBJECT ||
                symbol->type == STT_FUNC || symbol->type == STT_SECTION ||
                symbol->type == STT_FILE;
    bool place = symbol->section < SHN_LORESERVE ||
                 (symbol->section == SHN_ABS && symbol->type == STT_FILE);

    return kind && place &&
           (symbol->binding == STB_LOCAL || symbol->binding == STB_GLOBAL);
}

static bool symbol_is_sound(struct check *check,
                            const struct object_symbol *symbol)
{
    if (symbol->type == STT_FILE || *symbol->name == '\0')
        return true;
    if (!is_plain_name(symbol->name) || !is_of_kind(symbol))
        return refuse(check,
                      M("%.40s is a symbol of an unusual kind (weak, common, "
                        "indirect, renamed): use plain functions and variables",
                        "%.40s es un símbolo inusual (débil, común, indirecto, "
                        "renombrado): usa funciones y variables normales"),
                      is_plain_name(symbol->name) ? symbol->name : "?");
    if (symbol->section == SHN_UNDEF)
        return may_be_undefined(check, symbol->name) ||
               refuse(check,
                      M("it uses %s, which a lab that is explored cannot use",
                        "usa %s, que no puede usarse en un laboratorio "
                        "explorado"),
                      symbol->name);
    if (symbol->binding == STB_GLOBAL &&
        (name_is_reserved(symbol->name) || neighbour_has(check, symbol->name)))
        return refuse(check,
                      M("it defines %s, a name that is taken: choose another "
                        "one, or make it static",
                        "define %s, un nombre ya ocupado: elige otro, o "
                        "decláralo static"),
                      symbol->name);
    return true;
}

static bool symbols_are_sound(struct check *check)
{
    for (int i = 1; i < check->object.symbol_count; i++)
        if (!symbol_is_sound(check, &check->object.symbols[i]))
            return false;
    return true;
}

// ---- Code -------------------------------------------------------------------

// push %rbp; mov %rsp,%rbp; call __tsan_init; pop %rbp; ret
static bool is_gcc_init(const struct object *object, int symbol)
{
    static const unsigned char code[] = {0x55, 0x48, 0x89, 0xe5, 0xe8, 0x00,
                                         0x00, 0x00, 0x00, 0x5d, 0xc3};
    const struct object_symbol *function = &object->symbols[symbol];
    const struct object_section *text = &object->sections[function->section];
    const struct object_relocation *call =
        object_relocation(object, function->section, function->value + 5);

    return function->binding == STB_LOCAL && function->size == sizeof code &&
           text->bytes && function->value + sizeof code <= text->size &&
           memcmp(text->bytes + function->value, code, sizeof code) == 0 &&
           call && call->addend == -4 &&
           strcmp(object->symbols[call->symbol].name, "__tsan_init") == 0;
}

// What runs before main is that function.
static bool init_is_gcc(struct check *check)
{
    const struct object *object = &check->object;
    int section = object_section(object, GCC_INIT), function = -1;
    const struct object_relocation *first;
    struct place place;

    if (section == 0)
        return true;
    first = object_relocation(object, section, 0);
    if (first) {
        place = object_place(object, first->symbol, first->addend);
        function =
            object_function(object, place.section, (uint64_t)place.offset);
    }
    return (function >= 0 && is_gcc_init(object, function)) ||
           refuse(check, "%s",
                  M("it has a function that runs before main",
                    "tiene una función que corre antes de main"));
}

static bool function_is_sound(struct check *check, int symbol)
{
    const struct object_walk walk = {
        .object = &check->object, .may_use = neighbour_has, .context = check};

    if (is_gcc_init(&check->object, symbol))
        return true;
    check->why = object_walk(&walk, symbol);
    return !check->why;
}

// Each byte of code belongs to one function.
static bool code_is_covered(struct check *check)
{
    const struct object *object = &check->object;
    int text = object_section(object, ".text");
    uint64_t size = object->sections[text].size, at = 0;

    while (at < size) {
        int function = object_function(object, text, at);

        if (function < 0 || object->symbols[function].value != at)
            return refuse(check, "%s",
                          M("it has code outside of functions",
                            "tiene código fuera de las funciones"));
        at += object->symbols[function].size;
    }
    return true;
}

static bool code_is_sound(struct check *check)
{
    const struct object *object = &check->object;
    int text = object_section(object, ".text");

    if (!code_is_covered(check) || !init_is_gcc(check))
        return false;
    for (int i = 1; i < object->symbol_count; i++) {
        if (object->symbols[i].type != STT_FUNC ||
            object->symbols[i].section == SHN_UNDEF)
            continue;
        if (object->symbols[i].section != text)
            return refuse(check, "%s", object->symbols[i].name);
        if (!function_is_sound(check, i))
            return false;
    }
    return true;
}

// ---- All of it --------------------------------------------------------------

static enum object_end unreadable(struct check *check,
                                  const struct object *object)
{
    refuse(check, "%s: %s", object->path, object->trouble);
    return OBJECT_UNREADABLE;
}

static enum object_end judge(struct check *check)
{
    if (check->object.machine != EM_X86_64) {
        refuse(check, "%s",
               M("objects are checked on x86-64 only",
                 "los objetos solo se revisan en x86-64"));
        return OBJECT_UNCHECKED;
    }
    return sections_are_sound(check) && symbols_are_sound(check) &&
                   code_is_sound(check)
               ? OBJECT_ACCEPTED
               : OBJECT_REFUSED;
}

enum object_end object_check(const char *path, const char *const *neighbours,
                             char **why)
{
    struct check check = {0};
    enum object_end end = OBJECT_ACCEPTED;

    for (; *neighbours && end == OBJECT_ACCEPTED; neighbours++) {
        struct object *each = &check.neighbours[check.neighbour_count++];

        if (check.neighbour_count == NEIGHBOURS_MOST ||
            !object_open(each, *neighbours))
            end = unreadable(&check, each);
    }
    if (end == OBJECT_ACCEPTED)
        end = object_open(&check.object, path)
                  ? judge(&check)
                  : unreadable(&check, &check.object);
    else
        check.object.fd = -1;
    object_close(&check.object);
    for (int i = 0; i < check.neighbour_count; i++)
        object_close(&check.neighbours[i]);
    *why = check.why;
    return end;
}
