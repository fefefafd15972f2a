// endless_output.c - more is printed than anybody will read
// Expect: proved; says output was not kept
#include <stdio.h>

int main(void)
{
    for (int i = 0; i < 30000; i++)
        printf("%099d\n", i);
    return 0;
}
