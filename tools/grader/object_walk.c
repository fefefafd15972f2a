// object_walk.c - the code of one function, instruction by instruction
#include <capstone/capstone.h>
#include <elf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/grader/object_names.h"
#include "tools/grader/object_opcodes.h"
#include "tools/grader/object_value.h"
#include "tools/grader/object_walk.h"

enum {
    FRAME_MOST = 64 << 10, // bytes of a function's own variables
    RED_ZONE = 128, // bytes below the stack pointer that are its own, too
    INSTRUCTIONS_MOST = 50000,
    ANNOUNCED_MOST = 64,
    SLOTS_MOST = 256,
    ARGUMENTS_MOST = 6, // in registers
};

enum {
    RAX,
    RCX,
    RDX,
    RBX,
    RSP,
    RBP,
    RSI,
    RDI,
    R8,
    R9,
    R10,
    R11,
    REGISTERS = 16
};

struct announced { // by a call of a hook
    struct value address;
    uint64_t size; // bytes
    bool is_write;
};

struct slot {       // of the frame, whose content is known
    int64_t offset; // from the frame pointer
    int size;       // bytes
    struct value value;
};

static struct {
    const struct object_walk *walk;
    const struct object *object;
    const struct object_symbol *function;
    csh decoder;
    cs_insn *all; // of the function
    int count;
    bool *is_target; // of a jump, by instruction
    int now;         // instruction
    int first;       // behind the prologue
    char *complaint;
    // Of the function.
    int64_t frame_bytes; // below the frame pointer
    bool is_entered;     // the hook that begins a function was called
    // Of the block.
    struct value registers[REGISTERS];
    struct value frame, stack; // what rbp and rsp were at its beginning
    bool is_left;              // the hook that ends a function was called
    struct announced announced[ANNOUNCED_MOST];
    int announced_count;
    struct slot slots[SLOTS_MOST];
    int slot_count;
} at;

// ---- Complaints -------------------------------------------------------------

static bool complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

// Always false.
static bool complain(const char *format, ...)
{
    char line[128], *what;
    va_list rest;

    va_start(rest, format);
    MUST(vasprintf(&what, format, rest));
    va_end(rest);
    object_line(at.object, at.function->section,
                at.count ? at.all[at.now].address : at.function->value, line,
                sizeof line);
    MUST(asprintf(&at.complaint, "%s%s%s(): %s", line, *line ? ", " : "",
                  at.function->name, what));
    free(what);
    return false;
}

static bool not_known(void)
{
    return complain(M("an instruction that plain C does not need (%s %s); no "
                      "assembly, no attributes that change how it is compiled",
                      "una instrucción que C sin más no necesita (%s %s); sin "
                      "ensamblador, sin atributos que cambien la compilación"),
                    at.all[at.now].mnemonic, at.all[at.now].op_str);
}

static bool stack_is_moved(void)
{
    return complain(
        "%s",
        M("the stack grows by an amount that only the run knows, or by very "
          "much: give arrays a fixed size of a few KiB, or use malloc",
          "la pila crece en una cantidad que solo se sabe al ejecutar, o en "
          "demasiado: da a los arreglos un tamaño fijo de pocos KiB, o usa "
          "malloc"));
}

// ---- Values -----------------------------------------------------------------

static void begin_block(void)
{
    values_clear();
    for (int i = 0; i < REGISTERS; i++)
        at.registers[i] = value_unknown();
    at.frame = at.registers[RBP];
    at.stack = at.registers[RSP];
    at.announced_count = at.slot_count = 0;
    at.is_left = false;
}

static void put_register(int reg, int size, struct value value)
{
    if (reg < 0)
        return;
    if (size == 8)
        at.registers[reg] = value;
    else if (size == 4)
        at.registers[reg] =
            value_is_number(&value)
                ? value_number((uint32_t)value.number)
                : value_of(ZERO_EXTEND_32, value, value_number(0));
    else
        at.registers[reg] = value_unknown();
}

// A register of 4 bytes or fewer is looked at through the same operation each
// time, so that two looks are equal.
static struct value get_register(int reg, int size)
{
    struct value whole;

