#include "audit/gate/quantity_order.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

namespace celldrift::audit {
namespace {

struct Suffix {
  std::string_view text;
  long double factor;
};
constexpr Suffix suffixes[] = {{"", 1},
                               {"n", 1e-9L},
                               {"u", 1e-6L},
                               {"m", 1e-3L},
                               {"k", 1e3L},
                               {"M", 1e6L},
                               {"G", 1e9L},
                               {"T", 1e12L},
                               {"P", 1e15L},
                               {"E", 1e18L},
                               {"Ki", 0x1p10L},
                               {"Mi", 0x1p20L},
                               {"Gi", 0x1p30L},
                               {"Ti", 0x1p40L},
                               {"Pi", 0x1p50L},
                               {"Ei", 0x1p60L}};

// Exact for all that storage comes in: 64 bits of a long double's mantissa.
std::optional<long double> amount(const Value& value) {
  if (value.is_number()) {
    return value.is_int() ? static_cast<long double>(value.as_int())
                          : static_cast<long double>(value.as_double());
  }
  const std::string text(value.is_string() ? value.as_string() : "");
  const bool is_number = text.find_first_not_of("0123456789+-.eEinumkMGTPK") == text.npos;
  if (text.empty() || text.size() > 64 || !is_number) {
    return std::nullopt;
  }
  char* end = nullptr;
  const long double number = std::strtold(text.c_str(), &end);
  const auto* suffix = std::ranges::find(suffixes, std::string_view(end), &Suffix::text);
  if (end == text.c_str() || suffix == std::end(suffixes) || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number * suffix->factor;
}

}  // namespace

bool is_less_quantity(const Value& a, const Value& b) {
  const auto left = amount(a);
  const auto right = amount(b);
  return left && right && *left < *right;
}

}  // namespace celldrift::audit
