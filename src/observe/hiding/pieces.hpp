// Looking for known values within a text: in its lines, words, assignments and URLs.
//
// Pieces end where such texts end them; a value is never looked for at any odd place. So what is
// found hangs on the text and on what is known alone, also where only hashes are known.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace celldrift::observe {

enum class Accept : std::uint8_t {
  whole,  // the piece is all of the text
  any,
  random_only,
};

struct Hiding {
  std::function<bool(std::string_view piece, Accept accept)> is_secret;
  // What stands for a piece in the result; different for different pieces.
  std::function<std::string(std::string_view piece)> hidden;
};

// The text with its secret pieces hidden; nothing when it has none. O(length).
std::optional<std::string> hide_pieces(std::string_view text, const Hiding& hiding);

}  // namespace celldrift::observe
