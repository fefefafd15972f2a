// scans.c - sscanf finds what it should, and input is at its end
// Expect: proved; says asked for input
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    int a = 0, b = 0;
    long c = 0;
    double d = 0;
    char word[8], letter, rest[8];

    assert(sscanf("12 -7", "%d%d", &a, &b) == 2 && a == 12 && b == -7);
    assert(sscanf("x=5,y=2.5", "x=%ld,y=%lf", &c, &d) == 2 && c == 5);
    assert(d == 2.5);
    assert(sscanf("  hola mundo", "%4s%c%[a-z]", word, &letter, rest) == 3);
    assert(!strcmp(word, "hola") && letter == ' ' && !strcmp(rest, "mundo"));
    assert(sscanf("77 88", "%*d %d%n", &a, &b) == 1 && a == 88 && b == 5);
    assert(sscanf("nothing", "%d", &a) == 0);
    assert(sscanf("", "%d", &a) == EOF);
    assert(getchar() == EOF && !fgets(word, 8, stdin) && feof(stdin));
    assert(scanf("%d", &a) == EOF && read(0, word, 8) == 0);
    return 0;
}
