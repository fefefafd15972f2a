// refused: before main
static void first(void)
{
}

__attribute__((section(".init_array.00099"),
               used)) static void (*table)(void) = first;
