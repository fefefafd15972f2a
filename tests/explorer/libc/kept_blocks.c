// kept_blocks.c - a list that a global still holds is no leak
// Options: --check leak
// Expect: proved
#include <stdlib.h>

struct node {
    struct node *next;
};
static struct node *first;

int main(void)
{
    for (int i = 0; i < 5; i++) {
        struct node *node = malloc(sizeof *node);

        node->next = first;
        first = node;
    }
    return 0;
}