    if (reg < 0)
        return value_unknown();
    if (size == 8)
        return at.registers[reg];
    if (size == 4 && value_is_number(&at.registers[reg]))
        return value_number((uint32_t)at.registers[reg].number);
    if (size == 4 && value_is_of(&at.registers[reg], ZERO_EXTEND_32, &whole))
        return whole;
    return value_of(LOW_PART + size, at.registers[reg], value_number(0));
}

static void forget_slots(int64_t offset, int64_t size)
{
    for (int i = 0; i < at.slot_count;) {
        struct slot *slot = &at.slots[i];

        if (slot->offset < offset + size && offset < slot->offset + slot->size)
            *slot = at.slots[--at.slot_count];
        else
            i++;
    }
}

static void put_slot(int64_t offset, int size, struct value value)
{
    forget_slots(offset, size);
    if (at.slot_count < SLOTS_MOST)
        at.slots[at.slot_count++] =
            (struct slot){.offset = offset, .size = size, .value = value};
}

static struct value get_slot(int64_t offset, int size)
{
    struct value value;

    for (int i = 0; i < at.slot_count; i++)
        if (at.slots[i].offset == offset && at.slots[i].size == size)
            return at.slots[i].value;
    value = value_unknown();
    put_slot(offset, size, value);
    return value;
}

// ---- Operands ---------------------------------------------------------------

static const struct object_relocation *relocation_at(uint8_t field)
{
    const cs_insn *code = &at.all[at.now];

    return field ? object_relocation(at.object, at.function->section,
                                     code->address + field)
                 : NULL;
}

// Symbols are used as they are, never through tables of the linker's.
static bool is_plain_relocation(const struct object_relocation *relocation)
{
    switch (relocation->type) {
    case R_X86_64_PC32:
    case R_X86_64_PLT32:
    case R_X86_64_32:
    case R_X86_64_32S:
    case R_X86_64_64:
        return true;
    default:
        return false;
    }
}

// Every relocation in the instruction is at its displacement or its number.
static bool relocations_are_plain(void)
{
    const cs_insn *code = &at.all[at.now];
    const cs_x86_encoding *fields = &code->detail->x86.encoding;

    for (int i = 0; i < code->size; i++) {
        const struct object_relocation *found = object_relocation(
            at.object, at.function->section, code->address + (unsigned)i);

        if (found && (!is_plain_relocation(found) ||
                      (i != fields->disp_offset && i != fields->imm_offset)))
            return complain(
                "%s", M("a variable of each thread, or a symbol that is used "
                        "in an unusual way: use plain variables",
                        "una variable de cada hilo, o un símbolo usado de "
                        "forma inusual: usa variables normales"));
    }
    return true;
}

static struct value symbol_value(const struct object_relocation *relocation,
                                 int64_t more)
{
    return value_symbol(
        object_place(at.object, relocation->symbol, relocation->addend + more));
}

static struct value address_of(const x86_op_mem *memory)
{
    const cs_insn *code = &at.all[at.now];
    uint8_t field = code->detail->x86.encoding.disp_offset;
    const struct object_relocation *relocation = relocation_at(field);
    struct value address = value_number((uint64_t)memory->disp);

    if (memory->base == X86_REG_RIP)
        return relocation ? symbol_value(relocation, code->size - field)
                          : value_unknown();
    if (relocation)
        address = symbol_value(relocation, 0);
    if (memory->base != X86_REG_INVALID)
        address =
            value_add(address, get_register(opcode_register(memory->base), 8));
    if (memory->index != X86_REG_INVALID)
        address = value_add(
            address,
            value_scale(get_register(opcode_register(memory->index), 8),
                        (uint64_t)memory->scale));
    return address;
}

static struct value number_of(const cs_x86_op *operand)
{
    const struct object_relocation *relocation =
        relocation_at(at.all[at.now].detail->x86.encoding.imm_offset);

    return relocation ? symbol_value(relocation, 0)
                      : value_number((uint64_t)operand->imm);
}

