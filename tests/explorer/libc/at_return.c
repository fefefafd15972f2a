// at_return.c - what atexit was given runs when main returns
// Expect: failed assertion
#include <assert.h>
#include <stdlib.h>

static int done;

static void check(void)
{
    assert(!done);
}

int main(void)
{
    atexit(check);
    done = 1;
    return 0;
}
