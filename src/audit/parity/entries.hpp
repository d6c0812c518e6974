// What the variants of a line have at one place where they part, and which of them have the same.
#pragma once

#include "audit/parity/variants.hpp"
#include "celldrift/compare/side_by_side.hpp"

#include <cstddef>
#include <vector>

namespace celldrift::audit {

// One variant at the parting. The pointers last as long as the variants and the parting do.
struct Entry {
  const Variant* variant = nullptr;
  Stand stand;
  const Value* around = nullptr;  // what Git states of the structure that the place is in
  std::size_t group = 0;          // of equal values, as the last grouping numbered it
};
using Entries = std::vector<Entry>;

// One for each variant, in their order and not grouped yet.
Entries entries_at(const compare::Parting& parting, std::vector<Variant>& variants);

// What makes values alike.
enum class Likeness {
  whole,  // all of it
  form,   // hashes, certificates, times and such are equal where they are of one form
};

// Numbers the groups of equal values from 0, and returns how many there are. Values are equal that
// are the same as they are, or with what is the cells' own taken out.
std::size_t group_values(Entries& entries, Likeness likeness);

// Numbers them by presence alone: what is there counts as one value.
std::size_t group_presence(Entries& entries);

// True when no two of several cells have the same: the value is each cell's own, and none is out of
// line. They are grouped.
bool is_each_its_own(const Entries& entries);

// Leaves only those whose surroundings Git states alike, the most of them: a default that hangs on
// something that Git declares differently is declared with it.
void keep_alike(Entries& entries);

// How many different values Git wants there, with what is the cells' own taken out; none is one.
std::size_t count_wanted(const Entries& entries);

}  // namespace celldrift::audit
