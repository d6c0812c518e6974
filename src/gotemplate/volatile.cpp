#include "gotemplate/run.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

// Looks through a value, up to a bound; what lies past it is taken to be volatile.
class Search {
 public:
  bool finds(const Any& value, int depth = 0) {
    if (value.is_volatile() || ++visited_ > 10'000 || depth > 100) {
      return true;
    }
    if (value.kind() == Kind::slice) {
      return std::ranges::any_of(value.items(),
                                 [&](const Any& item) { return finds(item, depth + 1); });
    }
    if (value.kind() != Kind::map || value.map_node() == nullptr) {
      return false;
    }
    return std::ranges::any_of(value.map_node()->entries(), [&](const Map::Entry& entry) {
      return finds(entry.value, depth + 1);
    });
  }

  std::size_t visited() const { return visited_; }

 private:
  std::size_t visited_ = 0;
};

}  // namespace

bool Run::holds_volatile(const Any& value) {
  if (!saw_volatile_) {
    return false;
  }
  Search search;
  const bool found = search.finds(value);
  steps_ += search.visited();
  return found;
}

bool Run::any_volatile(std::span<const Any> values) {
  return saw_volatile_ &&
         std::ranges::any_of(values, [this](const Any& value) { return holds_volatile(value); });
}

bool Run::any_volatile(std::span<const Operand> values) {
  return saw_volatile_ && std::ranges::any_of(values, [this](const Operand& operand) {
           return holds_volatile(operand.value);
         });
}

}  // namespace celldrift::gotemplate
