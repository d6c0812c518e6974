// Version facts: where in an object its versions are.
#include "audit/findings/findings.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;

// Where the built-in kinds, and Argo Rollouts, keep their pod template.
struct Workload {
  std::string_view group;
  std::string_view kind;
  std::string_view pod_template;  // "" when the object itself is one
};
constexpr Workload workloads[] = {
    {"", "Pod", ""},
    {"", "ReplicationController", "spec.template"},
    {"apps", "DaemonSet", "spec.template"},
    {"apps", "Deployment", "spec.template"},
    {"apps", "ReplicaSet", "spec.template"},
    {"apps", "StatefulSet", "spec.template"},
    {"argoproj.io", "Rollout", "spec.template"},
    {"batch", "CronJob", "spec.jobTemplate.spec.template"},
    {"batch", "Job", "spec.template"},
};

struct ContainerList {
  std::string_view field;
  std::string_view what;
};
constexpr ContainerList container_lists[] = {
    {"containers", "image of container "},
    {"initContainers", "image of init container "},
    {"ephemeralContainers", "image of ephemeral container "},
};

constexpr std::string_view version_label = "app.kubernetes.io/version";

// A part of an object as live has it and as Git states it (nullptr: not at all).
struct Part {
  Path path;
  const Value* live = nullptr;
  const Value* desired = nullptr;

  Part at(std::string_view field) const {
    return {path / field,
            live != nullptr ? live->find(field) : nullptr,
            desired != nullptr ? desired->find(field) : nullptr};
  }
};

class Collector {
 public:
  explicit Collector(std::vector<Fact>& facts) : facts_(facts) {}

  void collect(const ComparedApplication& application, const ObjectResult& result) {
    application_ = &application;
    result_ = &result;
    const Part object{{}, &result.live, &result.desired};
    add_label(object, "label " + std::string(version_label));
    for (const Workload& workload : workloads) {
      if (workload.group == result.key.group && workload.kind == result.key.kind) {
        add_template(object, workload.pod_template);
      }
    }
  }

 private:
  void add_template(Part part, std::string_view place) {
    if (!place.empty()) {
      for (const std::string_view field : split(place, '.')) {
        part = part.at(field);
      }
      add_label(part, "label " + std::string(version_label) + " of the pod template");
    }
    for (const ContainerList& list : container_lists) {
      add_images(part.at("spec").at(list.field), list.what);
    }
  }

  void add_label(const Part& part, std::string what) {
    add(part.at("metadata").at("labels").at(version_label), std::move(what));
  }

  void add_images(const Part& list, std::string_view what) {
    std::map<std::string_view, const Value*> desired;  // by container name
    for (const Value& container :
         list.desired != nullptr ? list.desired->items() : std::span<const Value>{}) {
      desired.emplace(container.string_at({"name"}), &container);
    }
    std::size_t index = 0;
    for (const Value& container :
         list.live != nullptr ? list.live->items() : std::span<const Value>{}) {
      const std::string name(container.string_at({"name"}));
      const auto found = desired.find(name);
      const Path::Item item{.keys = {{"name", Value::string(name)}}, .index = index++};
      const Part part{list.path / Path::Step(item),
                      &container,
                      found != desired.end() ? found->second : nullptr};
      add(part.at("image"), std::string(what) + name);
    }
  }

  void add(const Part& part, std::string what) {
    if (part.live == nullptr || !part.live->is_string()) {
      return;
    }
    Fact fact;
    fact.subject = {
        .component = application_->component,
        .kind = kind_with_group(),
        .object = abstracted(result_->key.name, application_->application, application_->component),
        .what = std::move(what)};
    fact.cell = application_->cell;
    fact.version = part.live->as_string();
    if (part.desired != nullptr) {
      fact.desired =
          part.desired->is_string() ? std::string(part.desired->as_string()) : brief(*part.desired);
      fact.source = part.desired->mark();
    }
    fact.object = ref_of(*result_);
    fact.path = part.path.pointer();
    // What a webhook made by right of Git's value, in this cell and not in another, is no skew.
    if (fact.desired && is_by_right(fact.path)) {
      fact.version = *fact.desired;
    }
    fact.path_text = part.path.text();
    fact.application = application_->application;
    facts_.push_back(std::move(fact));
  }

  bool is_by_right(const std::string& pointer) const {
    return std::ranges::any_of(result_->accepted, [&](const compare::Accepted& accepted) {
      return accepted.kind == compare::Accepted::Kind::by_right &&
             accepted.difference.path.pointer() == pointer;
    });
  }

  std::string kind_with_group() const {
    const ObjectKey& key = result_->key;
    return key.group.empty() ? key.kind : key.group + "/" + key.kind;
  }

  std::vector<Fact>& facts_;
  const ComparedApplication* application_ = nullptr;
  const ObjectResult* result_ = nullptr;
};

using Name = std::tuple<std::string, std::string, std::string>;  // component, kind, object

Name name_of(const Fact& fact) {
  return {fact.subject.component, fact.subject.kind, fact.subject.object};
}

// A cell may have objects of one name in several namespaces: then the namespace tells them apart,
// in every cell.
void qualify_ambiguous(std::vector<Fact>& facts) {
  std::map<std::pair<Name, std::string>, std::set<std::pair<std::string, std::string>>> objects;
  std::set<Name> ambiguous;
  for (const Fact& fact : facts) {
    auto& in_cell = objects[{name_of(fact), fact.cell}];
    in_cell.emplace(fact.object.ns, fact.object.name);
    if (in_cell.size() > 1) {
      ambiguous.insert(name_of(fact));
    }
  }
  for (Fact& fact : facts) {
    if (ambiguous.contains(name_of(fact))) {
      fact.subject.object = abstracted(fact.object.ns, fact.application, fact.subject.component) +
                            "/" + fact.subject.object;
    }
  }
}

}  // namespace

std::vector<Fact> version_facts(const std::vector<ComparedApplication>& applications) {
  std::vector<Fact> facts;
  Collector collector(facts);
  for (const ComparedApplication& application : applications) {
    for (const ObjectResult& result : application.objects) {
      if (result.status == compare::Status::equal || result.status == compare::Status::drifted) {
        collector.collect(application, result);
      }
    }
  }
  qualify_ambiguous(facts);
  return facts;
}

}  // namespace celldrift::audit
