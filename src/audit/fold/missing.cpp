#include "audit/fold/fold.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

// How much of something that Git wants in a cell is missing there.
struct Share {
  std::size_t wanted = 0;
  std::size_t missing = 0;
  std::set<std::string> applications;

  // One object says nothing of the whole.
  bool is_whole() const { return wanted == missing && wanted > 1; }
};

class Shares {
 public:
  // Only of cells that lack something: mostly there are none.
  explicit Shares(const std::vector<ComparedApplication>& applications) {
    const std::set<std::string_view> cells = cells_with_missing(applications);
    for (const ComparedApplication& application : applications) {
      if (!cells.contains(application.cell)) {
        continue;
      }
      for (const ObjectResult& result : application.objects) {
        if (result.status != Status::extra) {
          count(application, result);
        }
      }
    }
  }

  bool has_all(const std::string& key) const {
    const auto found = shares_.find(key);
    return found != shares_.end() && found->second.is_whole();
  }
  bool has_several_applications(const std::string& key) const {
    return shares_.at(key).applications.size() > 1;
  }

  static std::string in_namespace(std::string_view cell, std::string_view ns) {
    return key_of({"namespace", cell, ns});
  }
  static std::string of_application(std::string_view cell, std::string_view application) {
    return key_of({"application", cell, application});
  }
  static std::string of_kind(std::string_view cell, std::string_view group, std::string_view kind) {
    return key_of({"kind", cell, group, kind});
  }

 private:
  static std::set<std::string_view> cells_with_missing(
      const std::vector<ComparedApplication>& applications) {
    std::set<std::string_view> cells;
    for (const ComparedApplication& application : applications) {
      if (std::ranges::count(application.objects, Status::missing, &ObjectResult::status) > 0) {
        cells.insert(application.cell);
      }
    }
    return cells;
  }

  void count(const ComparedApplication& application, const ObjectResult& result) {
    add(of_application(application.cell, application.application), application, result);
    add(of_kind(application.cell, result.key.group, result.key.kind), application, result);
    if (!result.key.ns.empty()) {
      add(in_namespace(application.cell, result.key.ns), application, result);
    }
  }

  void add(const std::string& key,
           const ComparedApplication& application,
           const ObjectResult& result) {
    Share& share = shares_[key];
    ++share.wanted;
    share.missing += result.status == Status::missing;
    share.applications.insert(application.application);
  }

  std::map<std::string, Share> shares_;
};

// The namespace that an object is in, or that it is.
std::string namespace_of(const ObjectRef& object) {
  return object.kind == "Namespace" && object.api_version == "v1" ? object.name : object.ns;
}

// What a missing object is missing with.
struct Loss {
  Cause::Kind kind;
  std::string key;
};

Loss loss_of(const Finding& finding, const Shares& shares) {
  const std::string& cell = finding.cells.front();
  const ObjectRef& object = finding.object;
  const std::string_view group = group_of(object.api_version);
  if (finding.rule == "api/not-served") {
    return {Cause::Kind::api, key_of({object.api_version, object.kind})};
  }
  const std::string ns = namespace_of(object);
  const std::string in_namespace = Shares::in_namespace(cell, ns);
  const bool whole_namespace = !ns.empty() && shares.has_all(in_namespace);
  if (whole_namespace && shares.has_several_applications(in_namespace)) {
    return {Cause::Kind::name_space, ns};
  }
  if (shares.has_all(Shares::of_application(cell, finding.application))) {
    return {Cause::Kind::application, finding.component};
  }
  if (whole_namespace) {
    return {Cause::Kind::name_space, ns};
  }
  if (shares.has_all(Shares::of_kind(cell, group, object.kind))) {
    return {Cause::Kind::kind, key_of({group, object.kind})};
  }
  return {Cause::Kind::object, shared_key(finding)};
}

}  // namespace

std::vector<Group> group_missing(const std::vector<ComparedApplication>& applications,
                                 const std::vector<Finding>& findings,
                                 const Indexes& alone) {
  const Shares shares(applications);
  std::map<std::pair<Cause::Kind, std::string>, Indexes> losses;
  for (const std::size_t i : alone) {
    if (findings[i].category == Category::missing) {
      const Loss loss = loss_of(findings[i], shares);
      losses[{loss.kind, loss.key}].push_back(i);
    }
  }
  std::vector<Group> groups;
  for (auto& [loss, members] : losses) {
    groups.push_back({.kind = loss.first, .members = std::move(members)});
  }
  return groups;
}

}  // namespace celldrift::audit