// ---- Memory -----------------------------------------------------------------

static bool is_in_frame(const struct value *address, int64_t size, bool write,
                        int64_t *offset)
{
    if (!value_offset(address, &at.frame, offset))
        return false;
    return *offset >= -at.frame_bytes - RED_ZONE &&
           *offset + size <= (write ? 0 : FRAME_MOST);
}

// Arguments on the stack: between the stack pointer and where it was at the
// beginning of the block.
static bool is_in_arguments(const struct value *address, int64_t size)
{
    int64_t offset, top;

    return value_offset(&at.registers[RSP], &at.stack, &top) &&
           value_offset(address, &at.stack, &offset) && offset >= top &&
           offset + size <= 0;
}

static bool is_constant(const struct value *address, int64_t size)
{
    const struct object_section *section;
    struct place place;

    if (!value_is_symbol(address, &place) || place.section == 0 ||
        place.section >= at.object->section_count)
        return false;
    section = &at.object->sections[place.section];
    return !(section->flags & (SHF_WRITE | SHF_EXECINSTR)) &&
           place.offset >= 0 && place.offset + size <= (int64_t)section->size;
}

static bool is_announced(const struct value *address, int64_t size, bool write)
{
    for (int i = 0; i < at.announced_count; i++) {
        const struct announced *each = &at.announced[i];
        int64_t offset;

        if ((each->is_write || !write) &&
            value_offset(address, &each->address, &offset) && offset >= 0 &&
            offset + size <= (int64_t)each->size)
            return true;
    }
    return false;
}

// Where the caller's frame pointer and the return address are.
static bool is_linkage(const struct value *address, int64_t size)
{
    int64_t offset;

    return value_offset(address, &at.frame, &offset) && offset < 16 &&
           offset + size > 0;
}

static bool is_of_another_file(const struct value *address)
{
    struct place place;

    return value_is_symbol(address, &place) && place.section == 0;
}

static bool unannounced(const struct value *address, bool write)
{
    if (write)
        return complain(
            "%s",
            M("it writes to memory where the explorer cannot see it. Does a "
              "function give back a whole struct? Hand it a pointer instead. "
              "No attributes",
              "escribe en memoria sin que el explorador lo vea. ¿Una función "
              "devuelve una struct entera? Pásale un puntero. Sin atributos"));
    if (is_of_another_file(address))
        return complain("%s", M("it reads a variable that it declares const",
                                "lee una variable que declara const"));
    return complain(
        "%s", M("it reads memory where the explorer cannot see it. Is it a "
                "const array? Leave out the const. No attributes",
                "lee memoria sin que el explorador lo vea. ¿Es un arreglo "
                "const? Quítale el const. Sin atributos"));
}

// A write elsewhere may change the frame: nobody knows.
static bool touch(const struct value *address, int64_t size, bool write)
{
    int64_t offset;

    if (is_in_frame(address, size, write, &offset)) {
        if (write)
            forget_slots(offset, size);
        return true;
    }
    if (is_in_arguments(address, size) ||
        (!write && is_constant(address, size)))
        return true;
    if (!is_announced(address, size, write) ||
        (write && is_linkage(address, size)))
        return unannounced(address, write);
    if (write)
        at.slot_count = 0;
    return true;
}

static bool read_operand(const cs_x86_op *operand, struct value *value)
{
    struct value address;
    int64_t offset;

    switch (operand->type) {
    case X86_OP_REG:
        *value =
            opcode_is_high_part(operand->reg)
                ? value_unknown()
                : get_register(opcode_register(operand->reg), operand->size);
        return true;
    case X86_OP_IMM:
        *value = number_of(operand);
        return true;
    default:
        address = address_of(&operand->mem);
        *value = is_in_frame(&address, operand->size, false, &offset)
                     ? get_slot(offset, operand->size)
                     : value_unknown();
        return touch(&address, operand->size, false);
    }
}

