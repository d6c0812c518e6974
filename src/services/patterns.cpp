#include "services/patterns.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::services {

std::optional<regexp::Regexp> pattern_of(const Fields& filter,
                                         std::string_view field,
                                         std::string_view title) {
  if (!filter.present(field)) {
    return std::nullopt;
  }
  const std::string pattern = filter.text(field);
  try {
    return regexp::Regexp(pattern);
  } catch (const Error& error) {
    throw Error(ErrorCode::config,
                "error compiling " + std::string(title) + " regexp \"" + printable(pattern) +
                    "\": " + error.message(),
                filter.present(field)->mark());
  }
}

bool passes(const std::optional<regexp::Regexp>& pattern, std::string_view text) {
  return !pattern || pattern->matches(text);
}

}  // namespace celldrift::services
