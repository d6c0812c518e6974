#include "celldrift/core/short_commit.hpp"

namespace celldrift {

std::string short_commit(std::string_view commit) {
  return std::string(commit.substr(0, 7));
}

}  // namespace celldrift