static bool write_operand(const cs_x86_op *operand, struct value value)
{
    struct value address;
    int64_t offset;

    if (operand->type == X86_OP_REG) {
        int reg = opcode_register(operand->reg);

        if (reg == RSP || reg == RBP)
            return stack_is_moved();
        put_register(reg, operand->size, value);
        return true;
    }
    address = address_of(&operand->mem);
    if (!touch(&address, operand->size, true))
        return false;
    if (is_in_frame(&address, operand->size, true, &offset))
        put_slot(offset, operand->size, value);
    return true;
}

// ---- The stack --------------------------------------------------------------

static bool is_stack_pointer(const cs_x86_op *operand)
{
    return operand->type == X86_OP_REG && operand->reg == X86_REG_RSP;
}

// A fixed step, without going far.
static bool step_stack(int64_t bytes)
{
    if (bytes < -FRAME_MOST || bytes > FRAME_MOST)
        return stack_is_moved();
    at.registers[RSP] =
        value_add(at.registers[RSP], value_number((uint64_t)bytes));
    return true;
}

static bool push(const cs_x86_op *operand)
{
    struct value value;

    return read_operand(operand, &value) && step_stack(-8);
}

static bool next_is(unsigned id)
{
    return at.now + 1 < at.count && at.all[at.now + 1].id == id;
}

static bool pop(const cs_x86_op *operand)
{
    if (operand->type != X86_OP_REG)
        return not_known();
    if (operand->reg == X86_REG_RBP && !next_is(X86_INS_RET))
        return stack_is_moved();
    if (operand->reg != X86_REG_RBP && !write_operand(operand, value_unknown()))
        return false;
    return step_stack(8);
}

static bool add_to_stack(const cs_x86 *code, int sign)
{
    if (code->operands[1].type != X86_OP_IMM)
        return stack_is_moved();
    return step_stack(sign * code->operands[1].imm);
}

// lea -0x18(%rbp),%rsp
static bool set_stack(const cs_x86_op *from)
{
    struct value address = address_of(&from->mem);
    int64_t offset;

    if (!is_in_frame(&address, 0, true, &offset))
        return stack_is_moved();
    at.registers[RSP] = address;
    return true;
}

// push %rbp; mov %rsp,%rbp; push ...; sub $...,%rsp. Returns the number of
// instructions, 0 when it begins otherwise.
static int pass_prologue(void)
{
    int i = 2;

    if (at.count < 2 || strcmp(at.all[0].op_str, "rbp") != 0 ||
        at.all[0].id != X86_INS_PUSH || at.all[1].id != X86_INS_MOV ||
        strcmp(at.all[1].op_str, "rbp, rsp") != 0)
        return 0;
    for (; i < at.count && at.all[i].id == X86_INS_PUSH; i++)
        at.frame_bytes += 8;
    if (i < at.count && at.all[i].id == X86_INS_SUB &&
        is_stack_pointer(&at.all[i].detail->x86.operands[0]) &&
        at.all[i].detail->x86.operands[1].type == X86_OP_IMM)
        at.frame_bytes += at.all[i++].detail->x86.operands[1].imm;
    return i;
}

static bool enter(void)
{
    at.first = pass_prologue();
    if (at.first == 0)
        return complain("%s", M("it does not begin as functions do",
                                "no empieza como empiezan las funciones"));
    if (at.frame_bytes < 0 || at.frame_bytes > FRAME_MOST)
        return stack_is_moved();
    begin_block();
    at.registers[RSP] = at.stack =
        value_add(at.frame, value_number((uint64_t)-at.frame_bytes));
    return true;
}

// ---- Calls ------------------------------------------------------------------

static const int argument_registers[ARGUMENTS_MOST] = {RDI, RSI, RDX,
                                                       RCX, R8,  R9};

static struct value argument(int number)
{
    return at.registers[argument_registers[number - 1]];
}

static bool is_function_start(const struct place *place)
{
    for (int i = 0; i < at.object->symbol_count; i++) {
        const struct object_symbol *each = &at.object->symbols[i];

        if (each->type == STT_FUNC && each->section == place->section &&
            (int64_t)each->value == place->offset)
            return true;
    }
    return false;
}

