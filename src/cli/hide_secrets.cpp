#include "cli/hide_secrets.hpp"

#include "cli/likeness.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace celldrift::cli {
namespace {

using observe::KnownSecrets;

// All that decides what is hidden, and how, but for the rules.
Hash likeness_of(const std::vector<Placed>& placed, const CellState& cell) {
  const observe::Observation& observation = cell.observation;
  Likeness likeness(Question::hiding);
  likeness.address(observation.objects.address()).hash(observation.known.identity());
  likeness.text(cell.key.bytes()).number(std::uint64_t(cell.has_key));
  for (const Placed& each : placed) {
    likeness.address(each.objects.identity());
  }
  return likeness.sum();
}

template <class Change>
void change_all(std::vector<PlacedObjects>& lists, const Change& change) {
  for (PlacedObjects& list : lists) {
    list = changed(list, change);
  }
}

// Secret values become what live has in their place: hashes under the same key.
KnownSecrets hide_in_secrets(std::vector<PlacedObjects>& lists, const observe::SecretKey& key) {
  KnownSecrets known;
  change_all(lists, [&](const ObjectKey&, const Value& object) {
    return observe::without_secrets(object, key, &known);
  });
  return known;
}

}  // namespace

HiddenSecrets::HiddenSecrets(std::vector<Placed>& placed, CellState& cell, const HidingRules& rules)
    : cell_(cell) {
  // Two readings of a live cell are never the same.
  const bool may_be_alike = cell.observation.from_snapshot;
  const Hash likeness = may_be_alike ? likeness_of(placed, cell) : Hash();
  auto sides = may_be_alike ? rules.cells.find(likeness) : nullptr;
  if (sides != nullptr) {
    start(sides, rules);
  } else {
    auto made = std::make_shared<HiddenSides>();
    made->stated = lists_of(placed);
    made->read = cell.observation.objects;
    hide_in(made, rules);
    sides = may_be_alike ? rules.cells.add(likeness, made) : made;
  }
  cell.observation.objects = sides->live;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    placed[i].objects = sides->desired[i];
  }
}

void HiddenSecrets::start(std::shared_ptr<const HiddenSides> sides, const HidingRules& rules) {
  const auto scrubber_of = [&](const KnownSecrets& known, std::optional<observe::Scrubber>& to) {
    to.emplace(
        known, rules.sensitive, cell_.key, observe::Show::hash, rules.clean.of(known, cell_.key));
  };
  sides_ = std::move(sides);
  scrubber_of(sides_->known, of_cell_);
  scrubber_of(sides_->all, of_both_);
  is_more_ = sides_->all.size() > sides_->known.size();
}

// What was read is scrubbed of its own Secrets already, a snapshot when it was taken. So that equal
// texts come to be equal, Git's go through the same two steps: first the cell's own Secrets, then
// those of both sides.
void HiddenSecrets::hide_in(const std::shared_ptr<HiddenSides>& sides, const HidingRules& rules) {
  observe::Observation& observation = cell_.observation;
  std::vector<PlacedObjects> lists = sides->stated;
  sides->all = hide_in_secrets(lists, cell_.key);
  sides->known = observation.known.told_by(sides->all);
  sides->all.add(sides->known);
  start(sides, rules);
  change_all(lists, [&](const ObjectKey&, const Value& object) { return scrub(object); });
  if (is_more_ || observation.from_snapshot) {
    observation.objects = observation.objects.changed(
        [&](const observe::LiveObject& live) { return of_both_->scrub(live.object); });
  }
  change_all(lists, [&](const ObjectKey& key, const Value& object) {
    return adopt_hashes(key, object, sides->unknown);
  });
  sides->desired = std::move(lists);
  sides->live = observation.objects;
}

std::optional<Problem> HiddenSecrets::problem() const {
  if (sides_->unknown == 0) {
    return std::nullopt;
  }
  const observe::Observation& observation = cell_.observation;
  return Problem{.stage = Stage::observe,
                 .cell = observation.cell,
                 .message = std::to_string(sides_->unknown) +
                            " values in the snapshot are hashed with another key (id " +
                            observation.secret_key_id +
                            ") and could not be compared; give the fleet's with --secret-key-file"};
}

Value HiddenSecrets::scrub(const Value& object) {
  const Value once = of_cell_->scrub(object);
  return is_more_ ? of_both_->scrub(once) : once;
}

Value HiddenSecrets::adopt_hashes(const ObjectKey& key,
                                  const Value& object,
                                  std::size_t& unknown) const {
  const observe::Observation& observation = cell_.observation;
  const Value* live =
      observation.from_snapshot ? observation.find(key, object.string_at({"apiVersion"})) : nullptr;
  return live == nullptr ? object
                         : observe::with_hashes_of(
                               *live, object, cell_.has_key ? &cell_.key : nullptr, unknown);
}

Value HiddenSecrets::hide(const ObjectKey& key, const Value& object) {
  std::size_t unknown = 0;
  return adopt_hashes(key, scrub(observe::without_secrets(object, cell_.key)), unknown);
}

}  // namespace celldrift::cli
