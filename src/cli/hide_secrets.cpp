#include "cli/hide_secrets.hpp"

namespace celldrift::cli {
namespace {

using observe::KnownSecrets;

template <class Change>
void change_all(std::vector<Placed>& placed, const Change& change) {
  for (Placed& application : placed) {
    for (auto& [key, object] : application.objects) {
      object = change(key, object);
    }
  }
}

// Secret values become what live has in their place: hashes under the same key.
KnownSecrets hide_in_secrets(std::vector<Placed>& placed, const observe::SecretKey& key) {
  KnownSecrets known;
  change_all(placed, [&](const ObjectKey&, const Value& object) {
    return observe::without_secrets(object, key, &known);
  });
  return known;
}

Problem other_key(std::size_t unknown, const observe::Observation& observation) {
  return {.stage = Stage::observe,
          .cell = observation.cell,
          .message = std::to_string(unknown) +
                     " values in the snapshot are hashed with another key (id " +
                     observation.secret_key_id +
                     ") and could not be compared; give the fleet's with --secret-key-file"};
}

}  // namespace

// What was read is scrubbed of its own Secrets already, a snapshot when it was taken. So that equal
// texts come to be equal, Git's go through the same two steps: first the cell's own Secrets, then
// those of both sides.
HiddenSecrets::HiddenSecrets(std::vector<Placed>& placed,
                             CellState& cell,
                             const observe::Sensitive& sensitive,
                             observe::CleanPartsBySecrets& clean)
    : cell_(cell),
      all_(hide_in_secrets(placed, cell.key)),
      known_(cell.observation.known.told_by(all_)),
      of_cell_(known_, sensitive, cell.key, observe::Show::hash, clean.of(known_, cell.key)) {
  observe::Observation& observation = cell.observation;
  all_.add(known_);
  of_both_.emplace(all_, sensitive, cell.key, observe::Show::hash, clean.of(all_, cell.key));
  is_more_ = all_.size() > known_.size();
  change_all(placed, [&](const ObjectKey&, const Value& object) { return scrub(object); });
  if (is_more_ || observation.from_snapshot) {
    observation.objects = observation.objects.changed(
        [&](const observe::LiveObject& live) { return of_both_->scrub(live.object); });
  }
  std::size_t unknown = 0;
  change_all(placed, [&](const ObjectKey& key, const Value& object) {
    return adopt_hashes(key, object, unknown);
  });
  if (unknown > 0) {
    problem_ = other_key(unknown, observation);
  }
}

Value HiddenSecrets::scrub(const Value& object) {
  const Value once = of_cell_.scrub(object);
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