// A function of this file, or NULL: at no place in particular.
static bool is_function_or_null(const struct value *value)
{
    struct place place;

    if (value_is_number(value) && value->number == 0)
        return true;
    if (!value_is_symbol(value, &place))
        return false;
    if (place.section != 0)
        return is_function_start(&place);
    return place.offset == 0; // every name of another file is one we allow
}

// printf's %n writes through a pointer.
static bool is_harmless_format(const struct value *value)
{
    const struct object_section *section;
    struct place place;

    if (!value_is_symbol(value, &place) || !is_constant(value, 1))
        return false;
    section = &at.object->sections[place.section];
    for (int64_t i = place.offset; i < (int64_t)section->size; i++) {
        const char *text = (const char *)section->bytes + i;

        if (*text == '\0')
            return true;
        // Between % and its letter stand only these.
        if (*text == '%' &&
            text[1 + strspn(text + 1, "0123456789.-+ #*hlLqjzt'I$")] == 'n')
            return false;
    }
    return false;
}

static bool arguments_are_sound(const char *name,
                                const struct callable *callable)
{
    struct value value;

    if (callable->function) {
        value = argument(callable->function);
        if (!is_function_or_null(&value))
            return complain(M("%s takes a function: give it by its own name",
                              "%s recibe una función: dásela por su nombre"),
                            name);
    }
    if (callable->format) {
        value = argument(callable->format);
        if (!is_harmless_format(&value))
            return complain(M("%s: the format must be text between quotes, "
                              "without %%n",
                              "%s: el formato debe ser texto entre comillas, "
                              "sin %%n"),
                            name);
    }
    return true;
}

static uint64_t last_number(const char *name)
{
    const char *digits = name + strlen(name);

    while (digits > name && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    return strtoull(digits, NULL, 10);
}

static bool announce(const char *name)
{
    struct announced *each = &at.announced[at.announced_count];
    struct value size = at.registers[RSI];

    if (strstr(name, "func_")) {
        at.is_entered = at.is_entered || strstr(name, "entry");
        at.is_left = strstr(name, "exit");
        return true;
    }
    if (at.announced_count == ANNOUNCED_MOST)
        return true;
    each->address = at.registers[RDI];
    each->is_write = strstr(name, "write");
    each->size = strstr(name, "_range") && value_is_number(&size)
                     ? size.number
                     : last_number(name);
    if (each->size <= 1 << 30)
        at.announced_count++;
    return true;
}

static void forget_after_call(bool is_hook)
{
    static const int lost[] = {RAX, RCX, RDX, RSI, RDI, R8, R9, R10, R11};

    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++)
        at.registers[lost[i]] = value_unknown();
    if (is_hook)
        return;
    at.announced_count = at.slot_count = 0;
    at.is_left = false;
}

static bool call_of_another_file(const char *name)
{
    const struct callable *callable = callable_named(name);
    bool is_hook = callable && callable->is_hook;

    if (!callable && !at.walk->may_use(at.walk->context, name))
        return complain(
            M("it calls %s, which a lab that is explored cannot use",
              "llama a %s, que no puede usarse en un laboratorio explorado"),
            name);
    if (callable && !arguments_are_sound(name, callable))
        return false;
    if (is_hook && !announce(name))
        return false;
    if (!is_hook && !at.is_entered)
        return complain("%s",
                        M("it is compiled without the checks: no attributes",
                          "se compila sin las verificaciones: sin atributos"));
    forget_after_call(is_hook);
    return true;
}

static bool call_by_pointer(void)
{
    return complain("%s", M("it calls a function through a pointer: call it by "
                            "its name",
                            "llama a una función por un puntero: llámala por "
                            "su nombre"));
}

static bool call(const cs_x86 *code)
{
    const struct object_relocation *relocation =
        relocation_at(code->encoding.imm_offset);
    struct place place = {.section = at.function->section};

    if (code->operands[0].type != X86_OP_IMM)
        return call_by_pointer();
    if (relocation)
        place =
            object_place(at.object, relocation->symbol, relocation->addend + 4);
    else
        place.offset = code->operands[0].imm;
    if (place.section == 0)
        return place.offset == 0
                   ? call_of_another_file(at.object->symbols[place.symbol].name)
                   : call_by_pointer();
    if (!is_function_start(&place) || !at.is_entered)
        return call_by_pointer();
    forget_after_call(false);
    return true;
}

