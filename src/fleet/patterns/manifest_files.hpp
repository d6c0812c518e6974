// The YAML and JSON files of a tree.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/git/tree.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// Every document of the .yaml, .yml and .json files of `tree` for whose file `is_wanted` is true of
// the text; the items of Lists stand for themselves. Files and documents that do not parse are
// passed over: whoever looks for one object must not fail for another. Error(limit) for directories
// that are nested too deeply.
std::vector<Value> documents_in(const git::Tree& tree,
                                const std::function<bool(std::string_view text)>& is_wanted);

// The objects of a document: its items where it is a List, else itself.
std::vector<Value> objects_of(const Value& document);

}  // namespace celldrift::fleet
