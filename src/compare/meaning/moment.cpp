#include "compare/meaning/moment.hpp"

#include "celldrift/core/clock.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// The digits behind the point of the seconds.
std::string_view fraction_of(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = text.substr(point + 1);
  return rest.substr(0, std::min(rest.find_first_not_of("0123456789"), rest.size()));
}

std::string_view without_zeros(std::string_view digits) {
  const std::size_t last = digits.find_last_not_of('0');
  return digits.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

bool same_moment(std::string_view stated, std::string_view stored, Kept kept) {
  const auto want = parse_time(stated);
  const auto have = parse_time(stored);
  if (!want || !have || *want != *have) {
    return false;
  }
  std::string_view fraction = fraction_of(stated);
  if (kept == Kept::as_meant) {
    fraction = fraction.substr(0, fraction_of(stored).size());
  }
  return without_zeros(fraction) == without_zeros(fraction_of(stored));
}

}  // namespace celldrift::compare
