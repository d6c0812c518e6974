// URLs as the libraries of Argo CD's providers write them, so that servers are asked the same.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift::services {

// url.PathEscape.
std::string path_segment(std::string_view text);
// (&url.URL{Path: text}).String(), its "." segments resolved.
std::string path_text(std::string_view text);
// A text that a library puts into a URL as it is. Throws Error(config) for what would lead
// elsewhere: "?", "#", a broken "%", control characters, and "." or ".." as a segment.
std::string raw_path(std::string_view text);

// "?a=1&b=2", keys sorted, as url.Values encodes them; "" for none.
using Parameters = std::vector<std::pair<std::string, std::string>>;
std::string query(Parameters parameters);

// The value of a parameter in a URL's query; "" when it is missing.
std::string parameter_of(std::string_view url, std::string_view name);

}  // namespace celldrift::services
