#include "celldrift/fleet/changes.hpp"

#include "fleet/applications/list_items.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_depth = 200;

using Id = std::pair<std::string, std::string>;  // namespace and name
using ById = std::map<Id, const Application*>;

ById by_id(const Expansion& expansion) {
  ById result;
  for (const Application& application : expansion.applications) {
    result[{application.ns, application.name}] = &application;
  }
  return result;
}

class FieldDiff {
 public:
  explicit FieldDiff(Path path = {}) : path_(std::move(path)) {}

  std::vector<FieldChange> run(const Value& before, const Value& after) {
    compare(before, after);
    return std::move(changes_);
  }

 private:
  void compare(const Value& before, const Value& after) {
    if (before == after) {
      return;
    }
    if (path_.steps().size() < max_depth && before.is_map() && after.is_map()) {
      compare_maps(before, after);
    } else if (path_.steps().size() < max_depth && before.is_list() && after.is_list()) {
      compare_lists(before, after);
    } else {
      changes_.push_back({path_, before, after});
    }
  }

  void compare_maps(const Value& before, const Value& after) {
    for (const auto& [key, value] : after.entries()) {
      compare_at(Path::Field{key.str()}, before.find(key.view()), &value);
    }
    for (const auto& [key, value] : before.entries()) {
      if (after.find(key.view()) == nullptr) {
        compare_at(Path::Field{key.str()}, &value, nullptr);
      }
    }
  }

  void compare_lists(const Value& before, const Value& after) {
    auto pairs = paired_items(path_, before, after);
    if (!pairs) {
      changes_.push_back({path_, before, after});
      return;
    }
    for (ItemPair& pair : *pairs) {
      compare_at(std::move(pair.step), pair.before, pair.after);
    }
  }

  void compare_at(Path::Step step, const Value* before, const Value* after) {
    path_.push(std::move(step));
    if (before != nullptr && after != nullptr) {
      compare(*before, *after);
    } else {
      changes_.push_back({path_,
                          before != nullptr ? std::optional(*before) : std::nullopt,
                          after != nullptr ? std::optional(*after) : std::nullopt});
    }
    path_.pop();
  }

  Path path_;
  std::vector<FieldChange> changes_;
};

// Why `application`, which is not among those of `side`, may be there all the same: the first
// problem of `side` that may hide it. A problem of one ApplicationSet hides what that set makes; as
// the set may have been renamed, it hides anything where `other` has no set of its name.
const Problem* what_hides(const Application& application, const Side& side, const Side& other) {
  const Expansion& expansion = side.expansion;
  for (std::size_t i = 0; i < expansion.problems.size(); ++i) {
    const Problem& problem = expansion.problems[i];
    if (problem.unknown == LeavesUnknown::no) {
      continue;
    }
    const auto set = expansion.set_of_problem.find(i);
    const bool is_of_known_set =
        set != expansion.set_of_problem.end() && other.sets.contains(set->second);
    const bool hides = !problem.application.empty()
                           ? problem.application == application.name
                           : !is_of_known_set || set->second == application.origin.application_set;
    if (hides) {
      return &problem;
    }
  }
  return nullptr;
}

class Comparison {
 public:
  Comparison(const Side& before, const Side& after) : before_(before), after_(after) {}

  Changes run() {
    const ById old_ones = by_id(before_.expansion);
    const ById new_ones = by_id(after_.expansion);
    for (const auto& [id, application] : new_ones) {
      const auto old_one = old_ones.find(id);
      if (old_one == old_ones.end()) {
        add_one_sided({.kind = ApplicationChange::Kind::added, .after = application}, before_);
      } else {
        compare(*old_one->second, *application);
      }
    }
    for (const auto& [id, application] : old_ones) {
      if (!new_ones.contains(id)) {
        add_one_sided({.kind = ApplicationChange::Kind::removed, .before = application}, after_);
      }
    }
    std::ranges::sort(changes_.list, {}, [](const ApplicationChange& change) {
      const Application& application = change.application();
      return std::tie(application.cell, application.name, application.ns);
    });
    return std::move(changes_);
  }

 private:
  void add_one_sided(ApplicationChange change, const Side& absent_from) {
    const Side& other = &absent_from == &before_ ? after_ : before_;
    if (const Problem* hides = what_hides(change.application(), absent_from, other)) {
      change.kind = ApplicationChange::Kind::unknown;
      change.reason = hides->message;
    }
    changes_.list.push_back(std::move(change));
  }

  void compare(const Application& old_one, const Application& new_one) {
    std::vector<FieldChange> fields = changed_fields(old_one.object, new_one.object);
    if (fields.empty() && old_one.cell == new_one.cell) {
      ++changes_.unchanged;
      return;
    }
    changes_.list.push_back({.kind = ApplicationChange::Kind::changed,
                             .before = &old_one,
                             .after = &new_one,
                             .fields = std::move(fields)});
  }

  const Side& before_;
  const Side& after_;
  Changes changes_;
};

}  // namespace

std::vector<FieldChange> changed_fields(const Value& before, const Value& after) {
  return FieldDiff().run(before, after);
}

std::vector<FieldChange> changed_items(const Path& path, const Value& before, const Value& after) {
  if (!before.is_list() || !after.is_list() || !has_named_items(path)) {
    return {{path, before, after}};
  }
  return FieldDiff(path).run(before, after);
}

Changes changes_between(const Side& before, const Side& after) {
  return Comparison(before, after).run();
}

}  // namespace celldrift::fleet
