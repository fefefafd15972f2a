// lost_block.c - the only pointer to a block is overwritten
// Options: --check leak
// Expect: failed leak
#include <stdlib.h>

static char *kept, *lost;

int main(void)
{
    kept = malloc(10);
    lost = malloc(20);
    lost = NULL;
    return 0;
}
