// Any script in ASCII, as gosimple/unidecode 1.0 writes it.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::fleet {

// Characters that the library does not know are left out: "Straße" is "Strasse", "日" is "Ri ".
// Safe to call from any thread.
std::string transliterate(std::string_view text);

}  // namespace celldrift::fleet
