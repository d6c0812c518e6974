// Version facts: where in an object its versions are.
#include "audit/skew/facts.hpp"

#include "audit/findings/findings.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/core/parallel.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

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
constexpr std::string_view chart_label = "helm.sh/chart";

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
  Collector(const ComparedApplication& application, std::vector<Fact>& facts)
      : application_(application), facts_(facts) {}

  void collect(const ObjectResult& result) {
    result_ = &result;
    const Part object{{}, &result.live, &result.desired};
    add_label(object, "label " + std::string(version_label));
    add_chart(object.at("metadata").at("labels").at(chart_label));
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
    add(part.at("metadata").at("labels").at(version_label), std::move(what), FactKind::version);
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
      add(part.at("image"), std::string(what) + name, FactKind::image);
    }
  }

  void add(const Part& part, std::string what, FactKind kind) {
    if (part.live == nullptr || !part.live->is_string()) {
      return;
    }
    Fact fact = fact_about(application_, *result_, kind, std::move(what));
    fact.version = part.live->as_string();
    if (part.desired != nullptr) {
      fact.desired =
          part.desired->is_string() ? std::string(part.desired->as_string()) : brief(*part.desired);
      fact.source = part.desired->mark();
    }
    fact.path = part.path.pointer();
    // What a webhook made by right of Git's value, in this cell and not in another, is no skew.
    if (fact.desired && is_by_right(fact.path)) {
      fact.version = *fact.desired;
    }
    fact.path_text = part.path.text();
    fact.owner = owner_of(fact.path);
    facts_.push_back(std::move(fact));
  }

  // A chart's name and version in one text, on each of its objects: told once for an Application.
  void add_chart(const Part& label) {
    const std::size_t before = facts_.size();
    add(label, "version", FactKind::chart);
    if (facts_.size() == before) {
      return;
    }
    Fact& fact = facts_.back();
    const auto [chart, version] = split_chart(fact.version);
    const auto wanted = fact.desired ? split_chart(*fact.desired) : std::pair(chart, version);
    const bool is_renamed = wanted.first != chart;
    if (!charts_.emplace(fact.version, fact.desired).second) {
      facts_.pop_back();
      return;
    }
    fact.subject.kind = "chart";
    fact.subject.object = chart;
    fact.version = version;
    fact.desired =
        fact.desired ? std::optional(is_renamed ? *fact.desired : wanted.second) : std::nullopt;
  }

  // "kube-prometheus-stack-45.1.0-rc1": the version begins at the first "-" before a digit that is
  // followed by a dot further on.
  static std::pair<std::string, std::string> split_chart(const std::string& text) {
    for (std::size_t at = text.find('-'); at != text.npos; at = text.find('-', at + 1)) {
      const std::size_t end = std::min(text.find_first_not_of("0123456789", at + 1), text.size());
      if (end > at + 1 && end < text.size() && text[end] == '.') {
        return {text.substr(0, at), text.substr(at + 1)};
      }
    }
    return {text, text};
  }

  bool is_by_right(const std::string& pointer) const {
    return std::ranges::any_of(result_->accepted, [&](const compare::Accepted& accepted) {
      return accepted.kind == compare::Accepted::Kind::by_right &&
             accepted.difference.path.pointer() == pointer;
    });
  }

  std::optional<compare::Owner> owner_of(const std::string& pointer) const {
    for (const compare::Difference& difference : result_->differences) {
      if (difference.path.pointer() == pointer) {
        return difference.owner;
      }
    }
    return std::nullopt;
  }

  const ComparedApplication& application_;
  std::vector<Fact>& facts_;
  std::set<std::pair<std::string, std::optional<std::string>>> charts_;
  const ObjectResult* result_ = nullptr;
};

using Name = std::tuple<std::string, std::string, std::string>;  // component, kind, object

Name name_of(const Fact& fact) {
  return {fact.subject.component, fact.subject.kind, fact.subject.object};
}

// What is not told of one object has no namespace to tell it apart by.
bool is_of_object(const Fact& fact) {
  return fact.subject.fact != FactKind::chart && fact.subject.fact != FactKind::revision;
}

// A cell may have objects of one name in several namespaces: then the namespace tells them apart,
// in every cell.
void qualify_ambiguous(std::vector<Fact>& facts) {
  std::map<std::pair<Name, std::string>, std::set<std::pair<std::string, std::string>>> objects;
  std::set<Name> ambiguous;
  for (const Fact& fact : facts) {
    if (!is_of_object(fact)) {
      continue;
    }
    auto& in_cell = objects[{name_of(fact), fact.cell}];
    in_cell.emplace(fact.object.ns, fact.object.name);
    if (in_cell.size() > 1) {
      ambiguous.insert(name_of(fact));
    }
  }
  for (Fact& fact : facts) {
    if (is_of_object(fact) && ambiguous.contains(name_of(fact))) {
      fact.subject.object = abstracted(fact.object.ns, fact.application, fact.subject.component) +
                            "/" + fact.subject.object;
    }
  }
}

std::vector<Fact> facts_of(const ComparedApplication& application) {
  std::vector<Fact> facts;
  Collector collector(application, facts);
  for (const ObjectResult& result : application.objects) {
    if (result.status == compare::Status::equal || result.status == compare::Status::drifted) {
      collector.collect(result);
      add_api_facts(application, result, facts);
      add_digest_facts(application, result, facts);
    }
  }
  add_revision_facts(application, facts);
  return facts;
}

}  // namespace

std::string kind_with_group(const ObjectKey& key) {
  return key.group.empty() ? key.kind : key.group + "/" + key.kind;
}

Fact fact_about(const ComparedApplication& application,
                const ObjectResult& result,
                FactKind kind,
                std::string what) {
  Fact fact;
  fact.subject = {
      .component = application.component,
      .kind = kind_with_group(result.key),
      .object = abstracted(result.key.name, application.application, application.component),
      .what = std::move(what),
      .fact = kind};
  fact.cell = application.cell;
  fact.object = ref_of(result);
  fact.application = application.application;
  return fact;
}

std::vector<Fact> version_facts(const std::vector<ComparedApplication>& applications) {
  std::vector<std::vector<Fact>> of_each(applications.size());
  for_each_index(
      applications.size(), 0, [&](std::size_t i) { of_each[i] = facts_of(applications[i]); });
  std::vector<Fact> facts;
  for (std::vector<Fact>& some : of_each) {
    std::ranges::move(some, std::back_inserter(facts));
  }
  qualify_ambiguous(facts);
  return facts;
}

}  // namespace celldrift::audit
