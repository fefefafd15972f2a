// object_opcodes.c - the instructions that gcc writes for C, and what they do
#include "tools/grader/object_opcodes.h"

#define I(name) X86_INS_##name

static const unsigned nothing[] = {I(NOP), I(ENDBR64), I(UD2), I(PAUSE)};

// Flags and registers without a name are all that these write.
static const unsigned reads[] = {
    I(CMP),     I(TEST),  I(BT),     I(COMISS), I(COMISD), I(UCOMISS),
    I(UCOMISD), I(MUL),   I(DIV),    I(IDIV),   I(FLD),    I(FILD),
    I(FLD1),    I(FLDZ),  I(FADD),   I(FSUB),   I(FSUBR),  I(FMUL),
    I(FDIV),    I(FDIVR), I(FCHS),   I(FADDP),  I(FSUBP),  I(FSUBRP),
    I(FMULP),   I(FDIVP), I(FDIVRP), I(FABS),   I(FXCH),   I(FUCOMI),
    I(FUCOMIP), I(FCOMI), I(FCOMIP), I(FLDCW),  I(CDQ),    I(CQO),
    I(CWD),
};

static const unsigned writes[] = {
    I(MOV),      I(MOVABS),   I(MOVZX),     I(MOVSX),     I(MOVSXD),
    I(MOVSS),    I(MOVSD),    I(MOVD),      I(MOVQ),      I(MOVAPS),
    I(MOVAPD),   I(MOVUPS),   I(MOVUPD),    I(MOVDQA),    I(MOVDQU),
    I(CVTSI2SD), I(CVTSI2SS), I(CVTTSD2SI), I(CVTTSS2SI), I(CVTSS2SD),
    I(CVTSD2SS), I(SQRTSD),   I(SQRTSS),    I(FST),       I(FSTP),
    I(FIST),     I(FISTP),    I(FISTTP),    I(FNSTCW),    I(SETA),
    I(SETAE),    I(SETB),     I(SETBE),     I(SETE),      I(SETG),
    I(SETGE),    I(SETL),     I(SETLE),     I(SETNE),     I(SETNO),
    I(SETNP),    I(SETNS),    I(SETO),      I(SETP),      I(SETS),
    I(BSF),      I(BSR),
};

static const unsigned changes[] = {
    I(ADD),      I(SUB),      I(ADC),      I(SBB),        I(AND),
    I(OR),       I(XOR),      I(NEG),      I(NOT),        I(INC),
    I(DEC),      I(SHL),      I(SAL),      I(SHR),        I(SAR),
    I(ROL),      I(ROR),      I(SHLD),     I(SHRD),       I(BSWAP),
    I(CMOVA),    I(CMOVAE),   I(CMOVB),    I(CMOVBE),     I(CMOVE),
    I(CMOVG),    I(CMOVGE),   I(CMOVL),    I(CMOVLE),     I(CMOVNE),
    I(CMOVNS),   I(CMOVS),    I(ADDSS),    I(ADDSD),      I(SUBSS),
    I(SUBSD),    I(MULSS),    I(MULSD),    I(DIVSS),      I(DIVSD),
    I(PXOR),     I(POR),      I(PAND),     I(XORPS),      I(XORPD),
    I(ANDPS),    I(ANDPD),    I(ANDNPS),   I(ANDNPD),     I(ORPS),
    I(ORPD),     I(UNPCKLPS), I(UNPCKLPD), I(PUNPCKLQDQ), I(CVTPS2PD),
    I(CVTPD2PS), I(MOVHPS),   I(MOVHPD),   I(PINSRQ),
};

static const unsigned pure[] = {I(AND), I(OR),  I(XOR), I(SHL),
                                I(SAL), I(SHR), I(SAR), I(IMUL)};

static bool is_among(unsigned id, const unsigned *list, size_t size_bytes)
{
    for (size_t i = 0; i < size_bytes / sizeof *list; i++)
        if (list[i] == id)
            return true;
    return false;
}
#define AMONG(id, list) is_among(id, list, sizeof list)

bool opcode_is_pure(unsigned id)
{
    return AMONG(id, pure);
}

