#include "celldrift/render/render.hpp"

#include <algorithm>
#include <map>

namespace celldrift::render {
namespace {

Problem warning(const fleet::Application& application,
                std::string message,
                const Value& object,
                LeavesUnknown unknown = LeavesUnknown::no) {
  return {.stage = Stage::render,
          .cell = application.cell,
          .application = application.name,
          .message = std::move(message),
          .source = describe(object.mark()),
          .unknown = unknown};
}

bool is_definition(const Value& object) {
  return object.string_at({"kind"}) == "CustomResourceDefinition" &&
         group_of(object.string_at({"apiVersion"})) == "apiextensions.k8s.io";
}

bool is_hook(const Value& object) {
  const Value* annotations = object.find({"metadata", "annotations"});
  return annotations != nullptr && (annotations->find("argocd.argoproj.io/hook") != nullptr ||
                                    annotations->find("helm.sh/hook") != nullptr);
}

class Placer {
 public:
  Placer(const fleet::Application& application, const ScopeTable& scopes)
      : application_(application), scopes_(scopes) {}

  void learn_definitions(const Manifests& manifests) {
    if (std::ranges::any_of(manifests.objects, is_definition)) {
      own_scopes_.add_definitions(manifests.objects);
    }
  }

  void add(const Value& object) {
    const Value placed = with_namespace(object);
    ObjectKey key = key_of(placed);
    if (key.name.empty() && !name_generated(key, placed)) {
      return;
    }
    auto& same = objects_[std::move(key)];
    same.object = placed;
    ++same.count;
  }

  Desired take() {
    for (auto& [key, same] : objects_) {
      if (same.count > 1) {
        desired_.warnings.push_back(
            warning(application_,
                    "resource " + describe(key) + " appeared " + std::to_string(same.count) +
                        " times among application resources; the last one counts",
                    same.object));
      }
      desired_.objects.emplace_back(key, std::move(same.object));
    }
    return std::move(desired_);
  }

 private:
  struct Same {
    Value object;
    std::size_t count = 0;
  };

  // The cell's own word goes before what the Application's definitions say.
  Scope scope_of(const GroupKind& kind) const {
    const std::optional<Scope> known = scopes_.find(kind);
    return known ? *known : own_scopes_.scope_of(kind);
  }

  Value with_namespace(const Value& object) const {
    const ObjectKey key = key_of(object);
    const Value* stated = object.find("metadata");
    const Value metadata =
        stated != nullptr && stated->is_map() ? *stated : Value::map({}).with_mark(object.mark());
    if (scope_of(key.group_kind()) == Scope::cluster) {
      return metadata.find("namespace") == nullptr
                 ? object
                 : object.with("metadata", metadata.without("namespace"));
    }
    if (!key.ns.empty()) {
      return object;
    }
    if (application_.destination_namespace.empty()) {
      throw Error(ErrorCode::config,
                  "Namespace for " + key.name + " " + key.group + "/" + key.kind + " is missing",
                  object.mark());
    }
    const Value ns = Value::string(application_.destination_namespace).with_mark(metadata.mark());
    return object.with("metadata", metadata.with("namespace", ns));
  }

  // Objects that the API server names are new at each sync. As hooks they are no desired state;
  // others cannot be found again. False when the object is left out.
  bool name_generated(ObjectKey& key, const Value& object) {
    const std::string_view prefix = object.string_at({"metadata", "generateName"});
    if (prefix.empty()) {
      throw Error(ErrorCode::config, describe(key) + " has no name", object.mark());
    }
    key.name = std::string(prefix) + std::to_string(generated_++);
    if (is_hook(object)) {
      return true;
    }
    desired_.warnings.push_back(
        warning(application_,
                describe(key) + " has only a generateName: it cannot be found in the cell",
                object,
                LeavesUnknown::yes));
    return false;
  }

  const fleet::Application& application_;
  const ScopeTable& scopes_;
  ScopeTable own_scopes_;
  std::map<ObjectKey, Same> objects_;
  std::size_t generated_ = 0;
  Desired desired_;
};

}  // namespace

Desired place(const std::vector<std::shared_ptr<const Manifests>>& sources,
              const fleet::Application& application,
              const ScopeTable& scopes) {
  Placer placer(application, scopes);
  for (const auto& manifests : sources) {
    placer.learn_definitions(*manifests);
  }
  for (const auto& manifests : sources) {
    for (const Value& object : manifests->objects) {
      placer.add(object);
    }
  }
  return placer.take();
}

}  // namespace celldrift::render
