#include "compare/meaning/equal.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "compare/meaning/duration.hpp"
#include "compare/meaning/moment.hpp"
#include "compare/meaning/quantity.hpp"

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

// Base64 may be folded over lines and padded differently.
bool same_bytes(std::string_view want, std::string_view have) {
  std::string a;
  std::string b;
  return base64_decode(want, a) && base64_decode(have, b) && a == b;
}

}  // namespace

bool same_scalar(const Value& want, const Value& have, const kube::Type& type, Kept kept) {
  if (want.same_node(have) || want == have || same_number(want, have)) {
    return true;
  }
  if (type.scalar_kind == kube::ScalarKind::quantity) {
    const Rounding rounding = kept == Kept::as_meant ? Rounding::milli : Rounding::none;
    return is_number_or_text(want) && is_number_or_text(have) &&
           same_quantity(text_of(want), text_of(have), rounding);
  }
  if (!want.is_string() || !have.is_string()) {
    return false;
  }
  switch (type.scalar_kind) {
    case kube::ScalarKind::time:
      return same_moment(want.as_string(), have.as_string(), kept);
    case kube::ScalarKind::duration:
      return same_duration(want.as_string(), have.as_string());
    case kube::ScalarKind::bytes:
      return same_bytes(want.as_string(), have.as_string());
    case kube::ScalarKind::quantity:
    case kube::ScalarKind::int_or_string:  // the server keeps "80" and 80 apart
    case kube::ScalarKind::plain:
    case kube::ScalarKind::integer:
    case kube::ScalarKind::number:
    case kube::ScalarKind::date:
      return false;
  }
  return false;
}

}  // namespace celldrift::compare
