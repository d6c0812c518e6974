#include "compare/ownership/record.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::compare {
namespace {

// What a client-side apply last stated.
Value last_applied(const Value& live) {
  const std::string_view text = live.string_at(
      {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"});
  if (text.empty()) {
    return {};
  }
  try {
    return yaml::parse_json(text).value;
  } catch (const Error&) {
    return {};  // then its owner's claims show nothing
  }
}

}  // namespace

void Record::read() {
  if (!ownership_) {
    ownership_.emplace(live_, managers_);
    last_applied_ = last_applied(live_);
  }
}

OwnedNode Record::at(const Crumb& crumb) {
  if (crumb.step == Crumb::Step::root) {
    read();
    return OwnedNode(*ownership_, last_applied_.is_null() ? nullptr : &last_applied_);
  }
  const OwnedNode around = at(*crumb.parent);
  switch (crumb.step) {
    case Crumb::Step::root:
    case Crumb::Step::field:
      break;
    case Crumb::Step::item:
      return around.item(*crumb.keys);
    case Crumb::Step::member:
      return around.member(*crumb.keys);
    case Crumb::Step::index:
      return around.index(crumb.index.value_or(0));
  }
  return around.field(crumb.field, *crumb.of);
}

}  // namespace celldrift::compare
