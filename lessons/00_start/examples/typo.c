// typo.c - says hello, and complains about too many names
#include <stdio.h>

int main(int argc, char *argv[])
{
    const char *message = "too many names";

    printf("hello from %s\n", argv[0]);
    if (argc > 100)
        puts(mesage);
    return 0;
}
