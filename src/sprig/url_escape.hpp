#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::sprig {

// Each part of a URL has characters of its own that need no escape.
enum class UrlPart : std::uint8_t { path, user, host, zone, fragment };

std::string url_escape(std::string_view text, UrlPart part);
// Throws Error(config) with Go's message: invalid URL escape "%x".
std::string url_unescape(std::string_view text, UrlPart part);

}  // namespace celldrift::sprig
