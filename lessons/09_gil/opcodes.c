// opcodes.c - what an interpreter makes of "x = 0" and of "x += 1" ten times
// Run:    make run-opcodes
// Expect: x is 10, after 52 instructions
// Why:    a line of a program is several instructions: x += 1 is four, and the
//         loop around it one more
#include "lessons/09_gil/interpreter.h"
#include "runtime/fact.h"

enum { ROUNDS = 10 };

static const struct instruction program[] = {
    // [program]
    {PUSH, 0},   // x = 0
    {STORE, 0},  //
    {LOAD, 0},   // x += 1
    {PUSH, 1},   //
    {ADD, 0},    //
    {STORE, 0},  //
    {REPEAT, 2}, // ten times
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
