// Small pieces of wording that all parts of the text share.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/core/clock.hpp"
#include "report/page/page.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::report {

// "1 finding", "3 findings".
std::string count(std::size_t number, std::string_view thing);

// "cell-2, cell-10", numbers in their order; "all 50 cells" when it is more than three and all of
// them; cut to `limit` columns as "cell-1, cell-2, … (48 cells)". `thing` is what they are, in the
// singular.
std::string list_names(std::vector<std::string> names,
                       std::size_t limit,
                       std::size_t all,
                       std::string_view thing = "cell");

// All of them: "cell-2, cell-10".
std::string all_names(std::vector<std::string> names);

// "2 hours ago (2026-03-01T09:30:00Z)"; the date alone without a `now` or when it is in the future.
std::string when(Time time, const std::optional<Time>& now);

// " (3f2c1ab, Ann Lee, 2 days ago)", who last changed the line of Git; "" where it is not known.
std::string last_change(const audit::Finding& finding, const std::optional<Time>& now);

Style style_of(audit::Severity severity);

}  // namespace celldrift::report
