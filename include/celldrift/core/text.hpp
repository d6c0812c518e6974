// Small functions on strings that several stages need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift {

// Splits at each `separator`; "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);  // blanks, tabs and line ends
std::string lower(std::string_view text);      // ASCII only
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// Shell-like match of a whole name: "*" any characters, "?" one, "[a-z]" one of, "\" the next as it
// is.
bool glob_match(std::string_view pattern, std::string_view name);

// The whole of a local file. Throws Error(io) that names it, Error(limit) past `max_bytes`.
std::string read_file(const std::string& path, std::size_t max_bytes = 1u << 30);

// Standard base64 with padding; decode gives nothing for anything else (line ends are skipped).
std::string base64_encode(std::string_view bytes);
bool base64_decode(std::string_view text, std::string& bytes);

}  // namespace celldrift
