// refused: name that is taken
long write(int fd, const void *bytes, unsigned long size)
{
    (void)fd, (void)bytes;
    return (long)size;
}
