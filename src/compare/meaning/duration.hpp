// Durations in custom resources (format: duration): "1h30m" is "90m".
#pragma once

#include <string_view>

namespace celldrift::compare {

// True when both are durations of the same length, as Go's time.ParseDuration reads them, or as
// go-openapi's strfmt does where that fails ("2 days"). What is no duration equals only itself.
bool same_duration(std::string_view stated, std::string_view stored);

}  // namespace celldrift::compare
