// aborts.c - abort is a crash
// Expect: failed crash
#include <stdlib.h>

int main(void)
{
    abort();
}
