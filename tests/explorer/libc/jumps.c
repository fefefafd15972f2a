// jumps.c - longjmp out of a function
// Expect: proved
#include <assert.h>
#include <setjmp.h>

static jmp_buf back;

static void leave(void)
{
    longjmp(back, 3);
}

int main(void)
{
    int came = setjmp(back);

    if (came == 0)
        leave();
    assert(came == 3);
    return 0;
}
