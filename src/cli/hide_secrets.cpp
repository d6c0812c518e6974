#include "cli/hide_secrets.hpp"

#include "celldrift/observe/scrubber.hpp"

namespace celldrift::cli {
namespace {

using observe::KnownSecrets;
using observe::Scrubber;

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

std::optional<Problem> adopt_hashes(std::vector<Placed>& placed, const CellState& cell) {
  std::size_t unknown = 0;
  change_all(placed, [&](const ObjectKey& key, const Value& object) {
    const Value* live = cell.observation.find(key, object.string_at({"apiVersion"}));
    return live == nullptr ? object
                           : observe::with_hashes_of(
                                 *live, object, cell.has_key ? &cell.key : nullptr, unknown);
  });
  if (unknown == 0) {
    return std::nullopt;
  }
  return Problem{.stage = Stage::observe,
                 .cell = cell.observation.cell,
                 .message = std::to_string(unknown) +
                            " values in the snapshot are hashed with another key (id " +
                            cell.observation.secret_key_id +
                            ") and could not be compared; give the fleet's with --secret-key-file"};
}

}  // namespace

// What was read is scrubbed of its own Secrets already, a snapshot when it was taken. So that equal
// texts come to be equal, Git's go through the same two steps: first the cell's own Secrets, then
// those of both sides.
std::optional<Problem> hide_secrets(std::vector<Placed>& placed,
                                    CellState& cell,
                                    const observe::Sensitive& sensitive) {
  observe::Observation& observation = cell.observation;
  KnownSecrets all = hide_in_secrets(placed, cell.key);
  all.add(observation.known);
  Scrubber of_cell(observation.known, sensitive, cell.key);
  Scrubber of_both(all, sensitive, cell.key);
  const bool is_more = all.size() > observation.known.size();
  change_all(placed, [&](const ObjectKey&, const Value& object) {
    const Value once = of_cell.scrub(object);
    return is_more ? of_both.scrub(once) : once;
  });
  if (is_more || observation.from_snapshot) {
    for (observe::LiveObject& live : observation.objects) {
      live.object = of_both.scrub(live.object);
    }
  }
  return observation.from_snapshot ? adopt_hashes(placed, cell) : std::nullopt;
}

}  // namespace celldrift::cli
