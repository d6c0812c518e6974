// The different forms that one object has over the cells, and what each cell makes of a field.
#pragma once

#include "audit/parity/components.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::audit {

// What a variant has at a place where variants part.
struct Stand {
  const Value* live = nullptr;
  const Value* desired = nullptr;
  bool is_drift = false;                        // told as such already
  const compare::Accepted* accepted = nullptr;  // somebody changed it by right, or a rule hides it
  compare::Decision::Outcome outcome =
      compare::Decision::Outcome::undecided;  // of what Git leaves open
  std::optional<compare::Owner> owner;
};

// Cells whose objects are the same, and are desired and judged the same.
class Variant {
 public:
  Variant(const Component& component, const Line& line, std::vector<std::size_t> sides);

  const compare::ObjectResult& result() const { return *result_; }
  const Member& member() const { return *member_; }
  const std::vector<std::string>& cells() const { return cells_; }  // sorted
  std::string text(std::string_view text) const {
    return component_.abstraction().text(side_, text);
  }
  Value abstracted(const Value& value) const;

  // At a parting: `place` is its abstract text.
  Stand stand_at(std::string_view place, const compare::SideNode& node);
  // True when a difference of this variant is in the very structure that the place is in.
  bool has_drift_beside(const Path& path) const;
  compare::Context context(compare::Explain explain) const;

 private:
  struct Decided {
    std::string text;
    compare::Decision decision;
  };
  void decide();

  const Component& component_;
  std::size_t side_;
  const Member* member_;
  const compare::ObjectResult* result_;
  std::vector<std::string> cells_;
  std::vector<std::string> drifted_;             // abstract texts of the differences' paths
  std::vector<std::string> accepted_;            // of those of result().accepted
  std::optional<std::vector<Decided>> decided_;  // why each field is what it is; when first needed
};

// The variants of a line; one when all cells have the same. O(1) for each field that is equal.
std::vector<Variant> variants_of(const Component& component, const Line& line);

// True when one place is the other, or in it: "spec.ports" and "spec.ports[port=80].name".
bool overlap(std::string_view a, std::string_view b);

}  // namespace celldrift::audit
