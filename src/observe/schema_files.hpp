// Types on disk: files that are believed only when they are whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::observe {

// The text that was stored under that name; nothing when there is none, or it is damaged.
std::optional<std::string> load_schema_text(const std::string& folder, const std::string& name);

// Never throws: a cache that cannot be written is no cache. The oldest files make room for new
// ones past a thousand.
void store_schema_text(const std::string& folder, const std::string& name, std::string_view text);

// 128 upper-case hex digits, as API servers write them.
std::string sha512(std::string_view bytes);

}  // namespace celldrift::observe
