// greet.c - greets each name it is given
#include <stdio.h>

int main(int argc, char *argv[])
{
    printf("I am %s\n", argv[0]);
    for (int i = 1; i < argc; i++)
        printf("hello, %s\n", argv[i]);
    return argc;
}
