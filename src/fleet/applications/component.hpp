// Components: an Application's name with what is particular to its cell taken out, so that
// "cell-a-backend" and "cell-b-backend" line up as "backend".
#pragma once

#include "celldrift/fleet/application.hpp"
#include "celldrift/fleet/cell.hpp"
#include "fleet/generate.hpp"

#include <span>
#include <string>
#include <vector>

namespace celldrift::fleet {

// A valid Application of a set, with what it was made from.
struct Placed {
  Application* application = nullptr;
  const Generated* generated = nullptr;
  const Cell* cell = nullptr;
};

// Gives every Application of one set its component: the template of its name without the tags that
// stand for the cell. Where two in one cell come out the same, the name without the cell's name
// serves for all of that component.
void name_components(std::span<const Placed> placed, const std::string& set_name, Engine engine);

// `name` without the cell's name, where that is a whole word of it ("cell-a-backend" in cell-a is
// "backend"); the whole name where it is not.
std::string without_cell_name(std::string_view name, const Cell& cell);

}  // namespace celldrift::fleet
