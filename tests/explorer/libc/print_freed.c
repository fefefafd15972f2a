// print_freed.c - printf reads a string that was given back
// Expect: failed use_after_free
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *name = strdup("Ana");

    free(name);
    printf("%s\n", name);
    return 0;
}
