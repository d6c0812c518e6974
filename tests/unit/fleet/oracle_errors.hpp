// Whether two errors are about the same thing: Argo CD's, as recorded, and celldrift's.
#pragma once

#include "celldrift/core/error.hpp"

#include <string>
#include <string_view>

namespace celldrift::fleet::test {

// "" when `ours` names the generator and the field that Argo CD's message is about; otherwise what
// it lacks. `set_text` is the ApplicationSet's file, in which the error must have its place.
std::string disagreement(const Error& ours, std::string_view theirs, std::string_view set_text);

}  // namespace celldrift::fleet::test
