// names.c - what the numbers of a report are called in the program
#include <dwarf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/explorer/names.h"
#include "tools/explorer/sizeof.h"
#include "tools/explorer/typed.h"

struct variable {
    struct global global;
    Dwarf_Die type;
};

struct block {
    uint64_t address, size_bytes, pc;
    Dwarf_Die type; // of its elements, if has_type
    bool has_type;
};

struct told_place { // of a frame
    int task;
    uint64_t pc, cfa;
};

struct range {
    uint64_t begin, end;
};

struct names {
    int fd;
    Dwarf *dwarf; // NULL: no debugging information
    Dwarf_Die *units;
    size_t unit_count;
    struct range data, bss; // telar_data, telar_bss: the program's globals
    struct variable *variables;
    size_t variable_count, variable_room;
    struct block *blocks;
    size_t block_count, block_room;
    struct told_place *frames;
    size_t frame_count, frame_room;
};

// The next element of an array that doubles.
static void *next_of(void *array, size_t *count, size_t *room, size_t bytes)
{
    void **base = array;

    if (*count == *room) {
        *room = *room ? 2 * *room : 16;
        *base = MUST(reallocarray(*base, *room, bytes));
    }
    return (char *)*base + (*count)++ * bytes;
}

// ---- Globals ----------------------------------------------------------------

static bool in_range(const struct range *range, uint64_t address)
{
    return address >= range->begin && address < range->end;
}

static bool is_global(const struct names *names, uint64_t address)
{
    return in_range(&names->data, address) || in_range(&names->bss, address);
}

static bool address_of(Dwarf_Die *variable, uint64_t *address)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *operations;
    size_t count;

    if (!dwarf_attr(variable, DW_AT_location, &attribute) ||
        dwarf_getlocation(&attribute, &operations, &count) != 0 || count != 1)
        return false;
    *address = operations[0].number;
    if (operations[0].atom == DW_OP_addrx) {
        Dwarf_Attribute indirect;

        return dwarf_getlocation_attr(&attribute, &operations[0], &indirect) ==
                   0 &&
               dwarf_formaddr(&indirect, address) == 0;
    }
    return operations[0].atom == DW_OP_addr;
}

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
    Dwarf_Attribute attribute;

    return dwarf_attr_integrate(die, DW_AT_type, &attribute) &&
           dwarf_formref_die(&attribute, type);
}

static const char *name_of(Dwarf_Die *die)
{
    Dwarf_Attribute attribute;

    return dwarf_formstring(dwarf_attr_integrate(die, DW_AT_name, &attribute));
}

static const char *without_folders(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    return slash ? slash + 1 : path;
}

static void take_variable(struct names *names, Dwarf_Die *die)
{
    struct variable variable = {0};

    if (!address_of(die, &variable.global.address) ||
        !is_global(names, variable.global.address) ||
        !type_of(die, &variable.type))
        return;
    variable.global.name = name_of(die);
    variable.global.size_bytes = typed_size(&variable.type);
    variable.global.file = without_folders(dwarf_decl_file(die));
    dwarf_decl_line(die, &variable.global.line);
    if (variable.global.name)
        *(struct variable *)next_of(&names->variables, &names->variable_count,
                                    &names->variable_room, sizeof variable) =
            variable;
}

// Static variables stand inside functions and their blocks.
static void take_variables(struct names *names, Dwarf_Die *parent, int depth)
{
    Dwarf_Die die;

    if (depth > 30 || dwarf_child(parent, &die) != 0)
        return;
    do {
        int tag = dwarf_tag(&die);

        if (tag == DW_TAG_variable)
            take_variable(names, &die);
        else if (tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block)
            take_variables(names, &die, depth + 1);
    } while (dwarf_siblingof(&die, &die) == 0);
}

static int by_address(const void *a, const void *b)
{
    const struct variable *one = a, *other = b;

    return (one->global.address > other->global.address) -
           (one->global.address < other->global.address);
}

static void find_sections(struct names *names, Elf *elf)
{
    Elf_Scn *section = NULL;
    GElf_Shdr header;
    size_t strings;

    if (!elf || elf_getshdrstrndx(elf, &strings) < 0)
        return;
    while ((section = elf_nextscn(elf, section))) {
        const char *name;

        if (!gelf_getshdr(section, &header))
            continue;
        name = elf_strptr(elf, strings, header.sh_name);
        if (name && strcmp(name, "telar_data") == 0)
            names->data =
                (struct range){header.sh_addr, header.sh_addr + header.sh_size};
        if (name && strcmp(name, "telar_bss") == 0)
            names->bss =
                (struct range){header.sh_addr, header.sh_addr + header.sh_size};
    }
}

