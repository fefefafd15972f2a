run cotton
backtrace
frame function find
print i
print words[i]
