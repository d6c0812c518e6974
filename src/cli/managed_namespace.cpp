#include "cli/managed_namespace.hpp"

#include <algorithm>
#include <span>

namespace celldrift::cli {
namespace {

bool creates_namespace(const Value& policy) {
  const Value* options = policy.find("syncOptions");
  const auto items = options == nullptr ? std::span<const Value>{} : options->items();
  return std::ranges::any_of(items, [](const Value& option) {
    return option.is_string() && option.as_string() == "CreateNamespace=true";
  });
}

Value texts(const Value* map) {
  return map != nullptr && map->is_map() ? *map : Value::map({});
}

}  // namespace

std::optional<std::pair<ObjectKey, Value>> managed_namespace(
    const fleet::Application& application) {
  const std::string& name = application.destination_namespace;
  const Value* policy = application.object.find({"spec", "syncPolicy"});
  const Value* says = policy == nullptr ? nullptr : policy->find("managedNamespaceMetadata");
  if (says == nullptr || !says->is_map() || name.empty() || !creates_namespace(*policy)) {
    return std::nullopt;
  }
  Value metadata = Value::map({{"name", Value::string(name)}}).with_mark(says->mark());
  metadata = metadata.with("labels", texts(says->find("labels")));
  // Argo CD's own, so that its apply leaves what others put there.
  metadata =
      metadata.with("annotations",
                    texts(says->find("annotations"))
                        .with("argocd.argoproj.io/sync-options",
                              Value::string("ServerSideApply=true").with_mark(says->mark())));
  Value object = Value::map({{"apiVersion", Value::string("v1")},
                             {"kind", Value::string("Namespace")},
                             {"metadata", metadata}})
                     .with_mark(says->mark());
  return std::pair(ObjectKey{"", "Namespace", "", name}, std::move(object));
}

void leave_to_others(compare::ObjectResult& name_space) {
  using Outcome = compare::Decision::Outcome;
  const auto is_others = [](const compare::Difference& difference) {
    return difference.change == compare::Change::added &&
           difference.evidence != compare::Evidence::still_owned;
  };
  for (compare::Decision& decision : name_space.decisions) {
    const bool is_left = decision.outcome == Outcome::drift &&
                         std::ranges::any_of(name_space.differences, [&](const auto& difference) {
                           return is_others(difference) && difference.path == decision.path;
                         });
    if (is_left) {
      decision.outcome = Outcome::controller;
      decision.why = "managedNamespaceMetadata leaves what others put there";
    }
  }
  std::erase_if(name_space.differences, is_others);
  if (name_space.status == compare::Status::drifted && name_space.differences.empty()) {
    name_space.status = compare::Status::equal;
  }
}

}  // namespace celldrift::cli
