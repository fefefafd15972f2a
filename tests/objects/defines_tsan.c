// refused: name that is taken
void __tsan_write4(void *address)
{
    (void)address;
}
