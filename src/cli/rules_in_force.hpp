// The rules of a run: of the packs, of celldrift.yaml, of the files that --rules names.
#pragma once

#include "celldrift/audit/rules.hpp"
#include "cli/cells.hpp"

#include <string>

namespace celldrift::cli {

// In this order; later ones win. Error(config) with the place of what is wrong.
audit::Rules rules_in_force(const Setup& setup);

// Of one file: a rule file, or a celldrift.yaml by its name, whose packs are checked too.
audit::Rules read_rules_file(const std::string& path);

}  // namespace celldrift::cli
