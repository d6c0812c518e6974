// Objects that cells stand on, lined up over the cells.
#pragma once

#include "audit/parity/cells.hpp"
#include "celldrift/audit/report.hpp"
#include "celldrift/audit/substrate.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

enum class Whose {
  nobodys,  // objects that Git has in a cell are told as drift and parity: that cell is left out
  anybodys,
};

// What one cell has of a line.
struct Holding {
  std::size_t cell = 0;
  const Substrate::Part* part = nullptr;  // nullptr: it is known to have none
};

struct SubstrateLine {
  GroupKind kind;
  std::string ns;  // as all cells would have it, like the name
  std::string name;
  std::vector<Holding> holdings;  // by name of the cell; only of cells that count
};

// Of kinds that are read, in cells that serve them and, of what is in namespaces, have Git's
// objects there. Sorted. By name where all have the same, else with what is the cells' own taken
// out. O(parts).
std::vector<SubstrateLine> substrate_lines(const Cells& cells, Whose whose);

// The cells, by name, of which the substrate is known.
std::vector<std::size_t> known_cells(const Cells& cells);
// False where the cell is known not to serve the kind.
bool may_serve(const Substrate& substrate, const GroupKind& kind);

}  // namespace celldrift::audit
