// jump_back.c - setjmp and longjmp inside threads
#include <setjmp.h>

#include "together.h"

static int x, attempts[2], seen[2];

static void attempt(jmp_buf back, int i)
{
    attempts[i]++;
    if (x == 0 && attempts[i] < 2)
        longjmp(back, 1);
}

static void *work(void *argument)
{
    jmp_buf back;

    if (setjmp(back) == 0)
        seen[me(argument)] = 1;
    else
        seen[me(argument)] = 2;
    attempt(back, me(argument));
    x = me(argument) + 1;
    return NULL;
}

int main(void)
{
    together(work, work, NULL, NULL);
    return 0;
}
