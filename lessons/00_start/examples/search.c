// search.c - says which word of a list it was given
#include <stdio.h>
#include <string.h>

static const char *words[] = {"wool", "flax", "silk", NULL};

static int find(const char *wanted)
{
    int i = 0;

    while (strcmp(words[i], wanted) != 0)
        i++;
    return i;
}

int main(int argc, char *argv[])
{
    if (argc == 2)
        printf("%s is word %d\n", argv[1], find(argv[1]));
    return 0;
}
