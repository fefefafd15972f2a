// object_opcodes.h - the instructions that gcc writes for C, and what they do
//
// Interface: enum opcode_class, opcode_class, opcode_register,
// opcode_is_high_part, opcode_is_pure, enum operation.
// Threads: no shared state. Ownership: none.
#ifndef TELAR_OBJECT_OPCODES_H
#define TELAR_OBJECT_OPCODES_H

#include <capstone/capstone.h>
#include <stdbool.h>

enum opcode_class {
    OPCODE_UNKNOWN, // refused
    OPCODE_NOTHING, // touches no register and no memory that matters
    OPCODE_READS,   // its operands; may write registers that it does not name
    OPCODE_WRITES,  // its first operand, from the others
    OPCODE_CHANGES, // reads its first operand, too
    OPCODE_ADDRESS, // lea
    OPCODE_EXCHANGE,
    OPCODE_WIDEN,
    OPCODE_FILL, // stos
    OPCODE_COPY, // movs
    OPCODE_CALL,
    OPCODE_JUMP,
    OPCODE_RETURN,
    OPCODE_LEAVE,
    OPCODE_PUSH,
    OPCODE_POP,
};

enum opcode_class opcode_class(const cs_insn *code);

// 0 rax, 1 rcx, 2 rdx, 3 rbx, 4 rsp, 5 rbp, 6 rsi, 7 rdi, 8 to 15; the register
// whole for any part of it. -1: none of these.
int opcode_register(unsigned reg);

// ah, ch, dh or bh?
bool opcode_is_high_part(unsigned reg);

// Does its outcome depend on its operands alone?
bool opcode_is_pure(unsigned id);

// Operations of values (object_value.h) that are no instruction.
enum operation {
    ZERO_EXTEND_32 = 100000000,
    LOW_PART = 100000100, // + bytes
};

#endif
