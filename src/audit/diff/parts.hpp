// The parts of diff_cells(). Each adds what differs, without order.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/parity.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace celldrift::audit {

using MatchedObjects = std::set<const compare::ObjectResult*>;

// Fields of the objects that both cells have, and the pairs of these objects; counts them. Returns
// the objects that it has lined up.
MatchedObjects add_fields(const Input& input, Values values, CellDiff& diff);
// Objects that Git wants, or an Application has, in one of the cells alone. `matched` are none.
void add_objects(const Input& input, const MatchedObjects& matched, CellDiff& diff);
// Applications that one of the cells has alone.
void add_applications(const Input& input, CellDiff& diff);
// What no Application wants: objects beside Git's, and what the cells stand on.
void add_unwanted(const Input& input, CellDiff& diff);

// What a cell has, by the groups of values; nothing where it has none.
std::optional<Value> value_in(const std::string& cell, const std::vector<ValueGroup>& values);
// The other one of the two cells.
const std::string& other_cell(const CellDiff& diff, const std::string& cell);
// Says that this one of the two cells is the one that has it.
void set_there(CellDifference& difference, const CellDiff& diff, const std::string& cell);

}  // namespace celldrift::audit
