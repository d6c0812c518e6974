#include "cli/altered_fields.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/fleet/argo_form.hpp"
#include "celldrift/fleet/changes.hpp"
#include "cli/field_owner.hpp"

#include <algorithm>
#include <set>

namespace celldrift::cli {
namespace {

using compare::Change;
using compare::Difference;

constexpr std::string_view argo_prefix = "argocd.argoproj.io/";
// Questions to Argo CD, its own marks, and what is told as a pause.
constexpr std::string_view passing_annotations[] = {"argocd.argoproj.io/refresh",
                                                    "argocd.argoproj.io/hydrate",
                                                    "argocd.argoproj.io/skip-reconcile",
                                                    "argocd.argoproj.io/tracking-id",
                                                    "argocd.argoproj.io/installation-id"};

Value normalised(const Value& application) {
  try {
    return fleet::as_argo_writes(application);
  } catch (const Error&) {
    return application;  // what its definition lets through all the same is compared as it is
  }
}

bool is_passing(std::string_view name) {
  return std::ranges::find(passing_annotations, name) != std::end(passing_annotations);
}

// Keys that the set leaves as they are: spec.preservedFields.
std::set<std::string_view> preserved(const Value* set, std::string_view what) {
  std::set<std::string_view> keys;
  const Value* list = set == nullptr ? nullptr : set->find({"spec", "preservedFields", what});
  if (list != nullptr) {
    for (const Value& key : list->items()) {
      keys.insert(key.is_string() ? key.as_string() : "");
    }
  }
  return keys;
}

const Value& entries_of(const Value& object, std::string_view field) {
  static const Value none = Value::map({});
  const Value* entries = object.find({"metadata", field});
  return entries == nullptr || !entries->is_map() ? none : *entries;
}

// What counts of labels or annotations: those that `stated` has, and of the object's own those that
// tell Argo CD what to do.
Value counted_entries(const Value& object,
                      const Value& stated,
                      const Value* set,
                      std::string_view field) {
  const std::set<std::string_view> left = preserved(set, field);
  const Value& wanted = entries_of(stated, field);
  Value::Map counted;
  for (const auto& [key, value] : entries_of(object, field).entries()) {
    const bool is_own_to_argo = field == "annotations" && key.view().starts_with(argo_prefix);
    const bool counts = wanted.find(key.view()) != nullptr || is_own_to_argo;
    if (counts && !is_passing(key.view()) && !left.contains(key.view())) {
      counted.push_back({key, value});
    }
  }
  return Value::map(std::move(counted));
}

Value counted(const Value& object, const Value& stated, const Value* set) {
  Value::Map metadata;
  for (const std::string_view field : {"labels", "annotations"}) {
    if (Value entries = counted_entries(object, stated, set, field); entries.size() > 0) {
      metadata.push_back({field, std::move(entries)});
    }
  }
  const Value* spec = object.find("spec");
  return Value::map(
      {{"metadata", Value::map(std::move(metadata))}, {"spec", spec == nullptr ? Value() : *spec}});
}

// ignoreApplicationDifferences, as an Application would state it of this one.
Value ignore_rules(const Value* set, std::string_view name) {
  Value::List rules;
  const Value* stated =
      set == nullptr ? nullptr : set->find({"spec", "ignoreApplicationDifferences"});
  for (const Value& each : stated == nullptr ? std::span<const Value>() : stated->items()) {
    const std::string_view only = each.string_at({"name"});
    if (only.empty() || only == name) {
      rules.push_back(each.without("name")
                          .with("group", Value::string("argoproj.io"))
                          .with("kind", Value::string("Application")));
    }
  }
  return Value::list(std::move(rules));
}

bool is_below(std::string_view path, std::string_view place) {
  return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
}

// Pointers at what a rule hides.
std::vector<std::string> hidden_places(const AlteredQuestion& question, const Value& live) {
  const Value rules = ignore_rules(question.set, question.live.string_at({"metadata", "name"}));
  std::vector<std::string> places;
  if (rules.size() == 0) {
    return places;
  }
  for (const Value& rule : rules.items()) {
    if (const Value* pointers = rule.find("jsonPointers")) {
      for (const Value& pointer : pointers->items()) {
        places.emplace_back(pointer.is_string() ? pointer.as_string() : "");
      }
    }
  }
  const compare::LiveView view{.find = [&](const ObjectKey&, std::string_view) { return &live; },
                               .unknown = [](const ObjectKey&) { return std::nullopt; }};
  for (const compare::ObjectResult& result :
       compare::compare_desired("",
                                Value::map({{"ignoreDifferences", rules}}),
                                {{key_of(live), question.wanted}},
                                view,
                                question.context)) {
    for (const compare::Accepted& accepted : result.accepted) {
      places.push_back(accepted.difference.path.pointer());
    }
  }
  std::erase(places, "");
  return places;
}

Change change_of(const fleet::FieldChange& field) {
  return !field.before ? Change::added : !field.after ? Change::removed : Change::modified;
}

// Its definition says nothing of names, so that such lists differ whole.
std::vector<Difference> item_by_item(const Difference& difference) {
  if (!difference.want || !difference.have) {
    return {difference};
  }
  std::vector<Difference> items;
  for (const fleet::FieldChange& field :
       fleet::changed_items(difference.path, *difference.want, *difference.have)) {
    Difference item = difference;
    item.path = field.path;
    item.change = change_of(field);
    item.want = field.before;
    item.have = field.after;
    item.mark = field.before ? field.before->mark() : difference.mark;
    items.push_back(std::move(item));
  }
  return items;
}

audit::AlteredField altered(const fleet::FieldChange& field,
                            const AlteredQuestion& question,
                            const std::vector<std::string>& hidden) {
  Difference difference{.path = field.path,
                        .change = change_of(field),
                        .want = field.before,
                        .have = field.after,
                        .mark = field.before ? field.before->mark() : Mark{}};
  if (field.after) {
    difference.owner = field_owner(question.live, field.path, question.context.managers);
  }
  const std::string pointer = field.path.pointer();
  const bool is_hidden = std::ranges::any_of(
      hidden, [&](const std::string& place) { return is_below(pointer, place); });
  return {
      .difference = std::move(difference),
      .let_be = is_hidden ? "the ApplicationSet's ignoreApplicationDifferences lets it be" : ""};
}

}  // namespace

std::vector<audit::AlteredField> altered_set(const Value& wanted,
                                             const Value& live,
                                             const compare::Context& context) {
  std::vector<audit::AlteredField> fields;
  for (const Difference& difference : compare::diff(wanted, live.without("status"), "", context)) {
    if (difference.path.text().starts_with("spec")) {
      for (Difference& item : item_by_item(difference)) {
        fields.push_back({.difference = std::move(item), .let_be = ""});
      }
    }
  }
  return fields;
}

std::vector<audit::AlteredField> altered_fields(const AlteredQuestion& question) {
  const Value stated = normalised(question.wanted);
  const Value live = normalised(question.live);
  const Value wanted = counted(stated, stated, question.set);
  const Value have = counted(live, stated, question.set);
  std::vector<audit::AlteredField> fields;
  if (wanted == have) {
    return fields;
  }
  const std::vector<std::string> hidden = hidden_places(question, live);
  for (const fleet::FieldChange& field : fleet::changed_fields(wanted, have)) {
    fields.push_back(altered(field, question, hidden));
  }
  return fields;
}

}  // namespace celldrift::cli
