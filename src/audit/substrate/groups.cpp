#include "audit/substrate/groups.hpp"

#include "audit/fold/groups.hpp"
#include "audit/parity/opaque.hpp"
#include "celldrift/compare/side_by_side.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>

namespace celldrift::audit {
namespace {

Value abstract_value(const Cells& cells, const Held& held) {
  return compare::abstracted(held.value,
                             [&](std::string_view text) { return cells.text(held.cell, text); });
}

std::vector<std::string> keys_of(const Cells& cells, const Held& held) {
  if (held.value.is_null()) {
    return {"nothing"};
  }
  const std::string_view form = opaque_form(held.value);
  return form.empty()
             ? std::vector<std::string>{"raw" + key_of(std::optional(held.value)),
                                        "abstract" +
                                            key_of(std::optional(abstract_value(cells, held)))}
             : std::vector<std::string>{std::string(form)};
}

// Sizes and counts are short, and a switch has two positions.
bool is_each_its_own(const std::vector<Held>& held, std::size_t groups) {
  constexpr std::size_t least = 6;
  return held.size() > 2 && groups == held.size() &&
         std::ranges::all_of(held, [](const Held& each) {
           return each.value.is_string() && each.value.as_string().size() >= least;
         });
}

std::vector<Indexes> groups_of(const Cells& cells, const std::vector<Held>& held, Own own) {
  Sets sets(held.size());
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < held.size(); ++i) {
    for (const std::string& key : keys_of(cells, held[i])) {
      sets.join(i, first.emplace(key, i).first->second);
    }
  }
  std::vector<Indexes> groups = sets.take();
  if (own == Own::may_be && is_each_its_own(held, groups.size())) {
    for (std::size_t i = 1; i < groups.size(); ++i) {
      groups.front().push_back(groups[i].front());
    }
    groups.resize(1);
  }
  return groups;
}

// As it is where all have it so.
Value value_of(const Cells& cells, const std::vector<Held>& held, const Indexes& group) {
  const Value& first = held[group.front()].value;
  const bool is_one =
      std::ranges::all_of(group, [&](std::size_t i) { return held[i].value == first; });
  return is_one ? first : abstract_value(cells, held[group.front()]);
}

}  // namespace

std::vector<std::size_t> group_numbers(const Cells& cells, const std::vector<Held>& held, Own own) {
  std::vector<std::size_t> numbers(held.size());
  const std::vector<Indexes> groups = groups_of(cells, held, own);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const std::size_t i : groups[group]) {
      numbers[i] = group;
    }
  }
  return numbers;
}

std::vector<ValueGroup> grouped(const Cells& cells, const std::vector<Held>& held, Own own) {
  std::vector<std::pair<std::string, ValueGroup>> groups;
  for (const Indexes& indexes : groups_of(cells, held, own)) {
    ValueGroup group{.value = value_of(cells, held, indexes), .cells = {}};
    for (const std::size_t i : indexes) {
      group.cells.push_back(cells.all()[held[i].cell].name);
    }
    std::ranges::sort(group.cells);
    groups.emplace_back(group.value.is_null() ? "" : yaml::canonical_json(group.value),
                        std::move(group));
  }
  std::ranges::sort(groups, [](const auto& a, const auto& b) {
    const std::size_t left = a.second.cells.size();
    const std::size_t right = b.second.cells.size();
    return left != right ? left > right : a.first < b.first;
  });
  std::vector<ValueGroup> result;
  std::ranges::transform(
      groups, std::back_inserter(result), [](auto& group) { return std::move(group.second); });
  return result;
}

}  // namespace celldrift::audit
