// unknown_values.c - one of many values is no proof for all
// Expect: sampled; says unknown_values.c:11
#include <pthread.h>

int __VERIFIER_nondet_int(void);
unsigned short __VERIFIER_nondet_ushort(void);
_Bool __VERIFIER_nondet_bool(void);

int main(void)
{
    while (__VERIFIER_nondet_int())
        continue;
    return __VERIFIER_nondet_bool() ? __VERIFIER_nondet_ushort() > 2 : 0;
}
