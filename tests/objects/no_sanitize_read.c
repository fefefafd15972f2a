// refused: reads memory
__attribute__((no_sanitize_thread)) int lab(const int *shared)
{
    return *shared;
}
