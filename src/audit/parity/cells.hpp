// The cells of which anything is known, with what is their own taken out of texts.
#pragma once

#include "audit/parity/abstraction.hpp"
#include "celldrift/audit/audit.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// Numbered as in Input::known, which must outlive it. Names are compared as all cells would have
// them.
class Cells {
 public:
  explicit Cells(const Input& input);

  const std::vector<KnownCell>& all() const { return input_.known; }
  std::string text(std::size_t cell, std::string_view text) const {
    return abstraction_.text(cell, text);
  }
  // "" where it is not known.
  std::string kubernetes_version(std::size_t cell) const;

 private:
  const CellSummary* summary(const std::string& name) const;

  const Input& input_;
  Abstraction abstraction_;
};

}  // namespace celldrift::audit
