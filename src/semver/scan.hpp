// The one shape that versions and the versions of constraints share:
// v?N(.N)?(.N)?(-pre(.pre)*)?(+meta(.meta)*)?
#pragma once

#include <cstddef>
#include <string_view>

namespace celldrift::semver {

// What a part N may hold: digits, or what constraints allow, where the library's character class
// [0-9|x|X|\*] takes a single "|" as well.
enum class NumberPart { digits, digits_or_wildcards };

struct Scanned {
  std::string_view major;  // empty: no version stands there
  std::string_view minor;  // without its dot; empty when it is left out, like patch
  std::string_view patch;
  std::string_view prerelease;  // without "-"
  std::string_view metadata;    // without "+"
  std::size_t length = 0;       // bytes that all of it takes
};

// The longest version at the start of `text`.
Scanned scan(std::string_view text, NumberPart numbers);

// What \s matches in Go.
bool is_space(char c);
std::size_t count_spaces(std::string_view text);  // at the start

}  // namespace celldrift::semver
