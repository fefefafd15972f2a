// wild_string.c - a string at an address where nothing is
// Expect: failed crash
#include <string.h>

int main(void)
{
    const char *volatile wild = (const char *)0x123456789abc;
    char copy[10];

    return strcpy(copy, wild) == copy;
}
