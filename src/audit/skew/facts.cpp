// Version facts: where in an object its versions are.
#include "audit/skew/facts.hpp"

#include "audit/findings/findings.hpp"
#include "celldrift/audit/brief.hpp"

#include <algorithm>
#include <map>
#include <set>
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

// A part of an object as live has it and as Git states it (nullptr: not at all). Its path is made
// only of what is told: most objects have no version. Must not outlive the part that it is in.
struct Part {
  const Value* live = nullptr;
  const Value* desired = nullptr;
  const Part* around = nullptr;  // nullptr for a whole object
  std::string_view field = {};
  std::optional<std::size_t> item = std::nullopt;  // of a list by name: its index in live

  Part at(std::string_view name) const {
    return {.live = live != nullptr ? live->find(name) : nullptr,
            .desired = desired != nullptr ? desired->find(name) : nullptr,
            .around = this,
            .field = name};
  }

  Path path() const {
    if (around == nullptr) {
      return {};
    }
    Path path = around->path();
    if (item) {
      path.push(Path::Item{.keys = {{"name", Value::string(std::string(field))}}, .index = item});
    } else {
      path.push(Path::Field{std::string(field)});
    }
    return path;
  }
};

class Collector {
 public:
  Collector(const ComparedApplication& application, std::vector<Fact>& facts)
      : application_(application), facts_(facts) {}

  void collect(const ObjectResult& result) {
    result_ = &result;
    const Part object{.live = &result.live, .desired = &result.desired};
    add_label(object, "");
    const Part metadata = object.at("metadata");
    const Part labels = metadata.at("labels");
    add_chart(labels.at(chart_label));
    for (const Workload& workload : workloads) {
      if (workload.group == result.key.group && workload.kind == result.key.kind) {
        add_template(object, workload.pod_template);
      }
    }
  }

 private:
  // `place`: the fields that lead to it.
  void add_template(const Part& part, std::string_view place) {
    if (!place.empty()) {
      const std::size_t dot = std::min(place.find('.'), place.size());
      const Part next = part.at(place.substr(0, dot));
      const std::string_view rest = place.substr(std::min(dot + 1, place.size()));
      if (rest.empty()) {
        add_label(next, " of the pod template");
      }
      add_template(next, rest);
      return;
    }
    const Part spec = part.at("spec");
    for (const ContainerList& list : container_lists) {
      add_images(spec.at(list.field), list.what);
    }
  }

  void add_label(const Part& part, std::string_view whose) {
    const Part metadata = part.at("metadata");
    const Part labels = metadata.at("labels");
    const Part label = labels.at(version_label);
    if (label.live != nullptr) {
      add(label, "label " + std::string(version_label) + std::string(whose), FactKind::version);
    }
  }

  static std::span<const Value> items_of(const Value* list) {
    return list != nullptr ? list->items() : std::span<const Value>{};
  }

  void add_images(const Part& list, std::string_view what) {
    std::map<std::string_view, const Value*> desired;  // by container name
    for (const Value& container : items_of(list.desired)) {
      desired.emplace(container.string_at({"name"}), &container);
    }
    std::size_t index = 0;
    for (const Value& container : items_of(list.live)) {
      const std::string_view name = container.string_at({"name"});
      const auto found = desired.find(name);
      const Part part{.live = &container,
                      .desired = found != desired.end() ? found->second : nullptr,
                      .around = &list,
                      .field = name,
                      .item = index++};
      add(part.at("image"), std::string(what) + std::string(name), FactKind::image);
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
    const Path path = part.path();
    fact.path = path.pointer();
    // What a webhook made by right of Git's value, in this cell and not in another, is no skew.
    if (fact.desired && is_by_right(fact.path)) {
      fact.version = *fact.desired;
    }
    fact.path_text = path.text();
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
  fact.object = ref_of(result);
  return fact;
}

ObjectRef object_of(const Fact& fact, const Bearer& bearer) {
  ObjectRef object = fact.object;
  if (fact.subject.fact == FactKind::revision) {
    object.name = bearer.application;
  }
  return object;
}

void add_object_facts(const ComparedApplication& application, std::vector<Fact>& facts) {
  Collector collector(application, facts);
  for (const ObjectResult& result : application.objects) {
    if (result.status == compare::Status::equal || result.status == compare::Status::drifted) {
      collector.collect(result);
      add_api_facts(application, result, facts);
      add_digest_facts(application, result, facts);
    }
  }
}

}  // namespace celldrift::audit
