#include "compare/walk/walk.hpp"

#include "celldrift/core/zero.hpp"
#include "compare/meaning/dropped.hpp"
#include "compare/meaning/endpoints.hpp"
#include "compare/walk/entries.hpp"
#include "compare/walk/field_type.hpp"
#include "compare/walk/own_marks.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::compare {
namespace {

// True for kinds that the API server knows by itself. Custom resources of groups under k8s.io (the
// Gateway API's) have names that begin as theirs do.
bool is_builtin(const kube::Type& type) {
  return !type.name.empty() && kube::Schema::builtin().named(type.name) != nullptr;
}

// True when to state the value is to state nothing: the server drops it.
bool says_nothing(const Value& want, const kube::Field* field, const kube::Type& type) {
  return want.is_null() ? !type.nullable
                        : field != nullptr && field->zero_is_absent && is_zero(want);
}

// True for the object itself, its metadata, and what is right in that.
bool is_object_or_metadata(const kube::Place& place) {
  const kube::Place* parent = place.parent;
  if (parent == nullptr) {
    return true;
  }
  return parent->parent == nullptr
             ? place.field == "metadata"
             : parent->parent->parent == nullptr && parent->field == "metadata";
}

// True when the server fills {} in, so that there is something once it is stated.
bool is_filled_in(const Value& want, const kube::Type& type) {
  return want.is_map() && want.size() == 0 &&
         std::ranges::any_of(type.fields,
                             [](const auto& each) { return each.default_value != nullptr; });
}

}  // namespace

Walk::Walk(const Value& desired,
           const Value& live,
           std::string_view application,
           const Context& context)
    : desired_(desired),
      live_(live),
      application_(application),
      context_(context),
      record_(live, context.managers) {}

Comparison Walk::run() {
  const kube::Type& type =
      context_.schema.type_of(desired_.string_at({"apiVersion"}), desired_.string_at({"kind"}));
  kept_ = is_builtin(type) ? Kept::as_meant : Kept::as_stated;
  const kube::Place place{.live = live_, .type = type, .desired = &desired_};
  const Crumb root;
  both(desired_, {place, root}, nullptr);
  return std::move(found_);
}

// What is never compared: it is not Git's to say, or it says only whose the object is. The object
// was found by its namespace and name, and read at the version that Git states.
bool Walk::is_left_out(const Value* want, const LiveNode& live, std::string_view name) {
  const kube::Place& place = live.place;
  if (!is_object_or_metadata(place) && !explaining()) {
    return kube::server_field(place, name);  // most of all: the rest is only there
  }
  const bool is_root = place.parent == nullptr;
  const bool is_identity =
      (is_root && (name == "apiVersion" || name == "kind")) ||
      (!is_root && place.parent->parent == nullptr && place.field == "metadata" &&
       (name == "namespace" || name == "generateName"));
  const bool is_server_field = kube::server_field(place, name);
  const bool is_mark = is_own_mark(place, name);
  if (explaining() && (is_server_field || is_mark)) {
    decide(is_mark ? Outcome::mark : Outcome::server,
           field_crumb(live.crumb, place.type, name),
           is_mark ? "it only says whose the object is" : "only the API server writes it",
           want,
           place.live.find(name));
  }
  return is_identity || is_server_field || is_mark;
}

void Walk::both(const Value& want, const LiveNode& live, const kube::Field* field) {
  if (want == live.place.live && !(explaining() && want.size() != 0)) {
    decide(Outcome::equal, live.crumb, "Git and the cell have the same", &want, &live.place.live);
    return;
  }
  const Mark outer = std::exchange(stated_, want.mark().known() ? want.mark() : stated_);
  if (!settled(want, live, field)) {
    content(want, live);
  }
  stated_ = outer;
}

// Nulls, and values that the server takes as if nobody had stated them.
bool Walk::settled(const Value& want, const LiveNode& live, const kube::Field* field) {
  const Value& have = live.place.live;
  // The server writes a list without items as null; and a null in a map of bytes as "".
  const bool is_empty_text = want.is_null() && have.is_string() && have.as_string().empty() &&
                             live.place.parent != nullptr &&
                             live.place.parent->type.kind == kube::Type::Kind::map;
  if ((have.is_null() && is_zero(want)) || is_empty_text) {
    decide(Outcome::equal, live.crumb, "neither has anything there", &want, &have);
    return true;
  }
  if (want.is_null() && live.place.type.nullable && field != nullptr && is_of_null(live, *field)) {
    decide(Outcome::defaulted, live.crumb, "a client-side apply takes null as none", &want, &have);
    return true;
  }
  const bool is_empty_map = want.is_map() && want.size() == 0 && have.is_map();
  if (!is_empty_map && !says_nothing(want, field, live.place.type)) {
    return false;
  }
  const auto expected = field == nullptr
                            ? kube::Default{}
                            : kube::outer_default_of(*live.place.parent, live.place.field, field);
  if (is_empty_map) {
    return explained(live, expected, Stated::as_nothing) || filled(live, expected);
  }
  const bool has_parts = have.is_list() && live.place.type.list_kind != kube::ListKind::atomic;
  if (want.is_null() || (want.kind() == have.kind() && has_parts)) {
    unstated(live, expected);
    return true;
  }
  return explained(live, expected, Stated::as_nothing);
}

