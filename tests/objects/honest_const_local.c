// accepted
long lab(long distance)
{
    const long window[2] = {1, 2};

    return window[distance];
}
