// refused: unusual kind
__attribute__((common)) int lab;
