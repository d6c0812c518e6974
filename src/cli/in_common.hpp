// What the cells of a fleet have in common, worked out once.
#pragma once

#include "celldrift/observe/clean_parts.hpp"
#include "cli/comparisons.hpp"
#include "cli/hide_secrets.hpp"
#include "cli/left_over.hpp"
#include "cli/live_versions.hpp"
#include "cli/placed_objects.hpp"
#include "cli/substrate.hpp"
#include "cli/wanted_together.hpp"

namespace celldrift::cli {

// Of one run, whose rules and settings are the same for all cells. Thread-safe.
struct InCommon {
  observe::CleanPartsBySecrets clean_parts;
  SubstrateContents substrates;
  Placements placements;
  HiddenCells hidden{8};
  Comparisons comparisons;
  WantedByCells wanted{8};
  LeftOverInCells left_over{8};
  RunningInCells running{8};
  SubstrateInCells substrates_of_cells{8};
};

}  // namespace celldrift::cli
