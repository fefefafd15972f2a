// refused: return
// Over its own return address, by a write that is announced.
void lab(void *where)
{
    void **frame = __builtin_frame_address(0);

    frame[1] = where;
}
