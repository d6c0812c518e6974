// Which Applications --cell and -l ask for.
#pragma once

#include "celldrift/core/label_selector.hpp"
#include "celldrift/fleet/application.hpp"
#include "celldrift/fleet/cell.hpp"
#include "cli/commands.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

class Wanted {
 public:
  // Error(usage) for a selector that is none.
  explicit Wanted(const AppsOptions& what);

  bool operator()(const fleet::Application& application) const;
  // Of an Application object that is not placed in a cell yet.
  bool operator()(const Value& document, const fleet::Fleet& fleet) const;

 private:
  bool is_cell(const std::string& name) const;

  std::vector<std::string> cells_;
  LabelSelector labels_;
};

}  // namespace celldrift::cli
