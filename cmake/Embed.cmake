# Writes a C++ source that holds a file's bytes. The bytes come in through the assembler (.incbin), so that
# megabytes cost nothing to compile.
file(WRITE ${OUTPUT} "#include <string_view>
__asm__(\".section .rodata\\n\"
        \"${SYMBOL}_begin:\\n\"
        \".incbin \\\"${INPUT}\\\"\\n\"
        \"${SYMBOL}_end:\\n\"
        \".byte 0\\n\"
        \".text\\n\");
extern \"C\" const char ${SYMBOL}_begin[];
extern \"C\" const char ${SYMBOL}_end[];
namespace celldrift::embedded {
extern const std::string_view ${SYMBOL};
const std::string_view ${SYMBOL}{${SYMBOL}_begin, static_cast<std::size_t>(${SYMBOL}_end - ${SYMBOL}_begin)};
}  // namespace celldrift::embedded
")
