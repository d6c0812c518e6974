#include "compare/walk.hpp"

#include "compare/crumb.hpp"
#include "compare/equal.hpp"
#include "compare/own_marks.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// Objects of unknown kinds have the metadata of all.
const kube::Type& field_type(const kube::Place& place, std::string_view name) {
  if (place.parent == nullptr && name == "metadata") {
    static const kube::Type* const metadata =
        kube::Schema::builtin().named("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    return metadata != nullptr ? *metadata : *place.type.field(name);
  }
  return *place.type.field(name);
}

// What is never compared: it is not Git's to say, or it says only whose the object is.
bool is_left_out(const kube::Place& place, std::string_view name) {
  // The object was read at the version that Git states, or at the only one that the cell serves.
  const bool is_type = place.parent == nullptr && (name == "apiVersion" || name == "kind");
  return is_type || kube::server_field(place, name) || is_own_mark(place, name);
}

}  // namespace

std::vector<Difference> Walk::run(const Value& desired, const Value& live, const OwnedNode& owned) {
  const kube::Type& type =
      context_.schema.type_of(desired.string_at({"apiVersion"}), desired.string_at({"kind"}));
  const kube::Place place{.live = live, .type = type, .desired = &desired};
  const Crumb root;
  both(desired, {place, root, owned}, nullptr);
  return std::move(found_);
}

void Walk::both(const Value& want, const LiveNode& live, const kube::Field* field) {
  const Value& have = live.place.live;
  if (want == have) {
    return;
  }
  const auto expected = [&] {
    return field == nullptr ? kube::Default{}
                            : kube::default_of(*live.place.parent, live.place.field);
  };
  if (want.is_null()) {  // to state null is to state nothing
    unstated(live, expected());
    return;
  }
  const Mark outer = std::exchange(stated_, want.mark().known() ? want.mark() : stated_);
  if (want.is_map() && have.is_map()) {
    fields(want, live);
  } else if (want.is_list() && have.is_list()) {
    list(want, live);
  } else if (!same_scalar(want, have, live.place.type)) {
    const bool says_nothing = field != nullptr && field->zero_is_absent && kube::is_zero(want);
    if (!says_nothing || !expected().explains(have)) {
      report(Change::modified, live.crumb, &want, &have, live.owned.last_writer());
    }
  }
  stated_ = outer;
}

void Walk::fields(const Value& want, const LiveNode& live) {
  for (const Value::Entry& entry : want.entries()) {
    stated_field(entry, live);
  }
  for (const Value::Entry& entry : live.place.live.entries()) {
    if (want.find(entry.key) == nullptr) {
      unstated_field(entry, live);
    }
  }
}

void Walk::stated_field(const Value::Entry& want, const LiveNode& live) {
  if (is_left_out(live.place, want.key)) {
    return;
  }
  const kube::Type& type = field_type(live.place, want.key);
  const kube::Field* field = live.place.type.find(want.key);
  const Crumb crumb = field_crumb(live.crumb, want.key);
  const Value* have = live.place.live.find(want.key);
  if (have == nullptr) {
    const bool says_nothing = want.value.is_null() || (field != nullptr && field->zero_is_absent &&
                                                       kube::is_zero(want.value));
    if (!says_nothing) {
      lacking(want.value, type, &live.place, crumb);
    }
    return;
  }
  if (is_instance_label(live.place, want.key) && have->is_string() &&
      have->as_string() == application_) {
    return;
  }
  const kube::Place place{.live = *have,
                          .type = type,
                          .field = want.key,
                          .parent = &live.place,
                          .desired = &want.value};
  both(want.value, {place, crumb, live.owned.field(want.key, live.place.type)}, field);
}

void Walk::unstated_field(const Value::Entry& have, const LiveNode& live) {
  if (is_left_out(live.place, have.key) || is_instance_label(live.place, have.key)) {
    return;
  }
  const kube::Place place{.live = have.value,
                          .type = field_type(live.place, have.key),
                          .field = have.key,
                          .parent = &live.place};
  const Crumb crumb = field_crumb(live.crumb, have.key);
  unstated({place, crumb, live.owned.field(have.key, live.place.type)},
           kube::default_of(live.place, have.key));
}

void Walk::lacking(const Value& want,
                   const kube::Type& type,
                   const kube::Place* parent,
                   const Crumb& crumb) {
  const kube::Place place{.live = want, .type = type, .field = crumb.field, .parent = parent};
  if (want.size() != 0 && type.kind == kube::Type::Kind::map) {
    for (const Value::Entry& entry : want.entries()) {
      if (!entry.value.is_null() && !is_left_out(place, entry.key)) {
        lacking(entry.value, *type.item(), &place, field_crumb(crumb, entry.key));
      }
    }
    return;
  }
  if (want.size() != 0 && type.kind == kube::Type::Kind::list &&
      type.list_kind == kube::ListKind::keyed) {
    for (const Value& item : want.items()) {
      lacking_item(item, place, crumb);
    }
    return;
  }
  report(Change::removed, crumb, &want, nullptr, std::nullopt);
}

void Walk::report(Change change,
                  const Crumb& crumb,
                  const Value* want,
                  const Value* have,
                  std::optional<Owner> owner,
                  Evidence evidence) {
  Difference difference{.path = path_of(crumb), .change = change, .evidence = evidence};
  difference.mark = want != nullptr && want->mark().known() ? want->mark() : stated_;
  difference.owner = std::move(owner);
  if (want != nullptr) {
    difference.want = *want;
  }
  if (have != nullptr) {
    difference.have = *have;
  }
  found_.push_back(std::move(difference));
}

}  // namespace celldrift::compare
