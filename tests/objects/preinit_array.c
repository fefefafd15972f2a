// refused: section .preinit_array
static void first(void)
{
}

__attribute__((section(".preinit_array"),
               used)) static void (*table)(void) = first;