static void find_units(struct names *names)
{
    Dwarf_CU *unit = NULL;
    Dwarf_Die die;
    size_t room = 0;

    while (dwarf_get_units(names->dwarf, unit, &unit, NULL, NULL, &die, NULL) ==
           0)
        *(Dwarf_Die *)next_of(&names->units, &names->unit_count, &room,
                              sizeof die) = die;
    for (size_t i = 0; i < names->unit_count; i++)
        take_variables(names, &names->units[i], 0);
    if (names->variable_count)
        qsort(names->variables, names->variable_count, sizeof *names->variables,
              by_address);
}

struct names *names_open(const char *program, char *error, size_t error_size)
{
    int fd = open(program, O_RDONLY | O_CLOEXEC);
    struct names *names;

    if (fd < 0) {
        snprintf(error, error_size, "%s: %s", program, error_words(errno));
        return NULL;
    }
    names = MUST(calloc(1, sizeof *names));
    names->fd = fd;
    names->dwarf = dwarf_begin(fd, DWARF_C_READ);
    if (names->dwarf) {
        find_sections(names, dwarf_getelf(names->dwarf));
        find_units(names);
    }
    return names;
}

void names_close(struct names *names)
{
    if (!names)
        return;
    dwarf_end(names->dwarf);
    close(names->fd);
    free(names->units);
    free(names->variables);
    free(names->blocks);
    free(names->frames);
    free(names);
}

bool names_global(struct names *names, size_t number, struct global *global)
{
    if (number >= names->variable_count)
        return false;
    *global = names->variables[number].global;
    return true;
}

// ---- Places -----------------------------------------------------------------

static Dwarf_Die *unit_of(struct names *names, uint64_t pc)
{
    for (size_t i = 0; i < names->unit_count; i++)
        if (dwarf_haspc(&names->units[i], pc) == 1)
            return &names->units[i];
    return NULL;
}

static bool function_of(Dwarf_Die *unit, uint64_t pc, Dwarf_Die *function)
{
    if (dwarf_child(unit, function) != 0)
        return false;
    do
        if (dwarf_tag(function) == DW_TAG_subprogram &&
            dwarf_haspc(function, pc) == 1)
            return true;
    while (dwarf_siblingof(function, function) == 0);
    return false;
}

bool names_place(struct names *names, uint64_t pc, struct place *place)
{
    Dwarf_Die *unit, function;
    Dwarf_Line *line;

    *place = (struct place){0};
    unit = pc ? unit_of(names, pc - 1) : NULL;
    line = unit ? dwarf_getsrc_die(unit, pc - 1) : NULL;
    if (!line)
        return false;
    place->path = dwarf_linesrc(line, NULL, NULL);
    place->file = without_folders(place->path);
    dwarf_lineno(line, &place->line);
    if (function_of(unit, pc - 1, &function))
        place->function = name_of(&function);
    return place->file != NULL;
}

const char *names_function(struct names *names, uint64_t address)
{
    Dwarf_Die *unit = unit_of(names, address), function;

    return unit && function_of(unit, address, &function) ? name_of(&function)
                                                         : NULL;
}

// ---- What a replay told -----------------------------------------------------

// engine.h and task.h: stacks side by side, a guard below each; then the heap.
#define STACKS_BEGIN UINT64_C(0x140000000)
#define HEAP_BEGIN UINT64_C(0x180000000)
#define HEAP_END UINT64_C(0x1c0000000)
enum { STACK_SPAN_BYTES = 8 << 20 };

int names_stack_of(uint64_t address)
{
    if (address < STACKS_BEGIN || address >= HEAP_BEGIN)
        return -1;
    return (int)((address - STACKS_BEGIN) / STACK_SPAN_BYTES);
}

bool names_is_heap(uint64_t address)
{
    return address >= HEAP_BEGIN && address < HEAP_END;
}

// ---- What a block is made of ------------------------------------------------

