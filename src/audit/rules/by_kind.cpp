#include "audit/rules/by_kind.hpp"

namespace celldrift::audit {

void ByKind::add(std::size_t index, const std::vector<std::string>& kinds) {
  if (kinds.empty()) {
    of_any_.push_back(index);
    for (auto& [kind, indexes] : of_kind_) {
      indexes.push_back(index);
    }
    return;
  }
  for (const std::string& kind : kinds) {
    std::vector<std::size_t>& indexes = of_kind_.try_emplace(kind, of_any_).first->second;
    if (indexes.empty() || indexes.back() != index) {
      indexes.push_back(index);
    }
  }
}

const std::vector<std::size_t>& ByKind::of(std::string_view kind) const {
  const auto found = of_kind_.find(kind);
  return found == of_kind_.end() ? of_any_ : found->second;
}

}  // namespace celldrift::audit
