// beyond_globals.c - more is filled than there is of all globals
// Expect: failed out_of_bounds
#include <string.h>

static char small[10];

int main(void)
{
    memset(small, 1, 3000000);
    return 0;
}
