// number_in_text.c - atoi takes any text and never says that it failed
// Run:    make run-number_in_text
// Expect: 42, then 12, then 0 for a word and 0 for a zero
// Why:    atoi returns a number in every case, so none is left to mean "error"
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"

int main(void) // [number_in_text]
{
    const char *texts[] = {"42", "12 apples", "apples", "0"};

    for (int i = 0; i < 4; i++)
        printf("atoi(\"%s\") = %d\n", texts[i], atoi(texts[i]));

    fact("apples_after_12", atoi("12 apples"));
    fact("only_apples", atoi("apples"));
    return 0;
}
