#include "audit/parity/entries.hpp"

#include "audit/fold/groups.hpp"
#include "audit/parity/opaque.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace celldrift::audit {
namespace {

// Equal for values that are the same as they are; the second for those that are with the cell's
// own taken out.
std::pair<std::string, std::string> keys_of(const Entry& entry, Likeness likeness) {
  const Value* live = entry.stand.live;
  if (live == nullptr) {
    return {"", ""};
  }
  const std::string_view form = likeness == Likeness::form ? opaque_form(*live) : "";
  if (!form.empty()) {
    return {std::string(form), std::string(form)};
  }
  return {"raw" + key_of(std::optional(*live)),
          "abstract" + key_of(std::optional(entry.variant->abstracted(*live)))};
}

// What a default may hang on: the scalars beside it, and which other fields there are.
std::string siblings_of(const Entry& entry) {
  std::vector<std::string> fields;
  if (entry.around != nullptr) {
    for (const Value::Entry& field : entry.around->entries()) {
      const Value kind = Value::integer(std::int64_t(field.value.kind()));
      const Value value = field.value.is_scalar() ? entry.variant->abstracted(field.value) : kind;
      fields.push_back(key_of({field.key.view(), key_of(std::optional(value))}));
    }
  }
  std::ranges::sort(fields);
  return join(fields, ";");
}

std::size_t count_groups(const Entries& entries) {
  std::set<std::size_t> groups;
  for (const Entry& entry : entries) {
    groups.insert(entry.group);
  }
  return groups.size();
}

}  // namespace

Entries entries_at(const compare::Parting& parting, std::vector<Variant>& variants) {
  Entries entries;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    entries.push_back({.variant = &variants[i],
                       .stand = variants[i].stand_at(parting.text, parting.at[i]),
                       .around = parting.around[i]});
  }
  return entries;
}

std::size_t group_values(Entries& entries, Likeness likeness) {
  Sets sets(entries.size());
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto [raw, abstract] = keys_of(entries[i], likeness);
    sets.join(i, first.emplace(raw, i).first->second);
    sets.join(i, first.emplace(abstract, i).first->second);
  }
  const std::vector<Indexes> groups = sets.take();
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const std::size_t i : groups[group]) {
      entries[i].group = group;
    }
  }
  return groups.size();
}

std::size_t group_presence(Entries& entries) {
  for (Entry& entry : entries) {
    entry.group = entry.stand.live == nullptr ? 0 : 1;
  }
  return count_groups(entries);
}

bool is_each_its_own(const Entries& entries) {
  return entries.size() > 2 && count_groups(entries) == entries.size() &&
         std::ranges::all_of(entries,
                             [](const Entry& entry) { return entry.variant->cells().size() == 1; });
}

void keep_alike(Entries& entries) {
  std::map<std::string, std::size_t> cells;
  for (const Entry& entry : entries) {
    cells[siblings_of(entry)] += entry.variant->cells().size();
  }
  const auto most =
      std::ranges::max_element(cells, {}, [](const auto& each) { return each.second; });
  const std::string kept = most == cells.end() ? "" : most->first;
  std::erase_if(entries, [&](const Entry& entry) { return siblings_of(entry) != kept; });
}

std::size_t count_wanted(const Entries& entries) {
  std::set<std::string> wanted;
  for (const Entry& entry : entries) {
    const Value* desired = entry.stand.desired;
    wanted.insert(desired == nullptr ? ""
                                     : key_of(std::optional(entry.variant->abstracted(*desired))));
  }
  return wanted.size();
}

}  // namespace celldrift::audit
