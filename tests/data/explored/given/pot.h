// pot.h - a pot of coins that many threads share
#ifndef POT_H
#define POT_H

// Puts so many coins into the pot, one by one.
void pot_put(int coins);

// Waits until there are so many, and takes them.
void pot_take(int coins);

// How many there are.
int pot_count(void);

#endif
