// python_readlines.c - how many lines Python's readlines(10000) brings
// Run:    make run-python_readlines   (says so if there is no python3)
// Expect: 101 lines of 100 bytes, of the 20000 in the file
// Why:    the number is a hint of size: it stops behind the line with which
//         the bytes (in text mode, the characters) have passed it
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static const char script[] =
    "import tempfile\n"
    "with tempfile.TemporaryFile('w+') as f:\n"
    "    f.writelines('%099d\\n' % i for i in range(20000))\n" // [lines]
    "    f.seek(0)\n"
    "    lines = f.readlines(10000)\n"
    "    print(len(lines), sum(len(line) for line in lines))\n";

int main(void)
{
    long lines = 0, bytes = 0;

    setenv("SCRIPT", script, 1);
    FILE *python = MUST(popen("exec python3 -c \"$SCRIPT\" 2>/dev/null", "r"));
    int measured = fscanf(python, "%ld %ld", &lines, &bytes) == 2;
    pclose(python);

    fact("python", measured);
    fact("lines", lines);
    if (!measured) {
        puts("there is no python3 here that could be measured");
        return 0;
    }
    printf("readlines(10000): %ld lines, %ld bytes\n", lines, bytes);
    fact("bytes", bytes);
    return 0;
}
