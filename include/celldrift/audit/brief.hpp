// Values on one line, for people.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>

namespace celldrift::audit {

// True for what stands in for a secret value: "hmac-sha256:" and 32 hex digits.
bool is_secret_hash(std::string_view text);

// A value in at most `limit` characters, cut with "…": 3, true, "3" (a string), plain text as it
// is, [1, 2], {name: app}. Secret hashes are "(secret value)". Printable; costs O(limit), whatever
// the value's size.
std::string brief(const Value& value, std::size_t limit = 60);

// The first characters of a printable text, with "…" as the last of `limit` when something is left
// out.
std::string cut(std::string_view text, std::size_t limit);

}  // namespace celldrift::audit
