#include "sprig/known_items.hpp"

#include "sprig/values.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace celldrift::sprig {
namespace {

using gotemplate::Any;
using gotemplate::Kind;

// The same for equal scalars of one type; nothing for others. NaN equals nothing, not even itself.
std::optional<std::string> scalar_key(const Any& item) {
  const std::string type = std::to_string(std::bit_cast<std::uintptr_t>(item.type())) + " ";
  if (item.is_nil()) {
    return type;
  }
  if (item.kind() == Kind::string) {
    return type + std::string(item.as_string());
  }
  if (item.kind() == Kind::boolean) {
    return type + (item.as_bool() ? "1" : "0");
  }
  if (is_signed(item.kind())) {
    return type + std::to_string(item.as_int());
  }
  if (is_unsigned(item.kind())) {
    return type + std::to_string(item.as_unsigned());
  }
  if (is_float(item.kind()) && item.as_real() == item.as_real()) {
    const double value = item.as_real() == 0 ? 0 : item.as_real();  // -0 equals 0
    return type + std::to_string(std::bit_cast<std::uint64_t>(value));
  }
  return std::nullopt;
}

}  // namespace

bool KnownItems::contains(const Any& item) const {
  if (const auto key = scalar_key(item)) {
    return scalars_.contains(*key);
  }
  charge(call_, others_.size());
  return std::ranges::any_of(others_, [&](const Any& other) { return deep_equal(item, other); });
}

bool KnownItems::add(const Any& item) {
  if (contains(item)) {
    return false;
  }
  if (auto key = scalar_key(item)) {
    scalars_.insert(std::move(*key));
  } else {
    others_.push_back(item);
  }
  return true;
}

}  // namespace celldrift::sprig
