// refused: name that is taken
// A name of its own in C, another one for the linker.
void lab(void) __asm__("weave_pthread_mutex_lock");

void lab(void)
{
}
