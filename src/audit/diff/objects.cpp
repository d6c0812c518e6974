// Objects that one of the cells has alone: by Git, without Git, or because the other lacks it.
#include "audit/diff/parts.hpp"
#include "audit/findings/findings.hpp"
#include "celldrift/audit/names.hpp"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace celldrift::audit {
namespace {

using Nature = CellDifference::Nature;
using compare::ObjectResult;
using compare::Status;

// The name that cells share.
std::string shared_name(const ComparedApplication& application, const ObjectResult& result) {
  return describe(shared_object(ref_of(result), application.application, application.cell));
}

// How the objects of a cell's Applications stand.
class Statuses {
 public:
  Statuses(const Input& input, std::string_view cell) {
    for (const ComparedApplication& application : input.applications) {
      if (application.cell == cell) {
        add(application);
      }
    }
  }

  // Of what is the same object in the other cell; nothing where this one has no such.
  std::optional<Status> of(const ComparedApplication& there, const ObjectResult& result) const {
    const auto found = statuses_.find(name_of(there, result));
    return found == statuses_.end() ? std::nullopt : std::optional(found->second);
  }

  bool have_component(const std::string& component) const {
    const auto found = statuses_.lower_bound({component, "", ""});
    return found != statuses_.end() && std::get<0>(found->first) == component;
  }

 private:
  // component, group, shared name
  using Name = std::tuple<std::string, std::string, std::string>;

  static Name name_of(const ComparedApplication& application, const ObjectResult& result) {
    return {application.component, result.key.group, shared_name(application, result)};
  }

  void add(const ComparedApplication& application) {
    for (const ObjectResult& result : application.objects) {
      statuses_.emplace(name_of(application, result), result.status);
    }
  }

  std::map<Name, Status> statuses_;
};

struct Why {
  Nature nature = Nature::declared;
  std::vector<std::string> drifted;
  std::string reason;
};

// Nothing where it is not known that the other cell has none, where that has it under another
// Application, and where a whole Application is told of.
std::optional<Why> why_alone(const ComparedApplication& application,
                             const ObjectResult& result,
                             const std::string& other,
                             const Statuses& others) {
  const std::optional<Status> there = others.of(application, result);
  if (there && there != Status::missing) {
    return std::nullopt;
  }
  if (result.status == Status::extra) {
    return Why{
        .nature = Nature::drift, .drifted = {application.cell}, .reason = "it is not in Git"};
  }
  if (there) {
    return Why{.nature = Nature::drift, .drifted = {other}, .reason = "it is missing in " + other};
  }
  return others.have_component(application.component)
             ? std::optional(Why{.nature = Nature::declared,
                                 .drifted = {},
                                 .reason = "Git wants it in " + application.cell + " alone"})
             : std::nullopt;
}

void add_object(const ComparedApplication& application,
                const ObjectResult& result,
                Why why,
                CellDiff& diff) {
  CellDifference difference{.kind = CellDifference::Kind::object,
                            .nature = why.nature,
                            .component = application.component,
                            .object = ref_of(result),
                            .subject = shared_name(application, result),
                            .path_text = "",
                            .left = {},
                            .right = {},
                            .drifted = std::move(why.drifted),
                            .reason = std::move(why.reason)};
  set_there(difference, diff, application.cell);
  const Value whole = compare::without_own(result.live);
  diff.pairs.push_back({.component = difference.component,
                        .subject = difference.subject,
                        .left = difference.left ? whole : Value(),
                        .right = difference.right ? whole : Value()});
  diff.differences.push_back(std::move(difference));
}

}  // namespace

void add_objects(const Input& input, const MatchedObjects& matched, CellDiff& diff) {
  std::map<std::string_view, Statuses> statuses;  // of cells, when first asked for
  for (const ComparedApplication& application : input.applications) {
    if (application.cell != diff.left.name && application.cell != diff.right.name) {
      continue;
    }
    const std::string& other = other_cell(diff, application.cell);
    for (const ObjectResult& result : application.objects) {
      if (result.live.is_null() || matched.contains(&result)) {
        continue;
      }
      const auto others = statuses.try_emplace(other, input, other).first;
      if (std::optional<Why> why = why_alone(application, result, other, others->second)) {
        add_object(application, result, *std::move(why), diff);
      }
    }
  }
}

}  // namespace celldrift::audit
