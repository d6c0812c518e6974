#include "celldrift/fleet/declared_objects.hpp"

#include "fleet/declared/resource_names.hpp"
#include "fleet/patterns/manifest_files.hpp"

#include <algorithm>
#include <functional>
#include <mutex>
#include <set>

namespace celldrift::fleet {
namespace {

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string_view name_of(const Value& object) {
  return object.string_at({"metadata", "name"});
}

// Both forms of written objects: `find` gives the documents of the files whose text passes.
class WrittenObjects final : public ArgoObjects {
 public:
  using Find = std::function<std::vector<Value>(const std::function<bool(std::string_view)>&)>;

  WrittenObjects(Find find, std::string where, std::string ns)
      : find_(std::move(find)), where_(std::move(where)), ns_(std::move(ns)) {}

  std::optional<Value> config_map(std::string_view name) override {
    const std::lock_guard lock(mutex_);
    std::optional<Value> found;
    for (const Value& object :
         find_([&](std::string_view text) { return has(text, "ConfigMap") && has(text, name); })) {
      if (is_here(object) && object.string_at({"apiVersion"}) == "v1" &&
          object.string_at({"kind"}) == "ConfigMap" && name_of(object) == name) {
        require_same(found, object, "configmap " + std::string(name));
        found = object;
      }
    }
    return found;
  }

  std::vector<Value> list(std::string_view api_version, std::string_view resource) override {
    const std::lock_guard lock(mutex_);
    const std::string_view group = api_version.substr(0, api_version.rfind('/'));
    const std::vector<Value> candidates =
        find_([&](std::string_view text) { return has(text, group); });
    const std::set<std::string> kinds = kinds_of(candidates, group, resource);
    std::vector<Value> objects;
    for (const Value& object : candidates) {
      if (is_here(object) && object.string_at({"apiVersion"}) == api_version &&
          kinds.contains(std::string(object.string_at({"kind"})))) {
        add(object, resource, objects);
      }
    }
    if (objects.empty()) {
      throw Error(ErrorCode::not_found,
                  "there are no " + std::string(resource) + " of " + std::string(api_version) +
                      " for namespace " + ns_ + " in " + where_ +
                      "; read them from Argo CD's cluster with --hub-context, or state them under "
                      "objects: of --generator-inputs");
    }
    std::ranges::sort(objects, {}, name_of);
    return objects;
  }

 private:
  bool is_here(const Value& object) const {
    const std::string_view ns = object.string_at({"metadata", "namespace"});
    return ns.empty() || ns == ns_;
  }

  // A definition says it; without one, the kinds whose plural it is by Kubernetes' rule.
  static std::set<std::string> kinds_of(const std::vector<Value>& candidates,
                                        std::string_view group,
                                        std::string_view resource) {
    std::set<std::string> kinds;
    for (const Value& object : candidates) {
      if (const std::string kind = defined_kind(object, group, resource); !kind.empty()) {
        return {kind};
      }
      const std::string_view kind = object.string_at({"kind"});
      if (guessed_plural(kind) == resource) {
        kinds.insert(std::string(kind));
      }
    }
    return kinds;
  }

  static void require_same(const std::optional<Value>& known,
                           const Value& object,
                           const std::string& what) {
    if (known && *known != object) {
      throw Error(ErrorCode::config,
                  what + " is declared more than once, differently: the other is at " +
                      describe(known->mark()),
                  object.mark());
    }
  }

  static void add(const Value& object, std::string_view resource, std::vector<Value>& objects) {
    const auto twin = std::ranges::find(objects, name_of(object), name_of);
    if (twin == objects.end()) {
      objects.push_back(object);
      return;
    }
    require_same(*twin, object, std::string(resource) + " " + std::string(name_of(object)));
  }

  const Find find_;
  const std::string where_;
  const std::string ns_;
  std::mutex mutex_;
};

class FirstThatKnows final : public ArgoObjects {
 public:
  explicit FirstThatKnows(std::vector<std::unique_ptr<ArgoObjects>> all) : all_(std::move(all)) {}

  std::optional<Value> config_map(std::string_view name) override {
    for (const auto& one : all_) {
      if (auto found = one->config_map(name)) {
        return found;
      }
    }
    return std::nullopt;
  }

  std::vector<Value> list(std::string_view api_version, std::string_view resource) override {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) {
      try {
        return all_[i]->list(api_version, resource);
      } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found) {
          throw;
        }
      }
    }
    return all_.back()->list(api_version, resource);
  }

 private:
  const std::vector<std::unique_ptr<ArgoObjects>> all_;
};

}  // namespace

std::unique_ptr<ArgoObjects> objects_among(std::vector<Value> documents,
                                           std::string where,
                                           std::string ns) {
  std::vector<Value> objects;
  for (const Value& document : documents) {
    std::ranges::move(objects_of(document), std::back_inserter(objects));
  }
  return std::make_unique<WrittenObjects>(
      [objects = std::move(objects)](const auto&) { return objects; },
      std::move(where),
      std::move(ns));
}

std::unique_ptr<ArgoObjects> objects_in_tree(std::shared_ptr<const git::Tree> tree,
                                             std::string ns) {
  return std::make_unique<WrittenObjects>(
      [tree = std::move(tree)](const auto& is_wanted) { return documents_in(*tree, is_wanted); },
      "the manifests repo",
      std::move(ns));
}

std::vector<Value> secrets_in_tree(const git::Tree& tree) {
  std::vector<Value> secrets =
      documents_in(tree, [](std::string_view text) { return has(text, "Secret"); });
  std::erase_if(secrets, [](const Value& object) {
    return object.string_at({"apiVersion"}) != "v1" || object.string_at({"kind"}) != "Secret";
  });
  return secrets;
}

std::unique_ptr<ArgoObjects> first_that_knows(std::vector<std::unique_ptr<ArgoObjects>> all) {
  return std::make_unique<FirstThatKnows>(std::move(all));
}

}  // namespace celldrift::fleet
