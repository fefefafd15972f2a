// sorts.c - qsort sorts, keeps the order of equals, and bsearch finds
// Expect: proved
#include <assert.h>
#include <stdlib.h>

struct item {
    int key, number;
};

static int by_key(const void *a, const void *b)
{
    const struct item *first = a, *second = b;

    return (first->key > second->key) - (first->key < second->key);
}

int main(void)
{
    struct item items[40], wanted = {3, 0}, *found;

    for (int i = 0; i < 40; i++)
        items[i] = (struct item){i * 7 % 5, i};
    qsort(items, 40, sizeof *items, by_key);
    for (int i = 1; i < 40; i++)
        assert(items[i - 1].key < items[i].key ||
               (items[i - 1].key == items[i].key &&
                items[i - 1].number < items[i].number));
    found = bsearch(&wanted, items, 40, sizeof *items, by_key);
    assert(found && found->key == 3);
    wanted.key = 9;
    assert(!bsearch(&wanted, items, 40, sizeof *items, by_key));
    return 0;
}
