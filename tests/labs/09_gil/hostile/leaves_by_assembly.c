// leaves_by_assembly.c - ends the process with an instruction of its own
#include "gil.h"

static void leave(void)
{
#ifdef __x86_64__
    __asm__ volatile("syscall" : : "a"(231), "D"(0) : "rcx", "r11");
#else
    __builtin_trap();
#endif
}

void gil_init(struct gil *gil, long interval_us)
{
    (void)gil, (void)interval_us;
}

void gil_take(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_release(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_check(struct gil *gil)
{
    (void)gil;
    leave();
}
