// report.c - the lines of protocol.h, written
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "tools/explorer/engine/cell.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/replay.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/protocol.h"

static char buffer[1 << 16];
static size_t used;

void report_flush(void)
{
    size_t done = 0;

    while (done < used) {
        ssize_t n = write(WEAVE_FD, buffer + done, used - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(3); // nobody reads
        done += (size_t)n;
    }
    used = 0;
}

static void put(const char *bytes, size_t size)
{
    if (used + size > sizeof buffer)
        report_flush();
    memcpy(buffer + used, bytes, size);
    used += size;
}

static void put_format(const char *format, va_list rest)
{
    char line[2048];
    int size = vsnprintf(line, sizeof line, format, rest);

    put(line, size < (int)sizeof line ? (size_t)size : sizeof line - 1);
}

void report_line(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    put_format(format, rest);
    va_end(rest);
    put("\n", 1);
}

static void put_printable(unsigned char byte)
{
    char hex[5];

    if (byte == '\t')
        put("\\t", 2);
    else if (byte == '\n')
        put("\\n", 2);
    else if (byte == '\\')
        put("\\\\", 2);
    else if (byte < 0x20 || byte == 0x7f) {
        snprintf(hex, sizeof hex, "\\x%02x", byte);
        put(hex, 4);
    } else
        put((const char *)&byte, 1);
}

void report_text(const char *text, size_t size, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    put_format(format, rest);
    va_end(rest);
    put("\t", 1);
    for (size_t i = 0; i < size; i++)
        put_printable((unsigned char)text[i]);
    put("\n", 1);
}

// ---- Steps ------------------------------------------------------------------

// A hook is called before the access: what was written can be read only later.
static struct {
    bool is_waiting;
    int task, alternative;
    bool preempts, fails;
    uint64_t position;
    struct op op;
} step;
static int number;

static bool is_try(enum op_kind op)
{
    return op == OP_TRYLOCK || op == OP_TRY_READ_LOCK ||
           op == OP_TRY_WRITE_LOCK || op == OP_SEM_TRYWAIT;
}

static void value_text(char *text, size_t size)
{
    uint64_t value = 0;

    if (is_try(step.op.kind)) {
        snprintf(text, size, "%d", !step.fails);
        return;
    }

    if (op_class_of[step.op.kind] != CLASS_CELL || step.op.size > 8) {
        snprintf(text, size, "-");
        return;
    }
    memcpy(&value, (const void *)step.op.address, step.op.size);
    snprintf(text, size, "%llu", (unsigned long long)value);
}

void report_settle(void)
{
    char value[24];

    if (!step.is_waiting)
        return;
    step.is_waiting = false;
    value_text(value, sizeof value);
    report_line("step\t%d\t%d\t%s\t%d\t%#lx\t%u\t%s\t%p\t%llu\t%d", ++number,
                step.task, op_name_of[step.op.kind], step.alternative,
                step.op.kind == OP_JOIN || step.op.kind == OP_CREATE
                    ? (unsigned long)step.op.object
                    : (unsigned long)step.op.address,
                step.op.size, value, step.op.pc,
                (unsigned long long)step.position, step.preempts);
}

static bool is_shared(const struct op *op)
{
    uintptr_t end = op->address + op->size;

    for (struct cell *cell = cell_first(op->address, op->size); cell;
         cell = cell_next(cell, end))
        if (cell->is_shared || cell->is_racy)
            return true;
    return false;
}

void report_step(const struct op *op)
{
    report_settle();
    if (op_class_of[op->kind] == CLASS_CELL && !loom.tells_all &&
        !is_shared(op))
        return;
    step.is_waiting = true;
    step.fails = false;
    step.task = task_now;
    step.alternative = TASK->granted;
    step.op = *op;
    step.position = TASK->steps;
    step.preempts = replay_preempted();
    if (op->kind == OP_READ)
        report_settle();
}

void report_fails(void)
{
    step.fails = true;
}

void report_wait(void)
{
    const struct op *op = &TASK->op;
    bool is_object = op_class_of[op->kind] == CLASS_OBJECT;

    report_settle();
    report_line("wait\t%d\t%s\t%#lx\t%p\t%d", task_now, op_name_of[op->kind],
                op->kind == OP_JOIN ? (unsigned long)op->object
                                    : (unsigned long)op->address,
                op->pc, is_object ? objects[op->object].state.owner : -1);
}

void report_note(enum op_kind op, uintptr_t address, size_t size,
                 const void *pc)
{
    if (!loom.is_telling)
        return;
    report_step(&(struct op){.kind = (uint8_t)op,
                             .object = (uint32_t)address,
                             .address = address,
                             .size = (uint32_t)size,
                             .pc = pc});
}

void report_output(int fd, const char *text, size_t size)
{
    if (!loom.is_telling)
        return;
    report_settle();
    report_text(text, size, "output\t%d\t%d", fd, task_now);
}
