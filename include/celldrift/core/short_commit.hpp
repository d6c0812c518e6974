// Commits as messages name them.
#pragma once

#include <string>
#include <string_view>

namespace celldrift {

// The first seven digits of a commit's hex, as git has it; the whole text where it is shorter.
std::string short_commit(std::string_view commit);

}  // namespace celldrift
