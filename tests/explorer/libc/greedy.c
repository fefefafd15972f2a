// greedy.c - allocates until there is nothing left, and looks at the result
// Expect: proved; says an allocation failed
#include <stdlib.h>

int main(void)
{
    while (malloc(16 << 20))
        continue;
    return 0;
}