static bool is_named(Dwarf_Die *die, int tag, const char *name)
{
    const char *own = dwarf_tag(die) == tag ? name_of(die) : NULL;

    return own && strcmp(own, name) == 0;
}

static bool find_type(struct names *names, const struct sizeof_words *words,
                      Dwarf_Die *type)
{
    int tag = words->is_struct ? DW_TAG_structure_type : DW_TAG_typedef;

    for (size_t i = 0; i < names->unit_count; i++) {
        if (dwarf_child(&names->units[i], type) != 0)
            continue;
        do
            if (is_named(type, tag, words->name) ||
                is_named(type, DW_TAG_base_type, words->name))
                return true;
        while (dwarf_siblingof(type, type) == 0);
    }
    return false;
}

static bool find_variable(Dwarf_Die *parent, const char *name,
                          Dwarf_Die *variable)
{
    if (dwarf_child(parent, variable) != 0)
        return false;
    do {
        Dwarf_Die inner;

        if (is_named(variable, DW_TAG_variable, name) ||
            is_named(variable, DW_TAG_formal_parameter, name))
            return true;
        if (dwarf_tag(variable) == DW_TAG_lexical_block &&
            find_variable(variable, name, &inner)) {
            *variable = inner;
            return true;
        }
    } while (dwarf_siblingof(variable, variable) == 0);
    return false;
}

// What the variable of that name, seen from pc, points to.
static bool find_pointee(struct names *names, uint64_t pc, const char *name,
                         Dwarf_Die *type)
{
    Dwarf_Die *unit = unit_of(names, pc - 1), function, variable, pointer;

    if (!unit || !((function_of(unit, pc - 1, &function) &&
                    find_variable(&function, name, &variable)) ||
                   find_variable(unit, name, &variable)))
        return false;
    return type_of(&variable, &pointer) &&
           dwarf_tag(&pointer) == DW_TAG_pointer_type &&
           type_of(&pointer, type);
}

// By the sizeof in the line that allocates: nothing else says it.
static void find_block_type(struct names *names, struct block *block)
{
    struct sizeof_words words;
    struct place place;
    uint64_t size;

    if (!names_place(names, block->pc, &place) ||
        !sizeof_in_line(place.path, place.line, &words))
        return;
    block->has_type = words.is_pointee ? find_pointee(names, block->pc,
                                                      words.name, &block->type)
                                       : find_type(names, &words, &block->type);
    size = block->has_type ? typed_size(&block->type) : 0;
    block->has_type = size > 0 && block->size_bytes >= size;
}

void names_block(struct names *names, uint64_t address, uint64_t size_bytes,
                 uint64_t pc)
{
    struct block *block = next_of(&names->blocks, &names->block_count,
                                  &names->block_room, sizeof *block);

    *block =
        (struct block){.address = address, .size_bytes = size_bytes, .pc = pc};
    find_block_type(names, block);
}

void names_frame(struct names *names, int task, uint64_t pc, uint64_t cfa)
{
    struct told_place *frame = next_of(&names->frames, &names->frame_count,
                                       &names->frame_room, sizeof *frame);

    *frame = (struct told_place){task, pc, cfa};
}

void names_forget(struct names *names)
{
    names->block_count = 0;
    names->frame_count = 0;
}

// ---- Local variables --------------------------------------------------------

// Where the variable lies in a frame: DWARF 5, 2.5.1.2 and 3.3.5. Compilers
// count from the canonical address, or (clang) from the frame pointer, which
// lies two words below.
static bool offset_in_frame(Dwarf_Die *function, Dwarf_Die *variable,
                            int64_t *offset)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *place, *base;
    size_t count, base_count;

    if (!dwarf_attr(variable, DW_AT_location, &attribute) ||
        dwarf_getlocation(&attribute, &place, &count) != 0 || count != 1 ||
        place->atom != DW_OP_fbreg)
        return false;
    *offset = (int64_t)place->number;
    if (!dwarf_attr(function, DW_AT_frame_base, &attribute) ||
        dwarf_getlocation(&attribute, &base, &base_count) != 0 ||
        base_count != 1)
        return false;
    if (base->atom != DW_OP_call_frame_cfa)
        *offset -= 16;
    return true;
}

struct local {
    Dwarf_Die *function;
    int64_t offset; // that is looked for, from the canonical address
    Dwarf_Die variable;
    int64_t begin; // of the variable
};

