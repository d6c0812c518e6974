#include "cli/commands.hpp"

namespace celldrift::cli {
int demo(const Options&) { return 2; }
}  // namespace celldrift::cli
