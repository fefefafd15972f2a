// opcodes.c - what an interpreter makes of "x = 0" and of "x += 1" ten times
// Run:    make run-opcodes
// Expect: x is 10, after 52 instructions
// Why:    a line of a program is several instructions: x += 1 is four, and the
//         loop around it one more
#include "lessons/09_gil/interpreter.h"
#include "runtime/fact.h"

enum { ROUNDS = 10 };

static const struct instruction program[] = {
    {PUSH, 0},   // [program]
    {STORE, 0},  // x = 0
    {LOAD, 0},   // x += 1: its value,
    {PUSH, 1},   // and a 1,
    {ADD, 0},    // their sum,
    {STORE, 0},  // back into x
    {REPEAT, 2}, // ten times, from instruction 2 on
    {END, 0},
};

int main(void)
{
    long x = -1;
    struct task task = {.program = program, .variables = &x, .rounds = ROUNDS};

    print_program(program);
    interpret(&task);

    printf("x is %ld, after %ld instructions\n", x, task.done);
    fact("x", x);
    fact("instructions", task.done);
    return 0;
}