static bool is_wanted(struct local *local, Dwarf_Die *die)
{
    Dwarf_Die type;
    int64_t begin;

    if (!offset_in_frame(local->function, die, &begin) || !type_of(die, &type))
        return false;
    if (local->offset < begin ||
        local->offset >= begin + (int64_t)typed_size(&type))
        return false;
    local->begin = begin;
    local->variable = *die;
    return true;
}

static bool find_local(struct local *local, Dwarf_Die *parent)
{
    Dwarf_Die die;

    if (dwarf_child(parent, &die) != 0)
        return false;
    do {
        int tag = dwarf_tag(&die);

        if ((tag == DW_TAG_variable || tag == DW_TAG_formal_parameter) &&
            is_wanted(local, &die))
            return true;
        if (tag == DW_TAG_lexical_block && find_local(local, &die))
            return true;
    } while (dwarf_siblingof(&die, &die) == 0);
    return false;
}

// The frame of the task in which address lies: the one with the lowest
// canonical address above it.
static const struct told_place *frame_of(const struct names *names, int task,
                                         uint64_t address)
{
    const struct told_place *best = NULL;

    for (size_t i = 0; i < names->frame_count; i++) {
        const struct told_place *frame = &names->frames[i];

        if (frame->task == task && frame->cfa > address &&
            (!best || frame->cfa < best->cfa))
            best = frame;
    }
    return best;
}

// ---- What lies at an address ------------------------------------------------

// Instead of a size: what a pointer points to, not a part of it.
#define WHOLE UINT64_MAX

struct thing {
    char name[160];
    struct typed typed;
};

static bool what_global(struct names *names, uint64_t address,
                        uint64_t size_bytes, struct thing *thing)
{
    for (size_t i = 0; i < names->variable_count; i++) {
        const struct global *global = &names->variables[i].global;

        if (address < global->address ||
            address >= global->address + global->size_bytes)
            continue;
        snprintf(thing->name, sizeof thing->name, "%s", global->name);
        typed_find(&names->variables[i].type, address - global->address,
                   size_bytes, thing->name, sizeof thing->name, &thing->typed);
        return true;
    }
    return false;
}

// "queue.c:12->head", "queue.c:12[3].value".
static void what_typed_block(const struct place *place,
                             const struct block *block, uint64_t offset,
                             uint64_t size_bytes, struct thing *thing)
{
    uint64_t size = typed_size(&block->type);
    bool is_array = block->size_bytes >= 2 * size;
    size_t used = 0;
    char *path = thing->name;

    used = (size_t)snprintf(thing->name, sizeof thing->name, "%s:%d",
                            place->file, place->line);
    if (is_array)
        used += (size_t)snprintf(thing->name + used, sizeof thing->name - used,
                                 "[%llu]", (unsigned long long)(offset / size));
    path += used;
    typed_find(&block->type, offset % size, size_bytes, thing->name,
               sizeof thing->name, &thing->typed);
    if (!is_array && *path == '.' && used + 2 < sizeof thing->name) {
        memmove(path + 1, path, strnlen(path, sizeof thing->name - used - 2));
        thing->name[sizeof thing->name - 1] = '\0';
        memcpy(path, "->", 2);
    }
}

static void what_block(struct names *names, const struct block *block,
                       uint64_t address, uint64_t size_bytes,
                       struct thing *thing)
{
    uint64_t offset = address - block->address;
    struct place place;
    size_t used;

    if (block->has_type && size_bytes != WHOLE &&
        names_place(names, block->pc, &place)) {
        what_typed_block(&place, block, offset, size_bytes, thing);
        return;
    }

    if (names_place(names, block->pc, &place))
        snprintf(thing->name, sizeof thing->name,
                 M("block of %s:%d", "bloque de %s:%d"), place.file,
                 place.line);
    else
        snprintf(thing->name, sizeof thing->name, "%s",
                 M("block of the heap", "bloque del montículo"));
    used = strlen(thing->name);
    if (offset)
        snprintf(thing->name + used, sizeof thing->name - used, "+%llu",
                 (unsigned long long)offset);
}

// The latest one counts: what was freed may be given out again.
static bool what_heap(struct names *names, uint64_t address,
                      uint64_t size_bytes, struct thing *thing)
{
    for (size_t i = names->block_count; i-- > 0;) {
        const struct block *block = &names->blocks[i];

        if (address >= block->address &&
            address <
                block->address + (block->size_bytes ? block->size_bytes : 1)) {
            what_block(names, block, address, size_bytes, thing);
            return true;
        }
    }
    return false;
}

