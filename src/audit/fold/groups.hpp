// Sets of findings that have something in common, and the keys by which it is told.
#pragma once

#include "celldrift/audit/report.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

using Indexes = std::vector<std::size_t>;

// Disjoint sets of the numbers below `size`. What they come to does not depend on the order in
// which they are joined.
class Sets {
 public:
  explicit Sets(std::size_t size);

  void join(std::size_t a, std::size_t b);
  // Every set, by its smallest member; members ascending.
  std::vector<Indexes> take();

 private:
  std::size_t root(std::size_t member);

  std::vector<std::size_t> parent_;
};

// Findings with one cause. Indexes into the report's findings, ascending.
struct Group {
  Cause::Kind kind = Cause::Kind::write;
  Indexes members;
};

// Some texts as one that is equal for equal ones only.
std::string key_of(std::initializer_list<std::string_view> parts);
// Equal for values of equal content, within a process.
std::string key_of(const std::optional<Value>& value);
// Manager, operation and subresource; "" for nobody.
std::string writer_of(const std::optional<compare::Owner>& owner);
// The values of skew or parity, each with its cells.
std::string key_of(const std::vector<ValueGroup>& values);
// An object over cells: its component, kind and shared name.
std::string shared_key(const Finding& finding);

// Parts `items` by a key; in the order of the keys' first items.
template <class Key>
std::vector<Indexes> by_key(const Indexes& items, Key key) {
  std::map<std::string, std::size_t> places;
  std::vector<Indexes> parts;
  for (const std::size_t item : items) {
    const auto [place, is_new] = places.emplace(key(item), parts.size());
    if (is_new) {
      parts.emplace_back();
    }
    parts[place->second].push_back(item);
  }
  return parts;
}

}  // namespace celldrift::audit