// ---- Jumps ------------------------------------------------------------------

static int instruction_at(uint64_t address)
{
    int low = 0, high = at.count;

    while (low < high) {
        int middle = (low + high) / 2;

        if (at.all[middle].address < address)
            low = middle + 1;
        else
            high = middle;
    }
    return low < at.count && at.all[low].address == address ? low : -1;
}

static bool is_jump(const cs_insn *code)
{
    return cs_insn_group(at.decoder, code, X86_GRP_JUMP);
}

static bool jump(const cs_x86 *code)
{
    if (code->operands[0].type != X86_OP_IMM ||
        relocation_at(code->encoding.imm_offset) ||
        instruction_at((uint64_t)code->operands[0].imm) < at.first)
        return complain("%s", M("it jumps to a place that is computed, or "
                                "elsewhere",
                                "salta a un lugar calculado, o a otra parte"));
    return true;
}

static bool leave_function(void)
{
    bool after_epilogue =
        at.now > 0 && (at.all[at.now - 1].id == X86_INS_LEAVE ||
                       (at.all[at.now - 1].id == X86_INS_POP &&
                        strcmp(at.all[at.now - 1].op_str, "rbp") == 0));

    if (!after_epilogue || at.is_target[at.now] ||
        (at.is_entered && !at.is_left))
        return complain("%s", M("it does not return as functions do",
                                "no retorna como retornan las funciones"));
    return true;
}

static bool ends_well(const cs_insn *code)
{
    const struct object_relocation *relocation;
    const struct callable *callable = NULL;
    struct place place;

    if (code->id == X86_INS_RET || code->id == X86_INS_JMP ||
        code->id == X86_INS_UD2)
        return true;
    relocation = relocation_at(code->detail->x86.encoding.imm_offset);
    if (code->id != X86_INS_CALL || !relocation)
        return false;
    place = object_place(at.object, relocation->symbol, 0);
    if (place.section == 0)
        callable = callable_named(at.object->symbols[place.symbol].name);
    return callable && callable->no_return;
}

// ---- One instruction --------------------------------------------------------

// rep stos, rep movs: so many bytes at rdi, from rsi.
static bool copy_string(int unit_bytes, bool reads)
{
    struct value count = at.registers[RCX];
    bool is_repeated = at.all[at.now].detail->x86.prefix[0] != 0;
    int64_t size = unit_bytes;

    if (is_repeated && (!value_is_number(&count) || count.number > 1 << 24))
        return not_known();
    if (is_repeated)
        size *= (int64_t)count.number;
    if ((reads && !touch(&at.registers[RSI], size, false)) ||
        !touch(&at.registers[RDI], size, true))
        return false;
    at.registers[RSI] = value_unknown();
    at.registers[RDI] = value_unknown();
    at.registers[RCX] = value_unknown();
    return true;
}

static int sized(const cs_insn *code)
{
    const cs_x86 *x86 = &code->detail->x86;

    return (int)code->id +
           10000 * (x86->operands[0].size * 32 + x86->operands[1].size);
}

static struct value extended(const cs_insn *code, struct value value)
{
    if (code->id == X86_INS_MOVSXD && value_is_number(&value))
        return value_number((uint64_t)(int32_t)value.number);
    return value_of(sized(code), value, value_number(0));
}

