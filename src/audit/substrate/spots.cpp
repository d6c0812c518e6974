#include "audit/substrate/spots.hpp"

#include "audit/substrate/content.hpp"
#include "celldrift/compare/side_by_side.hpp"
#include "celldrift/core/kinds.hpp"

#include <algorithm>
#include <map>

namespace celldrift::audit {
namespace {

// Cells that have the same of an object.
struct Form {
  const Substrate::Part* part = nullptr;
  std::vector<std::size_t> cells;
};

std::vector<Form> forms_of(const SubstrateLine& line) {
  std::vector<Form> forms;
  std::map<Hash, std::size_t> places;
  for (const Holding& holding : line.holdings) {
    if (holding.part != nullptr) {
      const auto [place, is_new] = places.emplace(holding.part->content.hash(), forms.size());
      if (is_new) {
        forms.push_back({.part = holding.part, .cells = {}});
      }
      forms[place->second].cells.push_back(holding.cell);
    }
  }
  return forms;
}

std::vector<Held> held_at(const compare::Parting& parting, const std::vector<Form>& forms) {
  std::vector<Held> held;
  for (std::size_t form = 0; form < forms.size(); ++form) {
    const Value* value = parting.at[form].live;
    for (const std::size_t cell : forms[form].cells) {
      held.push_back({cell, value == nullptr ? Value() : *value});
    }
  }
  return held;
}

std::size_t count_of_groups(const std::vector<std::size_t>& numbers) {
  return numbers.empty() ? 0 : *std::ranges::max_element(numbers) + 1;
}

bool is_used(const Cells& cells, const GroupKind& kind) {
  return std::ranges::any_of(
      cells.all(), [&](const KnownCell& cell) { return cell.substrate.used.contains(kind); });
}

// The class that counts by default is told as such. Versions that a definition serves and stores
// are, too: as skew where Git uses the kind, else with the APIs.
bool is_told_elsewhere(const Cells& cells, const SubstrateLine& line, const Path& path) {
  if (says_default_class(path)) {
    return true;
  }
  const auto& steps = path.steps();
  const auto is_field = [&](std::size_t step, std::string_view name) {
    const auto* field = std::get_if<Path::Field>(&steps[step]);
    return field != nullptr && field->name == name;
  };
  const std::optional<GroupKind> defined = defined_by(line);
  const bool is_of_version = defined && !steps.empty() && is_field(0, "versions");
  return is_of_version && (steps.size() < 3 || (steps.size() == 3 && is_field(2, "storage") &&
                                                is_used(cells, *defined)));
}

std::vector<compare::Side> sides_of(const std::vector<Form>& forms) {
  static const Value not_in_git;
  std::vector<compare::Side> sides;
  for (const Form& form : forms) {
    sides.push_back({form.part->content, not_in_git});
  }
  return sides;
}

}  // namespace

std::optional<GroupKind> defined_by(const SubstrateLine& line) {
  if (line.kind != definition_kind) {
    return std::nullopt;
  }
  const auto holding =
      std::ranges::find_if(line.holdings, [](const Holding& each) { return each.part != nullptr; });
  const Value& content = holding->part->content;
  return GroupKind{std::string(content.string_at({"group"})),
                   std::string(content.string_at({"names", "kind"}))};
}

std::vector<Spot> spots_of(const Cells& cells, const SubstrateLine& line) {
  std::vector<Spot> spots;
  const std::vector<Form> forms = forms_of(line);
  if (forms.size() < 2) {
    return spots;
  }
  const compare::Context context;
  const auto abstract = [&](std::size_t side, std::string_view text) {
    return cells.text(forms[side].cells.front(), text);
  };
  for (const compare::Parting& parting : compare::partings(
           sides_of(forms), context.schema, context.settings.instance_label, abstract)) {
    std::vector<Held> held = held_at(parting, forms);
    if (is_told_elsewhere(cells, line, parting.path) ||
        count_of_groups(group_numbers(cells, held, Own::may_be)) < 2) {
      continue;
    }
    const auto first =
        std::ranges::find_if(parting.at, [](const auto& node) { return node.live != nullptr; });
    const std::size_t side = std::size_t(first - parting.at.begin());
    Path path = object_path(line.kind, parting.path, forms[side].part->content);
    std::string text = abstract(side, path.text());
    spots.push_back({std::move(path), std::move(text), std::move(held)});
  }
  return spots;
}

}  // namespace celldrift::audit
