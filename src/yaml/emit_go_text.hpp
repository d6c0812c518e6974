// What go-yaml 2's emitter (libyaml's) finds in a string before it chooses how to write it.
#pragma once

#include <cstddef>
#include <string_view>

namespace celldrift::yaml {

// Whether a character that YAML 1.1 takes for a line end stands at `at`: CR, LF, U+0085, U+2028,
// U+2029. Its length in bytes, or 0.
std::size_t break_length(std::string_view text, std::size_t at);

// Length in bytes of the character that begins with this byte of a UTF-8 text.
std::size_t character_length(char first);

// Whether the emitter writes the character at `at` as it is. It takes none past U+FFFF for
// printable.
bool is_shown(std::string_view text, std::size_t at);

enum class TextStyle { plain, single_quoted, double_quoted, literal };
enum class KeyForm { none, simple, complex };  // complex: after "? ", on lines of its own

struct TextPlan {
  TextStyle style = TextStyle::plain;
  bool has_breaks = false;
};

// The style that Marshal gives a string, as a value or as a key.
TextPlan plan_text(std::string_view text, KeyForm key);

}  // namespace celldrift::yaml
