#include "compare/equal.hpp"

#include "celldrift/core/clock.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "compare/quantity.hpp"

namespace celldrift::compare {
namespace {

// A number or string as the text that a person would type.
std::string text_of(const Value& value) {
  return value.is_string() ? std::string(value.as_string()) : yaml::emit_json(value);
}

bool is_number_or_text(const Value& value) {
  return value.is_string() || value.is_number();
}

bool same_number(const Value& want, const Value& have) {
  if (want.is_int() && have.is_int()) {
    return want.as_int() == have.as_int();
  }
  return want.is_number() && have.is_number() && want.as_double() == have.as_double();
}

bool same_time(const Value& want, const Value& have) {
  const auto a = parse_time(want.is_string() ? want.as_string() : "");
  const auto b = parse_time(have.is_string() ? have.as_string() : "");
  return a && b && *a == *b;
}

// Base64 may be folded over lines and padded differently.
bool same_bytes(const Value& want, const Value& have) {
  std::string a;
  std::string b;
  return want.is_string() && have.is_string() && base64_decode(want.as_string(), a) &&
         base64_decode(have.as_string(), b) && a == b;
}

}  // namespace

bool same_scalar(const Value& want, const Value& have, const kube::Type& type) {
  if (want == have || same_number(want, have)) {
    return true;
  }
  switch (type.scalar_kind) {
    case kube::ScalarKind::quantity:
      return is_number_or_text(want) && is_number_or_text(have) &&
             same_quantity(text_of(want), text_of(have));
    case kube::ScalarKind::int_or_string:
      return is_number_or_text(want) && is_number_or_text(have) && text_of(want) == text_of(have);
    case kube::ScalarKind::time:
      return same_time(want, have);
    case kube::ScalarKind::bytes:
      return same_bytes(want, have);
    case kube::ScalarKind::plain:
    case kube::ScalarKind::integer:
    case kube::ScalarKind::number:
    case kube::ScalarKind::date:
    case kube::ScalarKind::duration:
      return false;
  }
  return false;
}

}  // namespace celldrift::compare
