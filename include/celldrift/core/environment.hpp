// The environment that this process was started in.
#pragma once

#include <string>

namespace celldrift {

// The variable's value; "" where it is not set.
std::string environment(const std::string& name);

}  // namespace celldrift
