// steps_code.c - code for slides to take by its mark
#include <stdio.h>

int main(void)
{
    for (int i = 0; i < 2 && i <= 3; i++) { // [loop]
        // "a" & <b>
        printf("%d\n", i);
    }
    return 0;
}
