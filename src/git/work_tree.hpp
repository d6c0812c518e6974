// The files of a work tree as they are now.
#pragma once

#include "celldrift/git/tree.hpp"
#include "git/tracked.hpp"

#include <memory>
#include <string>

namespace celldrift::git {

// Looks through everything once and remembers it by content: a file that changes afterwards is an
// Error(io) when it is read, so that one audit never mixes two states.
std::shared_ptr<const Tree> read_work_tree(const Tracked& tracked, const std::string& directory);

}  // namespace celldrift::git