// One operand: times rax. Two or three: the first is written.
static enum opcode_class class_of_imul(const cs_x86 *x86)
{
    return x86->op_count == 1   ? OPCODE_READS
           : x86->op_count == 2 ? OPCODE_CHANGES
                                : OPCODE_WRITES;
}

static enum opcode_class class_of_flow(unsigned id)
{
    switch (id) {
    case X86_INS_CALL:
        return OPCODE_CALL;
    case X86_INS_RET:
        return OPCODE_RETURN;
    case X86_INS_LEAVE:
        return OPCODE_LEAVE;
    case X86_INS_PUSH:
        return OPCODE_PUSH;
    case X86_INS_POP:
        return OPCODE_POP;
    case X86_INS_LEA:
        return OPCODE_ADDRESS;
    case X86_INS_XCHG:
        return OPCODE_EXCHANGE;
    case X86_INS_CDQE:
    case X86_INS_CWDE:
    case X86_INS_CBW:
        return OPCODE_WIDEN;
    default:
        return OPCODE_UNKNOWN;
    }
}

static bool is_jump(unsigned id)
{
    static const unsigned jumps[] = {
        I(JMP), I(JA),  I(JAE), I(JB),  I(JBE), I(JE), I(JG), I(JGE), I(JL),
        I(JLE), I(JNE), I(JNO), I(JNP), I(JNS), I(JO), I(JP), I(JS),
    };

    return AMONG(id, jumps);
}

// MOVSD and MOVSQ are a copy of strings or a move of numbers.
static enum opcode_class class_of_string(const cs_insn *code)
{
    uint8_t opcode = code->detail->x86.opcode[0];

    if (opcode == 0xaa || opcode == 0xab)
        return OPCODE_FILL;
    if (opcode == 0xa4 || opcode == 0xa5)
        return OPCODE_COPY;
    return OPCODE_UNKNOWN;
}

enum opcode_class opcode_class(const cs_insn *code)
{
    enum opcode_class string = class_of_string(code);
    unsigned id = code->id;

    if (string)
        return string;
    if (id == X86_INS_IMUL)
        return class_of_imul(&code->detail->x86);
    if (is_jump(id))
        return OPCODE_JUMP;
    if (AMONG(id, nothing))
        return OPCODE_NOTHING;
    if (AMONG(id, reads))
        return OPCODE_READS;
    if (AMONG(id, writes))
        return OPCODE_WRITES;
    return AMONG(id, changes) ? OPCODE_CHANGES : class_of_flow(id);
}

bool opcode_is_high_part(unsigned reg)
{
    return reg == X86_REG_AH || reg == X86_REG_BH || reg == X86_REG_CH ||
           reg == X86_REG_DH;
}

#define PARTS(number, r64, r32, r16, r8)                                       \
    case X86_REG_##r64:                                                        \
    case X86_REG_##r32:                                                        \
    case X86_REG_##r16:                                                        \
    case X86_REG_##r8:                                                         \
        return number;

int opcode_register(unsigned reg)
{
    switch (reg) {
        PARTS(0, RAX, EAX, AX, AL)
        PARTS(1, RCX, ECX, CX, CL)
        PARTS(2, RDX, EDX, DX, DL)
        PARTS(3, RBX, EBX, BX, BL)
        PARTS(4, RSP, ESP, SP, SPL)
        PARTS(5, RBP, EBP, BP, BPL)
        PARTS(6, RSI, ESI, SI, SIL)
        PARTS(7, RDI, EDI, DI, DIL)
        PARTS(8, R8, R8D, R8W, R8B)
        PARTS(9, R9, R9D, R9W, R9B)
        PARTS(10, R10, R10D, R10W, R10B)
        PARTS(11, R11, R11D, R11W, R11B)
        PARTS(12, R12, R12D, R12W, R12B)
        PARTS(13, R13, R13D, R13W, R13B)
        PARTS(14, R14, R14D, R14W, R14B)
        PARTS(15, R15, R15D, R15W, R15B)
    case X86_REG_AH:
        return 0;
    case X86_REG_CH:
        return 1;
    case X86_REG_DH:
        return 2;
    case X86_REG_BH:
        return 3;
    default:
        return -1;
    }
}