// Where a schema takes null, a client-side apply still leaves it out, and the server puts the
// default there.
bool Walk::is_of_null(const LiveNode& live, const kube::Field& field) {
  const auto expected = kube::outer_default_of(*live.place.parent, live.place.field, &field);
  if (!expected.explains(live.place.live) || record_.last_applied(Crumb()) == nullptr) {
    return false;
  }
  const auto purpose = put_on_purpose(record_, live.crumb);
  return !purpose || purpose->evidence == Evidence::still_owned;
}

// A structure that is stated as {} gets what the server puts there by itself as well.
bool Walk::filled(const LiveNode& live, const kube::Default& expected) {
  if (expected.kind != kube::Default::Kind::value || !expected.value.is_map()) {
    return false;
  }
  const bool is_atomic = live.place.type.map_kind == kube::MapKind::atomic;
  const bool outer = std::exchange(in_atomic_, in_atomic_ || is_atomic);
  unstated_children(live, &expected.value);
  in_atomic_ = outer;
  return true;
}

void Walk::content(const Value& want, const LiveNode& live) {
  const Value& have = live.place.live;
  if (want.is_map() && have.is_map()) {
    fields(want, live);
  } else if (want.is_list() && have.is_list()) {
    list(want, live);
  } else if (!same_scalar(want, have, live.place.type, kept_)) {
    modified(want, live);
  } else {
    decide(Outcome::equal, live.crumb, "it means the same", &want, &have);
  }
}

void Walk::fields(const Value& want, const LiveNode& live) {
  const bool outer =
      std::exchange(in_atomic_, in_atomic_ || live.place.type.map_kind == kube::MapKind::atomic);
  fetch_ahead(want);
  fetch_ahead(live.place.live);
  StatedEntries stated(want, live.place.live);
  for (const Value::Entry& entry : want.entries()) {
    const Value* have = stated.find(entry.key);
    if (have == nullptr || !settled_at_sight(entry.value, *have)) {
      stated_field(entry, have, live);
    }
  }
  for (const Value::Entry& entry : live.place.live.entries()) {
    if (!stated.has(entry)) {
      unstated_field(entry, live, nullptr);
    }
  }
  in_atomic_ = outer;
}

// `have` is nullptr where live lacks the field.
void Walk::stated_field(const Value::Entry& want, const Value* have, const LiveNode& live) {
  if (is_left_out(&want.value, live, want.key)) {
    return;
  }
  const kube::Field* field = live.place.type.find(want.key);
  const kube::Type& type = field_type(
      live.place, want.key, field, have == nullptr ? want.value : *have, context_.schema);
  const Crumb crumb = field_crumb(live.crumb, live.place.type, want.key);
  if (is_instance_label(live.place, want.key, context_.settings.instance_label) &&
      (have == nullptr ? want.value : *have) == Value::string(application_)) {
    // there or not
    decide(Outcome::mark, crumb, "it only says whose the object is", &want.value, have);
    return;
  }
  const bool is_absent =
      have == nullptr || (have->is_null() && !type.nullable && !is_zero(want.value));
  if (is_absent) {
    // A client-side apply takes null as "remove it", so a kept null may be absent as well.
    // Built-in kinds have such defaults in the table, and those structures are never absent.
    const bool is_custom_default = kept_ == Kept::as_stated && is_filled_in(want.value, type);
    if (want.value.is_null() || (says_nothing(want.value, field, type) && !is_custom_default) ||
        (is_zero(want.value) && is_dropped(live.place, want.key))) {
      decide(Outcome::equal, crumb, "to state that is to state nothing", &want.value, nullptr);
    } else {
      lacking(want.value, type, &live.place, crumb);
    }
    return;
  }
  const kube::Place place{.live = *have,
                          .type = type,
                          .field = want.key,
                          .parent = &live.place,
                          .desired = &want.value};
  if (is_endpoint_subsets(place) && same_endpoints(want.value, *have)) {
    decide(Outcome::equal, crumb, "the same addresses and ports", &want.value, have);
    return;
  }
  both(want.value, {place, crumb}, field);
}

// `expected` is its default where the structure around it has one of its own; else nullptr.
void Walk::unstated_field(const Value::Entry& have, const LiveNode& live, const Value* expected) {
  if (is_left_out(nullptr, live, have.key)) {
    return;
  }
  const Crumb crumb = field_crumb(live.crumb, live.place.type, have.key);
  if (is_instance_label(live.place, have.key, context_.settings.instance_label)) {
    decide(Outcome::mark, crumb, "it only says whose the object is", nullptr, &have.value);
    return;
  }
  const kube::Field* field = live.place.type.find(have.key);
  const kube::Place place{
      .live = have.value,
      .type = field_type(live.place, have.key, field, have.value, context_.schema),
      .field = have.key,
      .parent = &live.place};
  unstated({place, crumb},
           expected != nullptr
               ? kube::Default{.kind = kube::Default::Kind::value, .value = *expected}
               : kube::outer_default_of(live.place, have.key, field));
}

}  // namespace celldrift::compare
