// refused: section telar_data
__attribute__((section("telar_data"))) int lab = 1;
