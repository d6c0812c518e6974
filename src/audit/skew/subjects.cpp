#include "audit/skew/subjects.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

namespace celldrift::audit {
namespace {

std::string joined(const std::set<std::string>& versions) {
  return join({versions.begin(), versions.end()}, ", ");
}

CellVersion cell_version(std::string_view cell, const std::vector<Told>& facts) {
  std::set<std::string> versions;
  std::set<std::string> desired;
  bool stated = true;
  for (const Told& told : facts) {
    versions.insert(told.fact->version);
    stated = stated && told.fact->desired;
    if (told.fact->desired) {
      desired.insert(*told.fact->desired);
    }
  }
  return {.cell = std::string(cell),
          .version = joined(versions),
          .desired = stated ? std::optional(joined(desired)) : std::nullopt};
}

const Subject& subject_of(const Fact* fact) {
  return fact->subject;
}

// Most facts come by component: only those of one are held against each other.
std::vector<const Fact*> sorted(const std::vector<Fact>& facts) {
  std::map<std::string_view, std::vector<const Fact*>> components;
  std::vector<const Fact*>* last = nullptr;
  for (const Fact& fact : facts) {
    const std::string& component = fact.subject.component;
    if (last == nullptr || last->back()->subject.component != component) {
      last = &components[component];
    }
    last->push_back(&fact);
  }
  std::vector<const Fact*> all;
  for (auto& [name, of_component] : components) {
    std::ranges::stable_sort(of_component, {}, subject_of);
    std::ranges::copy(of_component, std::back_inserter(all));
  }
  return all;
}

}  // namespace

FactsByCell SubjectFacts::by_cell() const {
  FactsByCell by_cell;
  for (const Fact* fact : facts_) {
    for (const Bearer& bearer : *fact->bearers) {
      by_cell[bearer.cell].push_back({fact, &bearer});
    }
  }
  return by_cell;
}

std::vector<CellVersion> SubjectFacts::versions() const {
  std::vector<CellVersion> versions;
  for (const auto& [cell, facts] : by_cell()) {
    versions.push_back(cell_version(cell, facts));
  }
  return versions;
}

bool SubjectFacts::is_uniform() const {
  const Fact& first = *facts_.front();
  return std::ranges::all_of(facts_, [&](const Fact* fact) {
    return fact->version == first.version && fact->desired == first.desired;
  });
}

std::vector<VersionGroup> SubjectFacts::groups() const {
  if (!is_uniform()) {
    return group_versions(versions());
  }
  const Fact& first = *facts_.front();
  VersionGroup group{.version = first.version, .as_desired = first.desired == first.version};
  for (const Fact* fact : facts_) {
    for (const Bearer& bearer : *fact->bearers) {
      group.cells.push_back(bearer.cell);
    }
  }
  std::ranges::sort(group.cells);
  const auto repeated = std::ranges::unique(group.cells);
  group.cells.erase(repeated.begin(), repeated.end());
  return {std::move(group)};
}

bool SubjectFacts::is_one_version() const {
  return is_uniform() || group_versions(versions()).size() == 1;
}

bool SubjectFacts::says_the_same_as(const SubjectFacts& other) const {
  const Fact& own = *facts_.front();
  const Fact& others = *other.facts_.front();
  const bool are_alike =
      facts_.size() == 1 && other.facts_.size() == 1 && own.bearers == others.bearers;
  return are_alike ? own.version == others.version && own.desired == others.desired
                   : versions() == other.versions();
}

Subjects::Subjects(const std::vector<Fact>& facts) : facts_(sorted(facts)) {
  for (auto first = facts_.begin(); first != facts_.end();) {
    const auto last = std::find_if(
        first, facts_.end(), [&](const Fact* fact) { return fact->subject != (*first)->subject; });
    subjects_.emplace_back(std::span(first, last));
    first = last;
  }
}

const SubjectFacts* Subjects::find(const Subject& subject) const {
  const auto found = std::ranges::lower_bound(
      subjects_, subject, {}, [](const SubjectFacts& facts) -> const Subject& {
        return facts.subject();
      });
  return found == subjects_.end() || found->subject() != subject ? nullptr : &*found;
}

}  // namespace celldrift::audit
