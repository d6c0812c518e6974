// Facts lined up by what they are about.
#pragma once

#include "audit/skew/majority.hpp"
#include "celldrift/audit/versions.hpp"

#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// A fact of one cell.
struct Told {
  const Fact* fact = nullptr;
  const Bearer* bearer = nullptr;
};
using FactsByCell = std::map<std::string_view, std::vector<Told>>;

// All facts of one subject; one at least.
class SubjectFacts {
 public:
  explicit SubjectFacts(std::span<const Fact* const> facts) : facts_(facts) {}

  const Subject& subject() const { return facts_.front()->subject; }
  FactsByCell by_cell() const;
  // What each cell has, sorted by cell. Several objects that cannot be told apart count as one with
  // all their versions.
  std::vector<CellVersion> versions() const;
  // versions() by version, and whether they are of one; quickly where all cells have the same.
  std::vector<VersionGroup> groups() const;
  bool is_one_version() const;
  // True when the other's versions() are the same.
  bool says_the_same_as(const SubjectFacts& other) const;

 private:
  // What Git wants and what is there, where all have the very same.
  bool is_uniform() const;

  std::span<const Fact* const> facts_;
};

// By subject; those of one as they come. The facts must outlive it.
class Subjects {
 public:
  explicit Subjects(const std::vector<Fact>& facts);

  const std::vector<SubjectFacts>& all() const { return subjects_; }
  const SubjectFacts* find(const Subject& subject) const;  // nullptr: there are no such facts

 private:
  std::vector<const Fact*> facts_;
  std::vector<SubjectFacts> subjects_;
};

}  // namespace celldrift::audit
