// What a deploy does, told once for all cells in which it does the same.
#pragma once

#include "celldrift/audit/gate.hpp"
#include "report/page/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::report {

struct SameChange {
  const audit::GateChange* first = nullptr;
  std::vector<std::string> cells;  // sorted
};

// By component, in the order of their first cells.
std::vector<SameChange> same_changes(const std::vector<audit::GateChange>& changes);

struct EffectWords {
  std::string_view sign;
  std::string_view text;
  Style style = Style::plain;
};
EffectWords words_of(audit::ObjectEffect::Kind kind);

}  // namespace celldrift::report
