// What Argo CD's own cluster has of its objects, where that is none of the cells that are compared.
#pragma once

#include "cli/cell_reader.hpp"
#include "cli/compare_cell.hpp"
#include "cli/tool_state.hpp"

#include <future>
#include <optional>
#include <vector>

namespace celldrift::cli {

struct HubTools {
  std::optional<audit::ToolState> state;
  std::vector<Problem> problems;
};

struct HubQuestion {
  const Setup& setup;
  const ReadContext& context;
  const CompareRules& rules;
  ToolExpectations& git;
  bool is_compared = false;  // as one of the cells: there is nothing left to ask
  // The entry that Argo CD has for its own cluster, with its reader, reached; null where there is
  // none. It has no Applications.
  const fleet::Cell* cell = nullptr;
  CellReader* reader = nullptr;
};

// Nothing where no hub is known. What the question names must outlive the answer.
std::future<HubTools> read_hub_tools(const HubQuestion& question);

}  // namespace celldrift::cli