static bool what_local(struct names *names, uint64_t address,
                       uint64_t size_bytes, struct thing *thing)
{
    int task = names_stack_of(address);
    const struct told_place *frame = frame_of(names, task, address);
    struct local local = {0};
    Dwarf_Die *unit, function, type;

    if (!frame || !(unit = unit_of(names, frame->pc - 1)) ||
        !function_of(unit, frame->pc - 1, &function))
        return false;
    local.function = &function;
    local.offset = (int64_t)(address - frame->cfa);
    if (!find_local(&local, &function) || !type_of(&local.variable, &type))
        return false;
    snprintf(thing->name, sizeof thing->name, "%s", name_of(&local.variable));
    typed_find(&type, (uint64_t)(local.offset - local.begin), size_bytes,
               thing->name, sizeof thing->name, &thing->typed);
    snprintf(thing->name + strlen(thing->name),
             sizeof thing->name - strlen(thing->name), M(" of %s", " de %s"),
             name_of(&function));
    return true;
}

static void what_stack(uint64_t address, struct thing *thing)
{
    int task = names_stack_of(address);

    if (task == 0)
        snprintf(thing->name, sizeof thing->name, "%s",
                 M("local of main's thread", "local del hilo main"));
    else
        snprintf(thing->name, sizeof thing->name,
                 M("local of thread %d", "local del hilo %d"), task);
}

static void find_thing(struct names *names, uint64_t address,
                       uint64_t size_bytes, struct thing *thing)
{
    *thing = (struct thing){0};
    if (what_global(names, address, size_bytes, thing))
        return;
    if (names_stack_of(address) >= 0) {
        if (!what_local(names, address, size_bytes, thing))
            what_stack(address, thing);
        return;
    }
    if (names_is_heap(address) && what_heap(names, address, size_bytes, thing))
        return;
    snprintf(thing->name, sizeof thing->name, "0x%llx",
             (unsigned long long)address);
}

void names_what(struct names *names, uint64_t address, uint64_t size_bytes,
                char *text, size_t text_size)
{
    struct thing thing;

    find_thing(names, address, size_bytes, &thing);
    snprintf(text, text_size, "%s", thing.name);
    if (thing.typed.rest_bytes)
        snprintf(text + strlen(text), text_size - strlen(text), "+%llu",
                 (unsigned long long)thing.typed.rest_bytes);
}

static bool is_known(struct names *names, uint64_t address)
{
    return is_global(names, address) || names_stack_of(address) >= 0 ||
           names_is_heap(address);
}

// How much of what lies there a pointer of that type means: a struct as a
// whole, else the innermost piece.
static uint64_t meant_by(const struct typed *pointer, uint64_t value)
{
    Dwarf_Die type = pointer->type, target;
    uint64_t size;

    if (names_is_heap(value))
        return WHOLE;
    if (!typed_is_pointer(pointer) || !type_of(&type, &target) ||
        dwarf_peel_type(&target, &target) != 0 ||
        dwarf_tag(&target) != DW_TAG_structure_type)
        return 0;
    size = typed_size(&target);
    return size > 8 ? size : WHOLE;
}

static void write_pointer(struct names *names, const struct typed *pointer,
                          uint64_t value, char *text, size_t text_size)
{
    const char *function = names_function(names, value);

    if (function) {
        snprintf(text, text_size, "%s", function);
    } else if (is_known(names, value)) {
        snprintf(text, text_size, "&");
        names_what(names, value, meant_by(pointer, value), text + 1,
                   text_size - 1);
    } else {
        snprintf(text, text_size, "0x%llx", (unsigned long long)value);
    }
}

void names_value(struct names *names, uint64_t address, uint64_t size_bytes,
                 uint64_t value, char *text, size_t text_size)
{
    struct thing thing;

    find_thing(names, address, size_bytes, &thing);
    if (typed_value(&thing.typed, size_bytes, value, text, text_size))
        return;
    if (typed_is_pointer(&thing.typed) ||
        (size_bytes == 8 && is_known(names, value)))
        write_pointer(names, &thing.typed, value, text, text_size);
    else
        snprintf(text, text_size, "%llu", (unsigned long long)value);
}