static struct value computed(const cs_insn *code, const struct value *values,
                             int count)
{
    bool wide = code->detail->x86.operands[0].size == 8;

    switch (code->id) {
    case X86_INS_MOV:
    case X86_INS_MOVABS:
        return values[1];
    case X86_INS_ADD:
        return wide ? value_add(values[0], values[1])
                    : value_of((int)code->id, values[0], values[1]);
    case X86_INS_SUB:
        return wide ? value_add(values[0], value_scale(values[1], -1ull))
                    : value_of((int)code->id, values[0], values[1]);
    case X86_INS_SHL:
    case X86_INS_SAL:
        if (wide && count == 2 && value_is_number(&values[1]))
            return value_scale(values[0], 1ull << (values[1].number & 63));
        break;
    case X86_INS_IMUL:
        if (wide && count == 3 && value_is_number(&values[2]))
            return value_scale(values[1], values[2].number);
        if (count == 3)
            return value_of(X86_INS_IMUL, values[1], values[2]);
        break;
    case X86_INS_MOVSX:
    case X86_INS_MOVSXD:
    case X86_INS_MOVZX:
        return extended(code, values[1]);
    default:
        break;
    }
    return opcode_is_pure(code->id) && count == 2
               ? value_of(sized(code), values[0], values[1])
               : value_unknown();
}

static void forget_implicit(const cs_insn *code)
{
    for (int i = 0; i < code->detail->regs_write_count; i++) {
        int reg = opcode_register(code->detail->regs_write[i]);

        if (reg >= 0 && reg != RSP && reg != RBP)
            at.registers[reg] = value_unknown();
    }
}

// mov $balance,%edi: the linker sees to it that the address has 32 bits.
static bool is_move_of_symbol(const cs_insn *code, const struct value *value)
{
    struct place place;

    return code->id == X86_INS_MOV &&
           code->detail->x86.operands[0].type == X86_OP_REG &&
           code->detail->x86.operands[0].size == 4 &&
           code->detail->x86.operands[1].type == X86_OP_IMM &&
           value_is_symbol(value, &place);
}

static bool compute(const cs_insn *code, enum opcode_class class)
{
    const cs_x86 *x86 = &code->detail->x86;
    struct value values[4];

    for (int i = 0; i < x86->op_count && i < 4; i++) {
        values[i] = value_unknown();
        if ((i > 0 || class != OPCODE_WRITES) &&
            !read_operand(&x86->operands[i], &values[i]))
            return false;
    }
    forget_implicit(code);
    if (class == OPCODE_READS || x86->op_count == 0)
        return true;
    if (!write_operand(&x86->operands[0],
                       computed(code, values, x86->op_count)))
        return false;
    if (is_move_of_symbol(code, &values[1]))
        put_register(opcode_register(x86->operands[0].reg), 8, values[1]);
    return true;
}

static bool load_address(const cs_x86 *x86)
{
    if (is_stack_pointer(&x86->operands[0]))
        return set_stack(&x86->operands[1]);
    return write_operand(&x86->operands[0], address_of(&x86->operands[1].mem));
}

static bool exchange(const cs_x86 *x86)
{
    if (x86->operands[0].type != X86_OP_REG ||
        x86->operands[1].type != X86_OP_REG)
        return not_known();
    return write_operand(&x86->operands[0], value_unknown()) &&
           write_operand(&x86->operands[1], value_unknown());
}

// eax or rax from its lower half: cltq
static bool widen(const cs_insn *code)
{
    if (code->id == X86_INS_CDQE)
        at.registers[RAX] = value_of((int)X86_INS_MOVSXD + 10000 * (8 * 32 + 4),
                                     get_register(RAX, 4), value_number(0));
    else
        at.registers[RAX] = value_unknown();
    return true;
}

static bool is_odd_prefix(uint8_t prefix)
{
    return prefix == 0xf0 || prefix == 0x64 || prefix == 0x65;
}

static bool has_odd_prefix(const cs_x86 *x86)
{
    for (int i = 0; i < 4; i++)
        if (is_odd_prefix(x86->prefix[i]))
            return true;
    for (int i = 0; i < x86->op_count; i++)
        if (x86->operands[i].type == X86_OP_MEM &&
            (x86->operands[i].mem.segment == X86_REG_FS ||
             x86->operands[i].mem.segment == X86_REG_GS))
            return true;
    return false;
}

