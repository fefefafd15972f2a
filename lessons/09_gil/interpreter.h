// interpreter.h - a small interpreter of bytecode, like Python's
//
// Interface: struct instruction, struct task, interpret, print_program.
// Threads: each runs tasks of its own; a task says what it shares.
// Ownership: the caller's; nothing is allocated.
//
// A program is an array of instructions. They work on a stack: PUSH puts a
// number on it, ADD takes two from it and puts their sum.
#ifndef TELAR_LESSON_INTERPRETER_H
#define TELAR_LESSON_INTERPRETER_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "lessons/09_gil/gil.h"
#include "runtime/must.h"

enum opcode {
    PUSH,    // a number onto the stack
    LOAD,    // a variable onto the stack
    STORE,   // the top of the stack into a variable
    ADD,     // the sum of the two on top, in their place
    REPEAT,  // one round less to go; to an instruction, if some are left
    WHILE,   // to an instruction, unless the top of the stack is 0
    READ,    // wait for data, which takes so many ms; without the lock
    PIXELS,  // so many thousand points of an image, in C; without the lock
    ACQUIRE, // a lock of the program, as in "with lock:"
    LEAVE,   // and its end
    END,
};

struct instruction {
    enum opcode opcode;
    int operand; // a number, a variable or an instruction
};

enum { STACK = 8, READERS = 8 };

// [n]: at some moment, n threads were inside a READ.
static atomic_bool readers_at_once[READERS + 1];
static atomic_int readers;

// One run of a program by one thread.
struct task {
    const struct instruction *program;
    struct gil *gil;       // NULL: without it
    long *variables;       // of the program; threads may share them
    long rounds;           // that REPEAT still has to make
    int file;              // for READ: a timer
    bool keeps_gil;        // in READ, which is a mistake
    pthread_mutex_t *lock; // for ACQUIRE and LEAVE
    long stack[STACK];
    int top;   // how many are on the stack
    long done; // instructions so far
};

static inline void push(struct task *task, long value)
{
    task->stack[task->top++] = value;
}

static inline long pop(struct task *task)
{
    return task->stack[--task->top];
}

// Work in C that touches nothing of the interpreter, like that of a library for
// images: a multiplication and an addition a point.
static inline void compute_pixels(int thousands)
{
    unsigned long point = 1;

    for (long i = 0; i < 1000L * thousands; i++) {
        point = point * 6364136223846793005u + 1442695040888963407u;
        __asm__ volatile("" : "+r"(point)); // or the compiler leaves it out
    }
}

// The file is a timer: there is nothing to read before that time is over, as
// with a server that takes that long to answer.
static inline void read_file(int file, int ms)
{
    struct itimerspec answer = {.it_value = {0, 1000000L * ms}};
    unsigned long long data;

    MUST(timerfd_settime(file, 0, &answer, NULL));
    MUST(read(file, &data, sizeof data));
}

// What can take long and touches nothing of the interpreter.
static inline void take_long(struct task *task, const struct instruction *at)
{
    if (at->opcode == READ) {
        readers_at_once[++readers] = true;
        read_file(task->file, at->operand);
        readers--;
    } else if (at->opcode == PIXELS)
        compute_pixels(at->operand);
    else
        MUST(pthread_mutex_lock(task->lock));
}

// Meanwhile others may run.
static inline void without_gil(struct task *task, const struct instruction *at)
{
    gil_release(task->gil); // [without]
    take_long(task, at);
    gil_take(task->gil);
}

// Runs one instruction. Returns the one that comes next.
static inline const struct instruction *step(struct task *task,
                                             const struct instruction *at)
{
    switch (at->opcode) {
    case PUSH:
        push(task, at->operand);
        break;
    case LOAD:
        push(task, task->variables[at->operand]);
        break;
    case STORE:
        task->variables[at->operand] = pop(task);
        break;
    case ADD:
        task->stack[task->top - 2] += task->stack[task->top - 1];
        task->top--;
        break;
    case REPEAT:
        if (--task->rounds > 0)
            return task->program + at->operand;
        break;
    case WHILE:
        if (pop(task) != 0)
            return task->program + at->operand;
        break;
    case READ:
    case PIXELS:
    case ACQUIRE:
        if (task->keeps_gil)
            take_long(task, at);
        else
            without_gil(task, at);
        break;
    case LEAVE:
        MUST(pthread_mutex_unlock(task->lock));
        break;
    case END:
        break;
    }
    return at + 1;
}

// Runs the whole program of this task.
static inline void interpret(struct task *task)
{
    const struct instruction *next = task->program;

    gil_take(task->gil);
    while (next->opcode != END) { // [loop]
        if (gil_is_asked_for(task->gil))
            gil_hand_over(task->gil);
        next = step(task, next);
        task->done++;
    }
    gil_release(task->gil);
}

// One line for each instruction, as Python's module dis prints them.
static inline void print_program(const struct instruction *program)
{
    static const char *const names[] = {"PUSH",    "LOAD",  "STORE", "ADD",
                                        "REPEAT",  "WHILE", "READ",  "PIXELS",
                                        "ACQUIRE", "LEAVE", "END"};
    const struct instruction *at = program;

    for (; at->opcode != END; at++)
        printf("%2d  %-8s %d\n", (int)(at - program), names[at->opcode],
               at->operand);
    printf("%2d  END\n", (int)(at - program));
}

#endif
