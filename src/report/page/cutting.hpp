// Long texts cut so that what matters of them stays.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::report {

// The text in at most `limit` columns: its start and its end, "…" between them.
std::string cut_middle(std::string_view text, std::size_t limit);

// Two texts in at most `limit` columns each: where they part, and what is around it.
struct CutPair {
  std::string want;
  std::string have;
};
CutPair cut_around_difference(std::string_view want, std::string_view have, std::size_t limit);

}  // namespace celldrift::report