static bool step_special(const cs_insn *code, enum opcode_class class)
{
    const cs_x86 *x86 = &code->detail->x86;

    switch (class) {
    case OPCODE_CALL:
        return call(x86);
    case OPCODE_JUMP:
        return jump(x86);
    case OPCODE_RETURN:
        return leave_function();
    case OPCODE_LEAVE:
        return next_is(X86_INS_RET) || stack_is_moved();
    case OPCODE_PUSH:
        return push(&x86->operands[0]);
    case OPCODE_POP:
        return pop(&x86->operands[0]);
    case OPCODE_ADDRESS:
        return load_address(x86);
    case OPCODE_EXCHANGE:
        return exchange(x86);
    case OPCODE_WIDEN:
        return widen(code);
    case OPCODE_FILL:
        return copy_string(x86->operands[0].size, false);
    case OPCODE_COPY:
        return copy_string(x86->operands[0].size, true);
    default:
        return not_known();
    }
}

static bool step(const cs_insn *code)
{
    const cs_x86 *x86 = &code->detail->x86;
    enum opcode_class class = opcode_class(code);

    if (!relocations_are_plain())
        return false;
    if (has_odd_prefix(x86))
        return not_known();
    if ((code->id == X86_INS_SUB || code->id == X86_INS_ADD) &&
        is_stack_pointer(&x86->operands[0]))
        return add_to_stack(x86, code->id == X86_INS_ADD ? 1 : -1);
    switch (class) {
    case OPCODE_NOTHING:
        return true;
    case OPCODE_READS:
    case OPCODE_WRITES:
    case OPCODE_CHANGES:
        return compute(code, class);
    default:
        return step_special(code, class);
    }
}

// ---- One function -----------------------------------------------------------

static bool mark_targets(void)
{
    for (int i = 0; i < at.count; i++) {
        const cs_x86 *x86 = &at.all[i].detail->x86;
        int target;

        if (!is_jump(&at.all[i]) || x86->operands[0].type != X86_OP_IMM)
            continue;
        target = instruction_at((uint64_t)x86->operands[0].imm);
        if (target >= 0)
            at.is_target[target] = true;
    }
    return true;
}

// What follows a jump is a block of its own only when somebody jumps there:
// what was announced before a condition holds behind it, too.
static bool walk_all(void)
{
    for (at.now = at.first; at.now < at.count; at.now++) {
        if (at.is_target[at.now])
            begin_block();
        if (!step(&at.all[at.now]))
            return false;
    }
    at.now = at.count - 1;
    return ends_well(&at.all[at.now]) ||
           complain("%s", M("its end is not the end of a function",
                            "su final no es el final de una función"));
}

static bool decode(void)
{
    const struct object_section *section =
        &at.object->sections[at.function->section];
    uint64_t begin = at.function->value, size = at.function->size;
    const cs_insn *last;

    if (!section->bytes || size == 0 || begin > section->size ||
        size > section->size - begin)
        return complain("%s", "?");
    at.count = (int)cs_disasm(at.decoder, section->bytes + begin, size, begin,
                              INSTRUCTIONS_MOST, &at.all);
    last = at.count ? &at.all[at.count - 1] : NULL;
    at.now = at.count ? at.count - 1 : 0;
    if (!last || last->address + last->size != begin + size)
        return complain("%s",
                        M("too long, or not what C becomes",
                          "demasiado larga, o no es lo que resulta de C"));
    at.is_target = MUST(calloc((size_t)at.count, sizeof *at.is_target));
    return mark_targets();
}

char *object_walk(const struct object_walk *walk, int symbol)
{
    memset(&at, 0, sizeof at);
    at.walk = walk;
    at.object = walk->object;
    at.function = &walk->object->symbols[symbol];
    if (cs_open(CS_ARCH_X86, CS_MODE_64, &at.decoder) != CS_ERR_OK)
        return MUST(strdup("capstone"));
    cs_option(at.decoder, CS_OPT_DETAIL, CS_OPT_ON);
    if (decode()) {
        at.now = 0;
        if (enter())
            walk_all();
    }
    if (at.count)
        cs_free(at.all, (size_t)at.count);
    free(at.is_target);
    cs_close(&at.decoder);
    return at.complaint;
}
