// index.json of a web folder: which snapshots it has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::store {

// The names in a JSON list, or in the list `snapshots` of a map; those that are not named as
// snapshots are left out. Error(parse) for anything else, and for a name that leads out of the
// folder.
std::vector<std::string> names_in_index(std::string_view text);

}  // namespace celldrift::store
