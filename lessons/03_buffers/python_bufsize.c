// python_bufsize.c - how many read calls Python makes for each bufsize
// Run:    make run-python_bufsize   (says so if there is no python3)
// Expect: bufsize 1, -1 and 65536 alike, a few; bufsize 0 one call a byte
// Why:    bufsize=1 asks for line buffering, which concerns what is written;
//         only 0 leaves the buffer out
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static const char script[] =
    "import subprocess\n"
    "def read_calls():\n"
    "    with open('/proc/self/io') as io:\n"
    "        return int(io.read().split('syscr: ')[1].split()[0])\n"
    "def measure(size, text):\n"
    "    child = subprocess.Popen(['seq', '20000'], bufsize=size,\n" // [popen]
    "                             stdout=subprocess.PIPE, text=text)\n"
    "    before = read_calls()\n"
    "    bytes = sum(len(line) for line in child.stdout)\n"
    "    print(bytes, read_calls() - before)\n"
    "for size in 1, -1, 65536:\n"
    "    measure(size, True)\n"
    "measure(0, False)\n";

int main(void)
{
    static const char *const names[] = {"bufsize=1", "bufsize=-1",
                                        "bufsize=65536", "bufsize=0"};
    static const char *const facts[] = {"line_calls", "default_calls",
                                        "big_calls", "none_calls"};
    long bytes[4] = {0}, calls[4] = {0};
    int measured = 0;

    setenv("SCRIPT", script, 1);
    FILE *python = MUST(popen("exec python3 -c \"$SCRIPT\" 2>/dev/null", "r"));
    while (measured < 4 &&
           fscanf(python, "%ld %ld", &bytes[measured], &calls[measured]) == 2)
        measured++;
    pclose(python);

    fact("python", measured == 4);
    fact("line_bytes_a_call", measured == 4 ? bytes[0] / calls[0] : 0);
    if (measured < 4) {
        puts("there is no python3 here that could be measured");
        return 0;
    }
    for (int i = 0; i < 4; i++) {
        printf("%-14s %6ld bytes, %6ld read calls\n", names[i], bytes[i],
               calls[i]);
        fact(facts[i], calls[i]);
    }
    return 0;
}
