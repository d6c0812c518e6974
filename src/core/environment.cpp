#include "celldrift/core/environment.hpp"

#include <cstdlib>

namespace celldrift {

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

}  // namespace celldrift
